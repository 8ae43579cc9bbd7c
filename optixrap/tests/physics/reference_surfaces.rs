//! One visit to a boundary against Geant4 11.2.2: every configuration of the reference, read from its GDML, and the whole
//! step of a photon, so that which surface acts, missing RINDEX and equal materials are part of the comparison.
//!
//! Each configuration has 15 beams (5 angles, 3 polarizations). Compared are the counts of absorbed, detected, stopped
//! (NR), reflected and transmitted photons, the kinds of reflection, the histograms of |cos theta|, the mean directions
//! and the mean squared y component of the polarization: no single number more than 5 sigma away, and chi2/ndf of a
//! configuration below 1.2, or, where there are too few numbers for that, below what chance exceeds once in 2000
//! comparisons (1 + 3.3 sqrt(2 / ndf)).

use super::support::{assert_transverse, floats, photon, reference};
use cfg4::detector::{Detector, SurfaceType};
use cfg4::gdml::{self, NoFiles};
use optixrap::physics::photon::{Photon, flag};
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::physics::vec3::vec3;
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::trace::navigate;
use optixrap::transport::{NoRecord, TransportOptions, Traveller, next_point, start};
use serde_json::Value;

/// Photons of a beam: 200 010 of a configuration.
const N: u32 = 13_334;

/// Here Geant4 leaves zero vectors as polarizations: see `surface_metal`.
const ZERO_VECTORS: &str = "dm_ground_unified_complex_lobe";

const CASES: [&str; 55] = [
    "border_and_skin",
    "border_reversed_and_skin_on_A",
    "border_reversed_only",
    "coated_n1.0_t60nm_frustrated",
    "coated_n1.3_t100nm",
    "daughter_entered_skin_on_mother",
    "daughter_entered_skins_on_both",
    "daughter_left_skins_on_both",
    "dd_ground_glisur_0.6",
    "dd_ground_glisur_0.9",
    "dd_ground_glisur_1.0",
    "dd_ground_unified_0.1_lobe",
    "dd_ground_unified_0.1_lobe_air_to_glass",
    "dd_ground_unified_0.2_mixed",
    "dd_ground_unified_0.5_lobe_R0.9",
    "dd_ground_unified_0_lambertian",
    "dd_groundbackpainted_gap1.0_B_without_rindex",
    "dd_groundbackpainted_gap1.2_R0.9",
    "dd_groundbackpainted_glisur_0.8_gap1.0",
    "dd_groundbackpainted_no_gap_index",
    "dd_groundfrontpainted_R0.8",
    "dd_groundfrontpainted_unified_R0.6_T0.2_E0.5",
    "dd_polished_E1_only",
    "dd_polished_R0.5_E0.4",
    "dd_polished_R0.7_T0.2",
    "dd_polished_R_energy_dependent",
    "dd_polished_T0.4_only",
    "dd_polished_no_properties",
    "dd_polished_roughness_50nm",
    "dd_polishedbackpainted_gap1.0_R0.9",
    "dd_polishedbackpainted_glisur_gap1.4_R0.7",
    "dd_polishedfrontpainted_R0.9",
    "dd_polishedfrontpainted_unified_R0.6_E0.3",
    "dm_ground_glisur_0.5_R0.9",
    "dm_ground_unified_0.15_mixed_R0.9",
    "dm_ground_unified_0.3_lobe_R1",
    "dm_ground_unified_complex_lobe",
    "dm_polished_R0.5_T0.3_E0.5",
    "dm_polished_R0.8",
    "dm_polished_R0_E0.35",
    "dm_polished_complex_0.6_5.0",
    "dm_polished_complex_glisur_1.5_1.8_E0.6",
    "dm_polished_no_properties",
    "equal_index_two_materials",
    "fresnel_1p48_to_1p5",
    "fresnel_air_to_glass",
    "fresnel_glass_to_air",
    "fresnel_water_to_glass",
    "no_rindex_in_B",
    "same_material",
    "same_material_with_dd_border_R0.4",
    "same_material_with_metal_border",
    "skin_on_A",
    "skin_on_B",
    "skins_on_A_and_B_siblings",
];

/// Sums of two-sample comparisons.
#[derive(Default)]
struct Chi2 {
    chi2: f64,
    ndf: f64,
    worst: f64,
    where_worst: String,
}

impl Chi2 {
    fn pull(&mut self, what: &str, sigmas: f64) {
        self.chi2 += sigmas * sigmas;
        self.check(what, sigmas);
    }

