//! One visit to a boundary against Geant4, the whole step of a photon, so that which surface acts, missing RINDEX and
//! equal materials are part of the comparison.
//!
//! Compared are the counts of absorbed, detected, stopped (NR), reflected and transmitted photons, the kinds of reflection,
//! the histograms of |cos theta|, the mean directions and the mean squared y component of the polarization.
//!
//! What counts as a degree of freedom was fixed by what the numbers are, not by how they came out:
//!
//! * A number that is the same for all photons (the direction that a mirror sends them to) must agree, but does not
//!   fluctuate, so it adds nothing to chi-square.
//! * The mean of z is, up to the width of a bin, a sum over the histogram of |cos theta|: it must agree, but is not counted
//!   twice.
//! * A histogram with one or two filled bins is that of single directions, which the means compare better. At 60 degrees
//!   cos theta is 0.5, the edge of two bins, where rounding decides: these two are one.
//! * Bins with fewer than 20 photons are pooled, sides with fewer than 100 left out: below, a deviation is not normal.
//!
//! The means of x and y and the kinds of reflection are not independent of the histogram. That leaves the mean of
//! chi-square as it is and makes it scatter a little more, so that the p-values are not too kind.

mod branches;
mod chi2;
mod reference;
mod seen;

use super::support::photon;
use cfg4::detector::Detector;
use chi2::Chi2;
use optixrap::physics::photon::Photon;
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::physics::vec3::vec3;
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::trace::navigate;
use optixrap::transport::{NoRecord, TransportOptions, Traveller, next_point, start};
use seen::Seen;
use serde_json::Value;

fn beam_start(beam: &Value, rng: &mut PhotonRng) -> Photon {
    let (sin, cos) = (beam["angle_deg"].as_f64().unwrap() as f32).to_radians().sin_cos();
    let (s, p) = match beam["polarization"].as_str().unwrap() {
        "S" => (1.0, 0.0),
        "P" => (0.0, 1.0),
        _ => (std::f32::consts::TAU * rng.uniform()).sin_cos(),
    };
    let mut photon = photon(vec3(sin, 0.0, cos), vec3(p * cos, s, -p * sin));
    photon.position = vec3(0.0, 0.0, -10.0);
    photon
}

/// `n` photons of each beam of a configuration; each beam has random numbers of its own, those of event `event` and up, so
/// that chance does not repeat itself.
fn compare(name: &str, detector: &Detector, beams: &Value, (n, seed, event): (u32, u64, u32)) -> Chi2 {
    let scene = SceneData::build(detector, SurfaceModel::Geant4).unwrap();
    let scene = scene.view();
    let options = TransportOptions::default();
    let mut chi2 = Chi2::default();
    for (beam, event) in beams.as_array().unwrap().iter().zip(event..) {
        let mut rng = PhotonRng::new(seed, event, 0);
        let mut seen = Seen::default();
        for _ in 0..n {
            let photon = beam_start(beam, &mut rng);
            let place = navigate::locate(&scene.geometry, photon.position).unwrap();
            let photon = Photon { position: place.frame.point(photon.position), ..photon };
            let mut t = Traveller::new(&scene, &options, photon, place.node, 0);
            start(&mut t, &mut rng);
            next_point(&scene, &options, &mut t, &mut rng, &mut NoRecord);
            seen.add(t.flag_mask, &t.photon);
        }
        let what = format!("{name}, {} degrees {}", beam["angle_deg"], beam["polarization"]);
        seen.compare(&mut chi2, &what, beam);
    }
    chi2
}
