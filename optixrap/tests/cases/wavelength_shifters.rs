//! Mie scattering and wavelength shifting in whole events: closed forms, photons that multiply, bits that do not depend
//! on the split.

use cfg4::detector::{Detector, Material, Property, PropertyVector, Shape, Transform, VolumeId};
use optixrap::cuda::{CudaEngine, CudaError, CudaOptions};
use optixrap::engine::{
    ChunkOutput, CpuEngine, End, EngineError, EventInput, EventSummary, HitRecord, PropagateConfig,
};
use optixrap::physics::photon::flag;
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;

use super::scenes::{Builder, material, point_torch};

const PHOTONS: u32 = 100_000;

/// A table over photon energy in eV.
fn table(points: &[(f64, f64)]) -> Property {
    let (energies, values) = points.iter().map(|(e, v)| (e * 1e-6, *v)).unzip();
    Property::Vector(PropertyVector::new(energies, values).unwrap())
}

fn constant(value: f64) -> Property {
    table(&[(1.0, value), (10.0, value)])
}

/// A material that shifts light above 2.7 eV (below 459 nm) to 1.8 to 2.4 eV, beside other processes.
fn shifter(extra: &[(&str, Property)]) -> Material {
    let mut material = material("Shifter", 1.5, None, None);
    let mut set = |name: &str, property: Property| material.properties.0.insert(name.into(), property);
    set("WLSABSLENGTH", table(&[(2.6, 1e9), (2.7, 200.0), (10.0, 200.0)]));
    set("WLSCOMPONENT", table(&[(1.8, 0.0), (2.1, 1.0), (2.4, 0.0)]));
    set("WLSTIMECONSTANT", Property::Constant(3.0));
    for (name, property) in extra {
        set(name, property.clone());
    }
    material
}

/// A world of this material, 2 km wide.
fn world(material: Material) -> Detector {
    Builder::world(material, [1e6; 3]).0
}

fn scene(detector: &Detector) -> SceneData {
    SceneData::build(detector, SurfaceModel::Opticks).unwrap()
}

fn run(
    scene: &SceneData,
    config: &PropagateConfig,
    threads: usize,
    photons: u32,
) -> Result<(EventSummary, ChunkOutput), EngineError> {
    let gensteps = [point_torch(photons / 3, [1.0, 2.0, 3.0]), point_torch(photons - photons / 3, [0.0; 3])];
    let input = EventInput { event_id: 4, gensteps: &gensteps, input_photons: &[], sensors: None };
    let mut all = ChunkOutput::default();
    let mut sink = |c: &ChunkOutput| {
        all.hits.extend_from_slice(&c.hits);
        all.ways.extend_from_slice(&c.ways);
        all.photons.extend_from_slice(&c.photons);
        all.records.extend_from_slice(&c.records);
        Ok(())
    };
    let summary = CpuEngine::new(threads)?.propagate(scene, &input, config, &mut sink)?;
    Ok((summary, all))
}

#[track_caller]
fn assert_within_5_sigma(what: &str, got: f64, n: f64, probability: f64) {
    let sigma = (n * probability * (1.0 - probability)).sqrt();
    assert!((got - n * probability).abs() < 5.0 * sigma, "{what}: {got} of {n}, expected {probability}");
}

/// One optical depth for all processes: each acts in proportion to its inverse length, at distances that are exponential
/// with the sum.
#[test]
fn processes_share_one_optical_depth() {
    let extra = [
        ("ABSLENGTH", constant(1000.0)),
        ("RAYLEIGH", constant(400.0)),
        ("MIEHG", constant(300.0)),
        ("MIEHG_FORWARD", Property::Constant(0.9)),
        ("MIEHG_BACKWARD", Property::Constant(0.1)),
        ("MIEHG_FORWARD_RATIO", Property::Constant(0.7)),
        ("WLSABSLENGTH2", constant(600.0)),
        ("WLSCOMPONENT2", table(&[(1.0, 1.0), (1.2, 1.0)])),
        ("WLSTIMECONSTANT2", Property::Constant(20.0)),
    ];
    let scene = scene(&world(shifter(&extra)));
    let transport = TransportOptions { bounce_max: 1, ..TransportOptions::default() };
    let config = PropagateConfig { records: true, transport, ..PropagateConfig::default() };
    let (_, output) = run(&scene, &config, 0, PHOTONS).unwrap();
    let rates = [1000.0, 400.0, 300.0, 200.0, 600.0].map(|length: f64| 1.0 / length);
    let total: f64 = rates.iter().sum();
    let first: Vec<&[f32; 16]> = output.records.chunks_exact(2).map(|pair| &pair[1].0).collect();
    assert_eq!(first.len(), PHOTONS as usize);
    let count = |which: u32| first.iter().filter(|w| w[12].to_bits() == which).count() as f64;
    let n = f64::from(PHOTONS);
    assert_within_5_sigma("absorbed", count(flag::BULK_ABSORB), n, rates[0] / total);
    assert_within_5_sigma("scattered", count(flag::BULK_SCATTER), n, (rates[1] + rates[2]) / total);
    let second = first.iter().filter(|w| w[11] > 1000.0).count() as f64;
    assert_within_5_sigma("shifted by WLS2", second, n, rates[4] / total);
    let shifted = count(flag::WAVELENGTH_SHIFT);
    assert_within_5_sigma("shifted by WLS", shifted - second, n, rates[3] / total);
    // The distances are from the births; their distribution function is 1 - exp(-x total).
    let births: Vec<&[f32; 16]> = output.records.chunks_exact(2).map(|pair| &pair[0].0).collect();
    let mut far: Vec<f64> = births
        .iter()
        .zip(&first)
        .map(|(a, b)| (0..3).map(|i| f64::from(b[i] - a[i]).powi(2)).sum::<f64>().sqrt())
        .collect();
    far.sort_by(f64::total_cmp);
    let law = |x: f64| 1.0 - (-x * total).exp();
    let farthest =
        far.iter().enumerate().map(|(i, &x)| (law(x) - (i as f64 + 0.5) / n).abs()).fold(0.0, f64::max);
    assert!(farthest * n.sqrt() < 2.47, "Kolmogorov-Smirnov, significance 1e-5: {farthest}");
}

