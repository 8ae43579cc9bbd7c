//! How many random numbers each process draws: one more is a change of every photon's history.

use super::support::{Script, genstep, material_tables, photon, surface_detector};
use cfg4::detector::{OpticalSurface, SurfaceFinish, SurfaceModel as Geant4Model, SurfaceType};
use optixrap::physics::boundary_fresnel::fresnel;
use optixrap::physics::direction::{isotropic, isotropic_unpolarized, lambertian};
use optixrap::physics::generate::generate;
use optixrap::physics::generate_scintillation::sample_delay_ns;
use optixrap::physics::mie;
use optixrap::physics::rayleigh::scatter;
use optixrap::physics::reemission::{self, reemit};
use optixrap::physics::sensor::{Sensors, collect};
use optixrap::physics::surface::{SurfaceOutcome, interact};
use optixrap::physics::surface_detail::Visit;
use optixrap::physics::tables::{MieRecord, NONE, ReemissionTimes, ShifterRecord};
use optixrap::physics::vec3::vec3;
use optixrap::physics::wavelength_shift::{emit, profile, sample_number};
use optixrap::scene::property_tables::{PropertyTables, TableOptions};
use optixrap::scene::surfaces::SurfaceModel;

const U: [f32; 12] = [0.5; 12];

fn draws<T>(work: impl FnOnce(&mut Script) -> T) -> usize {
    let mut rng = Script::new(&U);
    work(&mut rng);
    rng.draws
}

#[test]
fn bulk_processes() {
    let spectrum: &[(f64, f64)] = &[(2.0, 1.0), (3.0, 1.0)];
    let tables =
        material_tables(&[("RINDEX", spectrum), ("SLOWCOMPONENT", spectrum), ("REEMISSIONPROB", spectrum)]);
    let start = photon(vec3(0.0, 0.0, 1.0), vec3(1.0, 0.0, 0.0));
    assert_eq!(draws(|rng| scatter(&mut start.clone(), rng)), 4);
    assert_eq!(draws(|rng| reemit(&tables.view(), 0, &mut start.clone(), rng)), 4);
    assert_eq!(draws(|rng| sample_delay_ns(1.0, 0.0, rng)), 1);
    assert_eq!(draws(|rng| sample_delay_ns(1.0, 0.5, rng)), 2);
    assert_eq!(draws(isotropic), 2);
    assert_eq!(draws(isotropic_unpolarized), 3);
    assert_eq!(draws(|rng| lambertian(vec3(0.0, 0.0, 1.0), rng)), 2);
    assert_eq!(draws(|rng| collect(&Sensors::default(), 1, vec3(0.0, 0.0, 1.0), rng)), 1);
}

#[test]
fn bulk_processes_of_few_materials() {
    let spectrum: &[(f64, f64)] = &[(2.0, 1.0), (3.0, 1.0)];
    let tables = material_tables(&[("RINDEX", spectrum), ("FASTCOMPONENT", spectrum)]);
    let start = photon(vec3(0.0, 0.0, 1.0), vec3(1.0, 0.0, 0.0));
    let record = MieRecord { length: NONE, forward: 0.5, backward: 0.5, forward_ratio: 0.5 };
    assert_eq!(draws(|rng| mie::scatter(&record, &mut start.clone(), rng)), 3);
    let shifter = |mean_photons| ShifterRecord { length: 0, spectrum: 0, time_ns: 1.0, mean_photons };
    assert_eq!(draws(|rng| assert_eq!(sample_number(&shifter(-1.0), rng), 1)), 0);
    // Of the numbers 1/2, ln 2 = 0.69 goes into the mean once, so that one photon takes two.
    assert_eq!(draws(|rng| assert_eq!(sample_number(&shifter(0.84), rng), 1)), 2);
    let emission = |time| draws(|rng| emit(&tables.view(), &shifter(-1.0), time, &start, rng));
    assert_eq!((emission(profile::DELTA), emission(profile::EXPONENTIAL)), (4, 5));
    let delay = |fast_ns, slow_ns, fast_ratio| {
        let times = ReemissionTimes { fast_ns, slow_ns, fast_ratio, pad: 0.0 };
        draws(|rng| reemission::sample_delay_ns(&times, rng))
    };
    assert_eq!((delay(0.0, 0.0, 1.0), delay(1.0, 0.0, 1.0), delay(0.0, 1.0, 0.0)), (0, 1, 1));
    assert_eq!((delay(1.0, 2.0, 0.6), delay(0.0, 2.0, 0.6)), (2, 1));
}

