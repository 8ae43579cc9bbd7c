//! Volumes that overlap: no sound geometry has them, but every photon ends all the same, and where the materials are
//! alike the light does not notice.

use cfg4::detector::{BooleanOperator, Shape, Solid, SolidId, Transform, VolumeId};
use optixrap::engine::End;
use optixrap::scene::{SceneData, SurfaceModel};

use super::run::{Outcome, config, point_source, run};
use super::scenes::{Builder, material};
use super::touching::assert_alike;

/// Boxes of one scintillator, by their ends along x, in an absorbing hall.
fn boxes(ends: &[[f64; 2]]) -> SceneData {
    let mut b = hall();
    for (i, [low, high]) in ends.iter().enumerate() {
        let half_mm = [(high - low) / 2.0, 150.0, 120.0];
        let at = Transform::translation([(low + high) / 2.0, 0.0, 0.0]);
        b.add(Some(VolumeId(1)), &format!("Box{i}"), scintillator(), Shape::Box { half_mm }, at);
    }
    build(&b)
}

fn hall() -> Builder {
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    b.skin(VolumeId(0), &[("REFLECTIVITY", 0.0)]);
    let hall = Shape::Box { half_mm: [500.0; 3] };
    b.add(Some(VolumeId(0)), "Hall", material("Air", 1.0, None, None), hall, Transform::IDENTITY);
    b
}

fn scintillator() -> cfg4::detector::Material {
    material("LS", 1.5, Some(1500.0), Some(2500.0))
}

fn build(b: &Builder) -> SceneData {
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

#[track_caller]
fn assert_all_end(ours: &Outcome) {
    let s = &ours.summary;
    assert_eq!(s.ends.total(), s.photons);
    assert_eq!(s.ends.get(End::NanAbort) + s.ends.get(End::BounceLimit), 0, "{:?}", s.ends);
    assert!(s.corrections <= s.points, "{} corrections in {} points", s.corrections, s.points);
}

#[test]
fn overlapping_sisters_of_one_material_are_one_block() {
    let source = point_source(300_000, [-40.0, 20.0, 10.0], 430.0);
    let whole = run(&boxes(&[[-200.0, 200.0]]), &source, &config());
    for ends in [
        &[[-200.0, 30.0], [-30.0, 200.0]][..],
        &[[-30.0, 200.0], [-200.0, 30.0]],
        &[[-200.0, 0.0], [-100.0, 100.0], [-50.0, 200.0]],
    ] {
        let ours = run(&boxes(ends), &source, &config());
        assert_all_end(&ours);
        assert_alike(&format!("{ends:?}"), &whole, &ours);
    }
}

#[test]
fn a_union_of_boxes_that_share_a_face_or_overlap_is_one_block() {
    let source = point_source(300_000, [-40.0, 20.0, 10.0], 430.0);
    let whole = run(&boxes(&[[-200.0, 200.0]]), &source, &config());
    for shift in [200.0, 150.0] {
        let mut b = hall();
        let half_mm = [(400.0 - shift) / 2.0, 150.0, 120.0];
        let operand = SolidId(b.0.solids.len() as u32);
        b.0.solids.push(Solid { name: "Half".into(), shape: Shape::Box { half_mm } });
        let side = |x: f64| Transform::translation([x, 0.0, 0.0]);
        let shape = Shape::Boolean {
            operator: BooleanOperator::Union,
            first: operand,
            first_to_frame: side(-shift / 2.0),
            second: operand,
            second_to_frame: side(shift / 2.0),
        };
        b.add(Some(VolumeId(1)), "Union", scintillator(), shape, Transform::IDENTITY);
        let ours = run(&build(&b), &source, &config());
        assert_all_end(&ours);
        assert!(ours.summary.corrections <= 1, "{} corrections", ours.summary.corrections);
        assert_alike(&format!("shift {shift}"), &whole, &ours);
    }
}

/// Light that is inside a daughter where that sticks out of its mother leaves both at once.
#[test]
fn a_daughter_may_stick_out_of_its_mother() {
    let mut b = hall();
    let mother = Shape::Box { half_mm: [100.0; 3] };
    let mother = b.add(Some(VolumeId(1)), "Mother", scintillator(), mother, Transform::IDENTITY);
    let daughter = Shape::Box { half_mm: [60.0, 50.0, 50.0] };
    let at = Transform::gdml([0.0, 0.0, 0.4], [80.0, 0.0, 0.0]);
    let glass = material("Glass", 1.6, Some(3000.0), None);
    b.add(Some(mother), "Daughter", glass, daughter, at);
    let scene = build(&b);
    for at in [[80.0, 0.0, 0.0], [-50.0, 10.0, 20.0], [300.0, 0.0, 0.0], [130.0, 5.0, 0.0]] {
        let ours = run(&scene, &point_source(100_000, at, 430.0), &config());
        assert_all_end(&ours);
        let absorbed = ours.summary.ends.get(End::BulkAbsorb) + ours.summary.ends.get(End::SurfaceAbsorb);
        assert_eq!(absorbed, ours.summary.photons, "{at:?}: {:?}", ours.summary.ends);
        println!("{at:?}: {} corrections in {} points", ours.summary.corrections, ours.summary.points);
    }
}