/// A Poisson number of mean m: exp(-m) of the absorptions end a photon, and m - 1 + exp(-m) others are made on average.
#[test]
fn photons_multiply_as_poisson_says() {
    let mean = 1.3;
    let extra = [("WLSMEANNUMBERPHOTONS", Property::Constant(mean)), ("ABSLENGTH", constant(500.0))];
    let scene = scene(&world(shifter(&extra)));
    let config = PropagateConfig { histories: true, photons: true, ..PropagateConfig::default() };
    let (summary, output) = run(&scene, &config, 0, PHOTONS).unwrap();
    assert_eq!(summary.photons, u64::from(PHOTONS));
    assert_eq!(summary.ends.total(), summary.photons + summary.secondaries);
    assert_eq!(summary.ends.get(End::BulkAbsorb), summary.ends.total(), "everything ends in the medium");
    assert_eq!(summary.histories.values().sum::<u64>(), summary.ends.total());
    assert_eq!(output.photons.len() as u64, summary.ends.total());
    let history = |codes: &[u32]| {
        let codes: Box<[u8]> = codes.iter().map(|flag| (flag.trailing_zeros() + 1) as u8).collect();
        summary.histories.get(&codes).copied().unwrap_or(0) as f64
    };
    use flag::{BULK_ABSORB, SHIFTER_SECONDARY, TORCH, WAVELENGTH_SHIFT};
    // Of absorption at 500 mm and shifting at 200 mm, the latter has 5/7.
    let n = f64::from(PHOTONS);
    let shifts = 5.0 / 7.0;
    let none = (-mean).exp();
    assert_within_5_sigma(
        "shifted",
        history(&[TORCH, WAVELENGTH_SHIFT, BULK_ABSORB]),
        n,
        shifts * (1.0 - none),
    );
    assert_within_5_sigma("ended", history(&[TORCH, BULK_ABSORB]), n, 1.0 - shifts * (1.0 - none));
    let secondaries = history(&[SHIFTER_SECONDARY, BULK_ABSORB]);
    assert_eq!(secondaries, summary.secondaries as f64, "what was shifted is not shifted again");
    // The variance of max(N - 1, 0) is below that of N, which is m.
    let expected = n * shifts * (mean - 1.0 + none);
    assert!((secondaries - expected).abs() < 5.0 * (n * shifts * (mean + mean * mean)).sqrt());
    let is_secondary = |p: &HitRecord| p.flag_mask() & SHIFTER_SECONDARY != 0;
    assert_eq!(output.photons.iter().filter(|p| is_secondary(p)).count() as u64, summary.secondaries);
    let is_shifted = |p: &HitRecord| p.flag_mask() & WAVELENGTH_SHIFT != 0;
    assert!(output.photons.iter().filter(|p| is_secondary(p)).all(is_shifted));
}

