//! Every GDML solid in scintillator: no photon is lost, none is counted twice, and solids that one cannot see change
//! nothing.

use optixrap::engine::{ChunkOutput, CpuEngine, EventInput, PropagateConfig};
use optixrap::scene::SurfaceModel;

use cfg4::genstep::Genstep;

use super::run::{Outcome, Source, config, point_source, run, scene};

const ZOO: &str = include_str!("../../data/zoo.gdml");
/// Half widths of the box of scintillator, mm.
const HALF_MM: [f64; 3] = [1000.0, 1000.0, 700.0];

#[test]
fn a_million_photons_all_end_and_hardly_any_is_put_right() {
    let scene = scene(ZOO, SurfaceModel::Opticks);
    let config = PropagateConfig { seed: 7, histories: false, photons: false, ..PropagateConfig::default() };
    let ours = run(&scene, &point_source(1_000_000, [0.0; 3], 430.0), &config);
    let s = &ours.summary;
    println!("{:?}, {} points, {} corrections", s.ends.iter().collect::<Vec<_>>(), s.points, s.corrections);
    assert_eq!((s.photons, s.ends.total()), (1_000_000, 1_000_000));
    let ends = s.ends.iter().filter(|(_, n)| *n > 0).map(|(end, _)| end.code()).collect::<Vec<_>>();
    assert_eq!(ends, ["AB", "SD", "SA"], "walls and sensors end everything that the media do not");
    assert!(s.points > 7_000_000, "{}", s.points);
    assert!((s.corrections as f64) < 1e-6 * s.points as f64, "{} corrections", s.corrections);
}

#[test]
fn threads_and_chunks_do_not_matter_in_the_zoo() {
    let scene = scene(ZOO, SurfaceModel::Opticks);
    let Source::Photons(items) = point_source(20_000, [0.0; 3], 400.0) else { unreachable!() };
    let gensteps = [Genstep::emit_source(items.len() as u32, 1)];
    let input = EventInput { event_id: 3, gensteps: &gensteps, input_photons: &items, sensors: None };
    let bits = |threads: usize, chunk: u32| {
        let config = PropagateConfig { seed: 5, chunk, photons: true, ..PropagateConfig::default() };
        let mut photons = Vec::new();
        let mut sink = |c: &ChunkOutput| {
            photons.extend_from_slice(&c.photons);
            Ok(())
        };
        CpuEngine::new(threads).unwrap().propagate(&scene, &input, &config, &mut sink).unwrap();
        photons
    };
    let one = bits(1, 20_000);
    assert_eq!(one.len(), 20_000);
    for (threads, chunk) in [(2, 1000), (3, 77), (1, 4096)] {
        assert!(bytes(&bits(threads, chunk)) == bytes(&one), "{threads} threads, chunks of {chunk}");
    }
}

fn bytes(photons: &[optixrap::engine::HitRecord]) -> &[u8] {
    bytemuck::cast_slice(photons)
}

/// The zoo with everything made of one medium and without its mirrors, in black walls: only the walls are left to see.
fn invisible() -> String {
    let medium = |line: &str| line.contains("_GLASS") || line.contains("_AIR");
    let lines = ZOO.lines().filter(|line| !line.contains("<skinsurface")).map(|line| {
        if line.contains("<matrix") && (line.contains("\"RINDEX_LS") || line.contains("RINDEX_GLASS")) {
            let name = if line.contains("_LS") { "RINDEX_LS" } else { "RINDEX_GLASS" };
            return format!("<matrix name=\"{name}\" coldim=\"2\" values=\"1e-6 1.5 5e-6 1.5\"/>");
        }
        if line.contains("<matrix") && line.contains("RINDEX_AIR") {
            return "<matrix name=\"RINDEX_AIR\" coldim=\"2\" values=\"1e-6 1.5 5e-6 1.5\"/>".to_owned();
        }
        let absorbs = ["name=\"ABSLENGTH\"", "name=\"RAYLEIGH\""].iter().any(|p| line.contains(p));
        if absorbs && (medium(line) || line.contains("_LS")) { String::new() } else { line.to_owned() }
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    text.replace("values=\"1.8e-6 0.97 4.2e-6 0.93\"", "values=\"1e-6 0 5e-6 0\"")
}

#[test]
fn solids_of_the_same_medium_cannot_be_seen() {
    let scene = scene(&invisible(), SurfaceModel::Opticks);
    let mut passed = 0;
    for start in [[0.0; 3], [-300.0, 300.0, 150.0], [310.0, -300.0, -150.0]] {
        let source = point_source(50_000, start, 430.0);
        let Outcome { summary, photons, .. } = run(&scene, &source, &config());
        let Source::Photons(items) = source else { unreachable!() };
        assert_eq!((photons.len(), summary.corrections), (items.len(), 0));
        passed += summary.points - summary.photons;
        for (item, photon) in items.iter().zip(&photons) {
            assert_straight(start, item, &photon.0);
        }
    }
    assert!(passed > 100_000, "only {passed} faces of solids were passed");
}

/// A photon of index 1.5 flew from `start` straight to the wall.
fn assert_straight(start: [f64; 3], item: &[f32; 16], photon: &[f32; 16]) {
    let d = [item[4], item[5], item[6]].map(f64::from);
    let to_wall = |i: usize| (HALF_MM[i] - start[i] * d[i].signum()) / d[i].abs();
    let way = (0..3).map(to_wall).fold(f64::INFINITY, f64::min);
    for i in 0..3 {
        // A few roundings of coordinates of 1000 mm at each of some twenty changes of frame.
        assert!((f64::from(photon[i]) - start[i] - way * d[i]).abs() < 5e-3, "{photon:?} of {item:?}");
    }
    assert!((f64::from(photon[3]) - way * 1.5 / 299.792_458).abs() < 3e-5, "{photon:?} of {item:?}");
}