    /// A number that follows from others in the sum.
    fn check(&mut self, what: &str, sigmas: f64) {
        if sigmas.abs() > self.worst {
            (self.worst, self.where_worst) = (sigmas.abs(), what.to_owned());
        }
    }

    /// Two histograms of the same distribution; bins below 20 entries are pooled.
    fn histogram(&mut self, what: &str, a: &[f64], b: &[f64]) {
        let (na, nb): (f64, f64) = (a.iter().sum(), b.iter().sum());
        assert!((na > 0.0) == (nb > 0.0), "{what}: {a:?} is not {b:?}");
        let (ka, kb) = ((nb / na).sqrt(), (na / nb).sqrt());
        let (mut pa, mut pb, mut bins) = (0.0, 0.0, 0.0);
        for (i, (x, y)) in a.iter().zip(b).enumerate() {
            (pa, pb) = (pa + x, pb + y);
            if pa + pb >= 20.0 {
                self.pull(&format!("{what}, bin {i}"), (ka * pa - kb * pb) / (pa + pb).sqrt());
                (pa, pb, bins) = (0.0, 0.0, bins + 1.0);
            }
        }
        self.ndf += (bins - 1.0_f64).max(0.0);
    }

    /// Two means; `theirs` is given to 5 decimals.
    fn mean(&mut self, what: &str, ours: &Sum, theirs: f64, their_count: f64, independent: bool) {
        let (mean, variance) = ours.mean_and_variance();
        let sigma = (variance * (1.0 / ours.count + 1.0 / their_count) + 1e-10).sqrt();
        let (what, sigmas) = (format!("{what}: {mean:.5}, Geant4 {theirs}"), (mean - theirs) / sigma);
        // What is the same for all photons has to agree, but does not fluctuate.
        if independent && variance > 1e-8 {
            self.pull(&what, sigmas);
            self.ndf += 1.0;
        } else {
            self.check(&what, sigmas);
        }
    }
}

#[derive(Default, Clone, Copy)]
struct Sum {
    count: f64,
    first: f64,
    second: f64,
}

impl Sum {
    fn add(&mut self, x: f32) {
        let x = f64::from(x);
        *self = Self { count: self.count + 1.0, first: self.first + x, second: self.second + x * x };
    }

    fn mean_and_variance(&self) -> (f64, f64) {
        let mean = self.first / self.count;
        (mean, (self.second / self.count - mean * mean).max(0.0))
    }
}

/// What flew away on one side.
#[derive(Default)]
struct Side {
    cosines: [f64; 20],
    direction: [Sum; 3],
    pol_y_squared: Sum,
}

#[derive(Default)]
struct Seen {
    /// Absorbed, detected, NR, reflected, transmitted.
    ends: [f64; 5],
    /// BR, SR, DR, BT.
    kinds: [f64; 4],
    sides: [Side; 2],
}

impl Seen {
    fn add(&mut self, point: u32, photon: &Photon) {
        match point {
            flag::SURFACE_ABSORB => return self.ends[0] += 1.0,
            flag::SURFACE_DETECT => return self.ends[1] += 1.0,
            flag::NO_RINDEX => return self.ends[2] += 1.0,
            _ => {}
        }
        let kinds =
            [flag::BOUNDARY_REFLECT, flag::SURFACE_SREFLECT, flag::SURFACE_DREFLECT, flag::BOUNDARY_TRANSMIT];
        self.kinds[kinds.iter().position(|kind| *kind == point).unwrap()] += 1.0;
        assert_transverse(photon, 5e-4);
        let d = photon.direction;
        let side = usize::from(point == flag::BOUNDARY_TRANSMIT);
        assert_eq!(d.z > 0.0, side == 1, "{photon:?}");
        self.ends[3 + side] += 1.0;
        let side = &mut self.sides[side];
        side.cosines[((d.z.abs() * 20.0) as usize).min(19)] += 1.0;
        side.direction.iter_mut().zip([d.x, d.y, d.z]).for_each(|(sum, x)| sum.add(x));
        side.pol_y_squared.add(photon.polarization.y * photon.polarization.y);
    }

