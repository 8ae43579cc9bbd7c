//! Large numbers of placements: what they take, and that regular ones take it once.

use std::time::Instant;

use cfg4::detector::{Copies, RegularCopies, Shape, Step, Transform, VolumeId};
use optixrap::engine::End;
use optixrap::scene::{SceneData, SurfaceModel};

use super::run::{config, detector, point_source, run};
use super::scenes::{Builder, material};

/// A plane of `n` x `n` sensors, each a replica of a row's replica.
fn plane(n: u32) -> SceneData {
    let mut b = Builder::world(material("Air", 1.0, None, None), [2000.0; 3]);
    let pitch = 1000.0 / f64::from(n);
    let half = pitch / 2.0;
    let ls = || material("LS", 1.5, Some(2000.0), None);
    let mut add = |mother, name: &str, half_mm: [f64; 3], array: Option<[f64; 3]>| {
        let first = array.map_or([0.0; 3], |step| step.map(|x| -x * f64::from(n - 1) / 2.0));
        let cell = b.add(Some(mother), name, ls(), Shape::Box { half_mm }, Transform::translation(first));
        if let Some(step) = array {
            let solid = b.0.volume(cell).solid;
            let copies = RegularCopies { number: n, step: Step::Shift(step), solid };
            b.0.placements.last_mut().unwrap().copies = Copies::Regular(copies);
        }
        cell
    };
    let plane = add(VolumeId(0), "Plane", [500.0, 500.0, 5.0], None);
    let row = add(plane, "Row", [half, 500.0, 5.0], Some([pitch, 0.0, 0.0]));
    let cell = add(row, "Cell", [half, half, 5.0], Some([0.0, pitch, 0.0]));
    b.skin(cell, &[("EFFICIENCY", 0.5)]);
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

#[test]
fn an_array_of_a_million_takes_the_placements_of_one() {
    let start = Instant::now();
    let scene = plane(1000);
    let seconds = start.elapsed().as_secs_f64();
    let (placements, touchables) = scene.structure_bytes();
    println!(
        "1000 x 1000: {placements} bytes of placements, {touchables} of touchables, built in {seconds:.2} s"
    );
    assert_eq!(scene.num_sensors(), 1_000_000);
    assert_eq!(scene.structure_bytes(), plane(10).structure_bytes());
    assert!(placements + touchables < 1000, "{placements} {touchables}");
    let source = point_source(20_000, [7.0, 3.0, 300.0], 430.0);
    let ours = run(&scene, &source, &config());
    assert_eq!(ours.summary.ends.total(), 20_000);
    let detected = ours.summary.ends.get(End::SurfaceDetect);
    assert!(detected > 1000 && ours.summary.hits_per_sensor.len() > 1000, "{:?}", ours.summary.ends);
}

#[test]
fn a_hundred_thousand_placements_take_little() {
    let placements: String = (0..100_000)
        .map(|i| {
            let [x, y] = [i % 316, i / 316].map(|k| k as f64 * 3.0 - 475.0);
            format!("<physvol name=\"s{i}\" copynumber=\"{i}\"><volumeref ref=\"Sensor\"/><position x=\"{x}\" y=\"{y}\" z=\"490\"/></physvol>\n")
        })
        .collect();
    let text = format!(
        "<gdml><define/><materials><material name=\"M\" Z=\"14\"><D value=\"2\"/><atom value=\"28\"/></material></materials>\
         <solids><box name=\"w\" x=\"1000\" y=\"1000\" z=\"1000\"/><box name=\"s\" x=\"2\" y=\"2\" z=\"1\"/></solids><structure>\
         <volume name=\"Sensor\"><materialref ref=\"M\"/><solidref ref=\"s\"/></volume>\
         <volume name=\"World\"><materialref ref=\"M\"/><solidref ref=\"w\"/>{placements}</volume></structure>\
         <setup name=\"Default\" version=\"1.0\"><world ref=\"World\"/></setup></gdml>"
    );
    let start = Instant::now();
    let detector = detector(&text);
    let read = start.elapsed().as_secs_f64();
    let scene = SceneData::build(&detector, SurfaceModel::Opticks).unwrap();
    let built = start.elapsed().as_secs_f64() - read;
    let (placements, touchables) = scene.structure_bytes();
    println!(
        "{} bytes read in {read:.2} s, built in {built:.2} s: {placements} and {touchables} bytes",
        text.len()
    );
    assert_eq!(scene.num_nodes(), 100_001);
    // 60 of a placement, 56 of its box, 44 of its touchable.
    assert!(placements + touchables <= 160 * 100_000 + 1000, "{placements} {touchables}");
}