/// A fibre of shifter that hands light to a sensor: hits of one photon come together, whatever the split.
#[test]
fn a_family_has_the_same_bits_for_any_split() {
    let extra = [
        ("WLSMEANNUMBERPHOTONS", Property::Constant(2.5)),
        ("WLSCOMPONENT", table(&[(2.0, 0.0), (2.8, 1.0), (3.2, 1.0)])),
        ("ABSLENGTH", constant(150.0)),
    ];
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    let plate = Shape::Box { half_mm: [100.0; 3] };
    let plate = b.add(Some(VolumeId(0)), "Plate", shifter(&extra), plate, Transform::IDENTITY);
    let tile = Shape::Box { half_mm: [90.0, 90.0, 5.0] };
    let at = Transform::translation([0.0, 0.0, 50.0]);
    let tile = b.add(Some(plate), "Tile", material("Glass", 1.5, None, None), tile, at);
    b.skin(tile, &[("EFFICIENCY", 0.8)]);
    let scene = scene(&b.0);
    let config = PropagateConfig {
        seed: 9,
        way: true,
        photons: true,
        records: true,
        histories: true,
        ..PropagateConfig::default()
    };
    let (summary, output) = run(&scene, &config, 1, 3000).unwrap();
    assert!(summary.secondaries > 1000, "{}", summary.secondaries);
    let indices: Vec<u32> = output.hits.iter().map(HitRecord::photon_index).collect();
    assert!(indices.is_sorted() && indices.windows(2).any(|w| w[0] == w[1]));
    let seconds = output.hits.iter().filter(|h| h.flag_mask() & flag::SHIFTER_SECONDARY != 0).count();
    assert!(seconds > 100, "{seconds}");
    assert_eq!(output.ways.len(), output.hits.len());
    for (threads, chunk) in [(2, 4096), (2, 7), (1, 1)] {
        let again = run(&scene, &PropagateConfig { chunk, ..config.clone() }, threads, 3000).unwrap();
        assert!(again == (summary.clone(), output.clone()), "{threads} threads, {chunk} photons a chunk");
    }
    let half =
        |range| run(&scene, &PropagateConfig { range: Some(range), ..config.clone() }, 2, 3000).unwrap().1;
    let (low, high) = (half(0..1500), half(1500..3000));
    assert!([low.photons, high.photons].concat() == output.photons);
}

#[test]
fn light_that_grows_without_end_is_an_error() {
    let extra = [
        ("WLSMEANNUMBERPHOTONS", Property::Constant(3.0)),
        ("WLSABSLENGTH", constant(1.0)),
        // A line: light that reddened would end some time.
        ("WLSCOMPONENT", table(&[(2.0, 1.0), (2.000_000_1, 1.0)])),
    ];
    let scene = scene(&world(shifter(&extra)));
    let error = run(&scene, &PropagateConfig::default(), 1, 1).unwrap_err();
    assert!(matches!(error, EngineError::TooManySecondaries { photon: 0, event_id: 4, .. }), "{error}");
    assert!(error.to_string().contains("WLSMEANNUMBERPHOTONS"));
    let off = TransportOptions { shift_1: 0, ..TransportOptions::default() };
    let config = PropagateConfig { transport: off, ..PropagateConfig::default() };
    assert_eq!(run(&scene, &config, 1, 9).unwrap().0.ends.get(End::Miss), 9, "a shifter may be off");
}

#[test]
fn a_gpu_says_that_it_cannot_multiply_photons() {
    let multiplies = scene(&world(shifter(&[("WLSMEANNUMBERPHOTONS", Property::Constant(0.5))])));
    let one = scene(&world(shifter(&[])));
    let on = TransportOptions::default();
    assert_eq!(multiplies.multiplying_material(&on), Some("Shifter"));
    assert_eq!(multiplies.multiplying_material(&TransportOptions { shift_1: 0, ..on }), None);
    assert_eq!(one.multiplying_material(&on), None);
    let engine = match CudaEngine::new(&CudaOptions::default()) {
        Ok(engine) => engine,
        Err(error) => return println!("skipped: {error}"),
    };
    let gensteps = [point_torch(10, [0.0; 3])];
    let input = EventInput { event_id: 1, gensteps: &gensteps, input_photons: &[], sensors: None };
    let refused = engine.propagate(&multiplies, &input, &PropagateConfig::default(), &mut |_| Ok(()));
    assert!(matches!(refused, Err(EngineError::Cuda(CudaError::Multiplies { .. }))));
}

#[test]
fn what_a_process_needs_is_asked_for_by_name() {
    let mut no_time = shifter(&[]);
    no_time.properties.0.remove("WLSTIMECONSTANT");
    let error = SceneData::build(&world(no_time), SurfaceModel::Opticks).unwrap_err().to_string();
    assert!(error.contains("material Shifter has WLSABSLENGTH, which needs WLSTIMECONSTANT"), "{error}");
    let mie = shifter(&[("MIEHG", constant(1.0)), ("MIEHG_FORWARD", Property::Constant(2.0))]);
    let error = SceneData::build(&world(mie), SurfaceModel::Opticks).unwrap_err().to_string();
    assert!(error.contains("MIEHG_FORWARD is 2") && error.contains("-1 to 1"), "{error}");
}
