//! A sphere of water in an absorbing box: the rainbow, whose every fraction and angle is known in closed form.

use cfg4::detector::{Shape, Transform, VolumeId};
use optixrap::engine::{PathPoint, PropagateConfig};
use optixrap::physics::photon::flag;
use optixrap::scene::{SceneData, SurfaceModel};

use super::chi2::{AssertSame, against_law};
use super::fresnel::reflectance;
use super::run::{config, run, torch};
use super::scenes::{Builder, material};

const N: f64 = 1.335;

/// A sphere of radius 100 mm in a box of half length 1200 mm whose faces absorb.
fn scene() -> SceneData {
    let mut b = Builder::world(material("Vacuum", 1.0, None, None), [1300.0; 3]);
    b.skin(VolumeId(0), &[("REFLECTIVITY", 0.0)]);
    let world = Some(VolumeId(0));
    let half_mm = [1200.0; 3];
    let vacuum = material("Vacuum", 1.0, None, None);
    let container = b.add(world, "Container", vacuum, Shape::Box { half_mm }, Transform::IDENTITY);
    let orb = Shape::Orb { r_mm: 100.0 };
    b.add(Some(container), "Drop", material("Water", N, None, None), orb, Transform::IDENTITY);
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

/// Light from above over the whole drop, polarized across or along the plane of incidence.
fn light(photons: u32, mode: &str) -> super::run::Source {
    torch(&format!(
        "type=discIntersectSphere_mode={mode}_photons={photons}_source=0,0,599_target=0,0,0_radius=100_wavelength=500"
    ))
}

/// The share of the light that is reflected outside (`None`), or leaves after `k` reflections inside: the
/// integral over the disc, even in the square of the sine of the angle of incidence.
fn share(s_polarized: bool, inside: Option<i32>) -> f64 {
    let cells = 200_000;
    let of_cell = |cell: u32| {
        let cos_i = (1.0 - (f64::from(cell) + 0.5) / f64::from(cells)).sqrt();
        let r = reflectance(1.0 / N, cos_i, s_polarized);
        inside.map_or(r, |k| (1.0 - r).powi(2) * r.powi(k))
    };
    (0..cells).map(of_cell).sum::<f64>() / f64::from(cells)
}

fn history(k: i32) -> String {
    format!("TO BT{} BT SA", " BR".repeat(k as usize))
}

#[test]
fn shares_of_the_histories() {
    // Per million, from the spec of the original's rainbow test: reflected outside, then k = 0, 1, 2, 3, 4, 5.
    let s_known = [102_507.0, 820_870.0, 61_911.0, 9_748.0, 2_707.0, 1_042.0, 486.0];
    let p_known = [30_937.0, 945_440.0, 19_634.0, 2_557.0, 758.0, 305.0, 146.0];
    let scene = scene();
    for (mode, s_polarized, known) in [("spol", true, s_known), ("ppol", false, p_known)] {
        let laws = std::iter::once(None).chain((0..6).map(Some)).map(|k| share(s_polarized, k));
        let laws: Vec<f64> = laws.collect();
        for (law, known) in laws.iter().zip(known) {
            assert!((law * 1e6 - known).abs() < 1.0, "{mode}: {law} for {known} per million");
        }
        let n = 1_000_000;
        let ours = run(&scene, &light(n, mode), &PropagateConfig { photons: false, ..config() });
        let names = std::iter::once("TO BR SA".to_owned()).chain((0..6).map(history));
        let bins = names.zip(laws).map(|(name, law)| {
            let count = ours.count(&name);
            (name, law, count)
        });
        let chi2 = against_law(&format!("rainbow {mode}"), n.into(), bins);
        chi2.assert_same();
    }
}

/// The 1 M photons of Geant4 that the original's documentation records, S polarized, in water that absorbs and
/// scatters a little: only what both have is compared, relative to its sum.
#[test]
fn shares_agree_with_the_recorded_ones_of_geant4() {
    let recorded = [101_615.0, 819_654.0, 61_890.0, 9_577.0, 2_687.0, 1_030.0, 516.0];
    let ours = run(&scene(), &light(1_000_000, "spol"), &PropagateConfig { photons: false, ..config() });
    let names = std::iter::once("TO BR SA".to_owned()).chain((0..6).map(history));
    let bins = names.zip(recorded).map(|(name, a)| {
        let b = ours.count(&name);
        (name, a, b)
    });
    super::chi2::two_samples("rainbow, recorded", bins).assert_same();
}

/// Angle of incidence, reflections inside and total turn of a path, from its points.
fn turn_of(path: &[PathPoint]) -> Option<(f64, i32, f64)> {
    let vector = |p: &PathPoint, at: usize| [0, 1, 2].map(|i| f64::from(p.0[at + i]));
    let flags: Vec<u32> = path.iter().map(|p| p.0[12].to_bits()).collect();
    let reflections = flags.iter().filter(|f| **f == flag::BOUNDARY_REFLECT).count();
    if flags.get(1) != Some(&flag::BOUNDARY_TRANSMIT) || flags.len() != reflections + 4 {
        return None;
    }
    let turns = path.windows(2).map(|w| angle(vector(&w[0], 4), vector(&w[1], 4)));
    let start = vector(&path[0], 0);
    let incidence = (start[0].hypot(start[1]) / 100.0).asin();
    Some((incidence, reflections as i32, turns.sum()))
}

/// The angle between two unit vectors, exact also where it is small.
fn angle(a: [f64; 3], b: [f64; 3]) -> f64 {
    let length = |v: [f64; 3]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let (sum, difference) = ([0, 1, 2].map(|i| a[i] + b[i]), [0, 1, 2].map(|i| a[i] - b[i]));
    2.0 * length(difference).atan2(length(sum))
}

#[test]
fn bows_are_where_descartes_found_them() {
    let ours = run(&scene(), &light(200_000, "spol"), &PropagateConfig { records: true, ..config() });
    let mut least = [f64::INFINITY; 4];
    for path in ours.records.chunk_by(|a, b| a.0[14].to_bits() == b.0[14].to_bits()) {
        let Some((i, k, turn)) = turn_of(path) else { continue };
        let r = (i.sin() / N).asin();
        let law = f64::from(k) * std::f64::consts::PI + 2.0 * i - 2.0 * f64::from(k + 1) * r;
        // Near the rim the angle follows from the place only to the square root of its rounding.
        let tolerance = 1e-5 * f64::from(k + 2) / i.cos().max(1e-3);
        assert!((turn - law).abs() < tolerance, "k {k}: turned by {turn} at {i}, law {law}");
        if let Some(least) = least.get_mut(k as usize) {
            *least = least.min(turn);
        }
    }
    for (k, bow) in [(1, 138.212), (2, 231.414), (3, 318.996)] {
        let i = ((N * N - 1.0) / f64::from(k * (k + 2))).sqrt().acos();
        let closed = f64::from(k) * 180.0 + 2.0 * i.to_degrees()
            - 2.0 * f64::from(k + 1) * (i.sin() / N).asin().to_degrees();
        assert!((closed - bow).abs() < 1e-3, "{closed} for {bow}");
        let ours = least[k as usize].to_degrees();
        assert!(ours > bow - 0.002 && ours < bow + 0.02, "bow {k}: {ours} for {bow} degrees");
    }
}