    fn compare(&self, chi2: &mut Chi2, what: &str, beam: &Value, polarization: bool) {
        let keys = ["absorbed", "detected", "killed_no_rindex", "reflected", "transmitted"];
        let theirs = keys.map(|k| beam[k].as_f64().unwrap());
        chi2.histogram(what, &theirs, &self.ends);
        self.compare_kinds(chi2, what, beam);
        for ((side, key), count) in self.sides.iter().zip(["reflected", "transmitted"]).zip(&theirs[3..]) {
            let (what, ours) = (format!("{what}, {key}"), side.pol_y_squared.count);
            if ours.min(*count) < 100.0 {
                continue;
            }
            let histogram = floats(&beam[format!("{key}_abs_cos_theta_hist20")]);
            // A single direction may lie at the edge of two bins; that of a mirror at 60 degrees does.
            if histogram.iter().filter(|&&n| n > 0.0).count() > 2 {
                let at_edge = beam["angle_deg"] == 60;
                chi2.histogram(&what, &pooled(histogram, at_edge), &pooled(side.cosines.to_vec(), at_edge));
            }
            let direction = floats(&beam[format!("{key}_mean_direction")]);
            for (axis, (ours, theirs)) in side.direction.iter().zip(direction).enumerate() {
                // The mean of z follows from the histogram.
                chi2.mean(&format!("{what}, axis {axis}"), ours, theirs, *count, axis < 2);
            }
            if let (true, Some(theirs)) = (polarization, beam[format!("{key}_mean_pol_y_squared")].as_f64()) {
                chi2.mean(&format!("{what}, polarization"), &side.pol_y_squared, theirs, *count, true);
            }
        }
    }

    /// The kinds of reflection, where Geant4 does not call reflected photons refracted.
    fn compare_kinds(&self, chi2: &mut Chi2, what: &str, beam: &Value) {
        let status = beam["status"].as_object().unwrap();
        let sum = |names: &[&str]| -> f64 {
            names.iter().filter_map(|name| status.get(*name)).map(|n| n.as_f64().unwrap()).sum()
        };
        let theirs = [
            sum(&["FresnelReflection", "TotalInternalReflection", "CoatedDielectricReflection"]),
            sum(&["SpikeReflection", "LobeReflection"]),
            sum(&["LambertianReflection", "BackScattering"]),
        ];
        // What passes is compared with the ends.
        let reflected = beam["reflected"].as_f64().unwrap();
        if reflected > 0.0 && self.ends[3] > 0.0 && theirs.iter().sum::<f64>() == reflected {
            chi2.histogram(&format!("{what}, kinds"), &theirs, &self.kinds[..3]);
        }
    }
}

/// A histogram of |cos theta| with the bins on both sides of 0.5 put together, if asked for.
fn pooled(mut histogram: Vec<f64>, at_edge: bool) -> Vec<f64> {
    if at_edge {
        histogram[9] += histogram.remove(10);
    }
    histogram
}

/// GDML cannot say `coated` in Geant4 11.2.2; the reference set it by program.
fn detector(name: &str, config: &Value) -> Option<Detector> {
    let file = format!("{}/../../shared/reference/surfaces/gdml/{name}.gdml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).ok()?;
    let mut detector = gdml::read_str(&text, name, &NoFiles).unwrap();
    if config["surfaces"][0]["type"] == "coated" {
        detector.surfaces[0].kind = SurfaceType::Coated;
    }
    Some(detector)
}

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

fn compare(case: usize, n: u32) -> Option<Chi2> {
    let name = CASES[case];
    let file = reference(&format!("surfaces/{name}.json"))?;
    let scene = SceneData::build(&detector(name, &file["config"])?, SurfaceModel::Geant4).unwrap();
    let scene = scene.view();
    let options = TransportOptions::default();
    let mut chi2 = Chi2::default();
    for (i, beam) in file["beams"].as_array().unwrap().iter().enumerate() {
        // Each beam of each configuration has random numbers of its own, so that chance does not repeat itself.
        let mut rng = PhotonRng::new(71, (15 * case + i) as u32, 0);
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
        seen.compare(&mut chi2, &what, beam, name != ZERO_VECTORS);
    }
    Some(chi2)
}

#[test]
fn every_configuration() {
    let mut bad = Vec::new();
    let mut all = [0.0; 2];
    for (case, name) in CASES.into_iter().enumerate() {
        let Some(Chi2 { chi2, ndf, worst, where_worst }) = compare(case, N) else { return };
        all = [all[0] + chi2, all[1] + ndf];
        let ratio = if ndf > 0.0 { chi2 / ndf } else { 0.0 };
        println!("{name:50} {chi2:8.1} /{ndf:5} = {ratio:.3}, worst {worst:.2} sigma ({where_worst})");
        if ratio > f64::max(1.2, 1.0 + 3.3 * (2.0 / ndf).sqrt()) || worst > 5.0 {
            bad.push(name);
        }
    }
    assert!(bad.is_empty(), "{bad:?}");
    let [chi2, ndf] = all;
    assert!(chi2 < ndf + 5.0 * (2.0 * ndf).sqrt(), "all together: {chi2} / {ndf}");
}