#[test]
fn generation() {
    let spectrum: &[(f64, f64)] = &[(2.0, 1.5), (3.0, 1.5)];
    let tables = material_tables(&[("RINDEX", spectrum), ("FASTCOMPONENT", spectrum)]);
    let made = |code, floats: &[(usize, f32)], words: &[(usize, u32)]| {
        let mut genstep = genstep(code, floats);
        words.iter().for_each(|&(word, bits)| genstep.words[word] = bits);
        draws(|rng| generate(&tables.view(), &genstep, 0, rng))
    };
    let charged = (13, -1.0);
    // Cerenkov: energy, azimuth, place, each accepted at once.
    let cerenkov = [(10, 1.0), (16, 0.8), (17, 2e-6), (18, 3e-6), (20, 0.5), (21, 2.0), (22, 2.0)];
    assert_eq!(made(1, &cerenkov, &[]), 5);
    assert_eq!(made(3, &cerenkov, &[]), 5);
    assert_eq!(made(2, &[charged, (20, 5.0)], &[(16, 1)]), 6);
    assert_eq!(made(2, &[(20, 5.0)], &[(16, 1)]), 5);
    assert_eq!(made(2, &[charged, (20, 5.0), (21, 1.0)], &[(16, 1)]), 7);
    assert_eq!(made(4, &[charged, (20, 5.0)], &[(16, 1)]), 6);
    assert_eq!(made(4, &[charged, (20, 5.0)], &[(16, 2)]), 7);
    for kind in 1..=11 {
        assert_eq!(made(5, &[(15, 430.0), (17, 1.0), (19, 1.0)], &[(23, kind)]), 2);
        assert_eq!(made(5, &[(15, 430.0), (17, 1.0), (19, 1.0)], &[(22, 64), (23, kind)]), 3);
        assert_eq!(made(5, &[(15, 430.0), (17, 1.0), (19, 1.0)], &[(22, 32), (23, kind)]), 3);
    }
    assert_eq!(made(7, &[], &[]), 0);
}

fn surface_draws(
    finish: SurfaceFinish,
    properties: &[(&str, &[(f64, f64)])],
    model: SurfaceModel,
    numbers: &[f32],
) -> (SurfaceOutcome, usize) {
    let surface = OpticalSurface {
        name: "s".into(),
        model: Geant4Model::Glisur,
        kind: SurfaceType::DielectricDielectric,
        finish,
        value: 1.0,
        properties: super::support::properties(properties),
        measured: None,
    };
    let options = TableOptions { surface_model: model, reemission: true };
    let tables = PropertyTables::new(&surface_detector(surface), &options).unwrap();
    let mut rng = Script::new(numbers);
    let mut photon = photon(vec3(0.6, 0.0, 0.8), vec3(0.0, 1.0, 0.0));
    let normal = vec3(0.0, 0.0, -1.0);
    let visit = Visit { indices: (1.0, 1.5), material: 0, volume: 0, normal };
    let outcome = interact(&tables.view(), 0, visit, &mut photon, &mut rng);
    (outcome, rng.draws)
}

#[test]
fn surfaces_and_boundaries() {
    use SurfaceFinish::{Ground, GroundFrontPainted, Polished};
    use SurfaceModel::{Geant4, Opticks};
    use SurfaceOutcome::{Absorb, Detect, ReflectDiffuse, ReflectFresnel, ReflectSpecular, Transmit};
    let half: &[(f64, f64)] = &[(2.0, 0.5), (3.0, 0.5)];
    let (reflectivity, efficiency) = (("REFLECTIVITY", half), ("EFFICIENCY", half));
    let opticks =
        |finish, properties: &[_], numbers: &[f32]| surface_draws(finish, properties, Opticks, numbers);
    assert_eq!(opticks(Polished, &[efficiency], &[0.4]), (Absorb, 1));
    assert_eq!(opticks(Polished, &[efficiency], &[0.6]), (Detect, 1));
    assert_eq!(opticks(Polished, &[reflectivity], &[0.4]), (Absorb, 1));
    assert_eq!(opticks(Polished, &[reflectivity], &[0.6]), (ReflectSpecular, 1));
    assert_eq!(opticks(Ground, &[reflectivity], &[0.6, 0.3, 0.3]), (ReflectDiffuse, 3));
    let geant4 =
        |finish, properties: &[_], numbers: &[f32]| surface_draws(finish, properties, Geant4, numbers);
    assert_eq!(geant4(Polished, &[reflectivity], &[0.6]), (Absorb, 1));
    assert_eq!(geant4(Polished, &[reflectivity, efficiency], &[0.6, 0.4]), (Detect, 2));
    assert_eq!(geant4(Polished, &[reflectivity, efficiency], &[0.6, 0.6]), (Absorb, 2));
    assert_eq!(geant4(Polished, &[reflectivity], &[0.4, 0.9]), (Transmit, 2));
    assert_eq!(geant4(Polished, &[reflectivity], &[0.4, 1e-6]), (ReflectFresnel, 2));
    assert_eq!(geant4(GroundFrontPainted, &[reflectivity], &[0.4, 0.3, 0.3]), (ReflectDiffuse, 3));
    let tilted = photon(vec3(0.6, 0.0, 0.8), vec3(0.0, 1.0, 0.0));
    let normal = vec3(0.0, 0.0, -1.0);
    assert_eq!(draws(|rng| fresnel(1.0, 1.5, normal, &mut tilted.clone(), rng)), 1);
    assert_eq!(draws(|rng| fresnel(3.0, 1.0, normal, &mut tilted.clone(), rng)), 0);
}
