//! Faces that coincide: no photon may leak, stick or jump, and what is only a line on paper changes nothing.

use cfg4::detector::{Material, Shape, Transform, VolumeId};
use optixrap::engine::{End, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};

use super::chi2::{AssertSame, two_samples};
use super::run::{Outcome, config, point_source, run, shared, torch};
use super::scenes::{Builder, material};

/// A material without RINDEX: light ends at it.
pub(super) fn dark() -> Material {
    let mut dark = material("Dark", 1.0, None, None);
    dark.properties.0.clear();
    dark
}

/// 2 x 2 x 2 crystals of 22 x 22 x 180 mm side by side in a world that light cannot enter.
fn crystals(surface: Option<f64>) -> SceneData {
    let mut b = Builder::world(dark(), [500.0; 3]);
    let lead_tungstate = material("PbWO4", 2.2, Some(800.0), Some(3000.0));
    let half_mm = [11.0, 11.0, 90.0];
    let mut crystal = None;
    for i in 0..8 {
        let side = |axis: usize| if i >> axis & 1 == 0 { -half_mm[axis] } else { half_mm[axis] };
        let at = Transform::translation([side(0), side(1), side(2)]);
        match crystal {
            None => {
                let shape = Shape::Box { half_mm };
                crystal = Some(b.add(Some(VolumeId(0)), "Crystal", lead_tungstate.clone(), shape, at));
            }
            Some(volume) => _ = b.place(Some(VolumeId(0)), "Crystal", volume, i, at),
        }
    }
    if let (Some(reflectivity), Some(volume)) = (surface, crystal) {
        b.skin(volume, &[("REFLECTIVITY", reflectivity)]);
    }
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

/// Nothing is lost: corrections are rarer than one in a million points, and no photon ends by accident.
#[track_caller]
pub(super) fn assert_tight(ours: &Outcome) {
    let s = &ours.summary;
    assert!(
        (s.corrections as f64) < 1e-6 * s.points as f64 + 1.0,
        "{} of {} points",
        s.corrections,
        s.points
    );
    assert_eq!(s.ends.get(End::NanAbort) + s.ends.get(End::BounceLimit), 0);
    assert_eq!(s.ends.get(End::Miss), 0, "photons got out of the world");
    assert_eq!(s.ends.total(), s.photons);
}

#[test]
fn photons_end_at_the_hull_of_touching_crystals() {
    let half = [22.0_f32, 22.0, 180.0];
    for at in [[5.0, 6.0, 7.0], [0.0, 0.0, 0.0], [0.0, 5.0, 90.0], [3.0, 0.0, -40.0]] {
        let ours = run(&crystals(None), &point_source(100_000, at, 430.0), &config());
        assert_tight(&ours);
        let mut on_hull = 0;
        for photon in &ours.photons {
            let [x, y, z] = [0, 1, 2].map(|i| photon.0[i].abs() - half[i]);
            let outermost = x.max(y).max(z);
            assert!(outermost < 1e-3, "{at:?}: ends outside the crystals: {photon:?}");
            on_hull += u64::from(outermost > -1e-3);
        }
        let dark = ours.summary.ends.get(End::NoRindex);
        assert!(
            on_hull >= dark && on_hull < dark + 100,
            "{at:?}: {dark} end at the hull, {on_hull} lie on it"
        );
    }
}

#[test]
fn photons_stay_in_a_mirrored_crystal() {
    let ours = run(&crystals(Some(1.0)), &point_source(20_000, [5.0, 6.0, 7.0], 430.0), &config());
    assert_tight(&ours);
    assert_eq!(ours.summary.ends.get(End::BulkAbsorb), ours.summary.photons);
    for photon in &ours.photons {
        let [x, y, z] = [0, 1, 2].map(|i| photon.0[i]);
        let inside = |v: f32, size: f32| v > -1e-3 && v < size + 1e-3;
        assert!(inside(x, 22.0) && inside(y, 22.0) && inside(z, 180.0), "left its crystal: {photon:?}");
    }
}

#[test]
fn sixty_four_real_crystals_are_tight() {
    let Some(file) = shared("gdml/crystalcal_pbwo_4x4x4.gdml") else { return };
    let detector = cfg4::gdml::read(&file).unwrap();
    let scene = SceneData::build(&detector, SurfaceModel::Opticks).unwrap();
    let ours = run(&scene, &torch("photons=200000_source=1,2,3_target=1,2,4"), &config());
    println!(
        "{:?}, {} corrections in {} points",
        ours.summary.ends, ours.summary.corrections, ours.summary.points
    );
    let s = &ours.summary;
    assert!((s.corrections as f64) < 1e-6 * s.points as f64 + 1.0);
    assert_eq!(s.ends.get(End::NanAbort), 0);
}

/// A block of scintillator in an absorbing world, whole or cut in slabs along z.
fn block(slabs: i32, rotated: bool) -> SceneData {
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    b.skin(VolumeId(0), &[("REFLECTIVITY", 0.0)]);
    let container = Shape::Box { half_mm: [500.0; 3] };
    let air = material("Air", 1.0, None, None);
    let container = b.add(Some(VolumeId(0)), "Hall", air, container, Transform::IDENTITY);
    let thick = 200.0 / f64::from(slabs);
    let half_mm = [200.0, 150.0, thick];
    let scintillator = material("LS", 1.5, Some(1500.0), Some(2500.0));
    let mut slab = None;
    for i in 0..slabs {
        let z = -200.0 + thick * f64::from(2 * i + 1);
        let half_turn = if rotated && i % 2 == 1 { std::f64::consts::PI } else { 0.0 };
        let at = Transform::gdml([0.0, half_turn, half_turn], [0.0, 0.0, z]);
        match slab {
            None => {
                let shape = Shape::Box { half_mm };
                slab = Some(b.add(Some(container), "Slab", scintillator.clone(), shape, at));
            }
            Some(volume) => _ = b.place(Some(container), "Slab", volume, i, at),
        }
    }
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

#[test]
fn a_stack_of_slabs_is_one_block() {
    let source = point_source(400_000, [20.0, -30.0, 0.0], 430.0);
    let whole = run(&block(1, false), &source, &config());
    // The light of the first two starts on a shared face.
    for (slabs, rotated) in [(2, false), (8, false), (7, true)] {
        let stack = run(&block(slabs, rotated), &source, &config());
        let name = format!("{slabs} slabs");
        assert_alike(&name, &whole, &stack);
        assert!(stack.summary.corrections <= 1, "{} corrections", stack.summary.corrections);
        assert!(stack.summary.points > whole.summary.points, "{name} have faces between them");
    }
}

/// Ends, times and heights of the ends of two runs are samples of the same distributions.
#[track_caller]
pub(super) fn assert_alike(name: &str, a: &Outcome, b: &Outcome) {
    let ends =
        End::ALL.map(|e| (e.code().to_owned(), a.summary.ends.get(e) as f64, b.summary.ends.get(e) as f64));
    two_samples(&format!("{name}, ends"), ends).assert_same();
    for (what, word, width) in [("time", 3, 0.25_f32), ("x", 0, 25.0), ("z", 2, 25.0)] {
        let bins = |ours: &Outcome| {
            let mut bins = vec![0.0; 80];
            for photon in &ours.photons {
                bins[(photon.0[word] / width + if word == 3 { 0.0 } else { 40.5 }).clamp(0.0, 79.0)
                    as usize] += 1.0;
            }
            bins
        };
        let pairs = bins(a).into_iter().zip(bins(b)).enumerate();
        two_samples(&format!("{name}, {what}"), pairs.map(|(i, (a, b))| (format!("bin {i}"), a, b)))
            .assert_same();
    }
}

/// A black pipe whose ends are the world's: light that reaches them leaves without any surface, and its share is
/// the solid angle of the ends.
#[test]
fn light_leaves_where_a_volume_touches_the_world() {
    let (a, d) = (250.0_f64, 500.0);
    let mut b = Builder::world(material("Air", 1.0, None, None), [d; 3]);
    let shape = Shape::Box { half_mm: [a, a, d] };
    let ls = material("LS", 1.5, None, None);
    let pipe = b.add(Some(VolumeId(0)), "Pipe", ls, shape, Transform::IDENTITY);
    b.skin(pipe, &[("REFLECTIVITY", 0.0)]);
    let scene = SceneData::build(&b.0, SurfaceModel::Opticks).unwrap();
    let n = 1_000_000;
    let source = point_source(n, [0.0; 3], 430.0);
    let ours = run(&scene, &source, &PropagateConfig { photons: false, ..config() });
    let share = 2.0 * 4.0 * (a * a / (a * a + d * d)).asin() / (4.0 * std::f64::consts::PI);
    assert_eq!(ours.count("TO MI") + ours.count("TO SA"), f64::from(n));
    let sigma = (f64::from(n) * share * (1.0 - share)).sqrt();
    let off = ours.count("TO MI") - f64::from(n) * share;
    assert!(off.abs() < 5.0 * sigma, "{off} more than {share} of them, sigma {sigma}");
}
