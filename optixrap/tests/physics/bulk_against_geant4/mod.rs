//! Every bulk process against Geant4 11.2.2, with as many photons as it had: each case of `reference/bulk` must have a
//! chi-square per degree of freedom below 1.2 over all of its histograms, and no bin that is 5 sigma away.
//!
//! The detectors are the GDML files that Geant4 read. Photons are a pencil beam along +z, polarized along +x; only the
//! first interaction is compared. Five other sets of random numbers gave 6386.5 for 6515 degrees of freedom over absorption,
//! scattering, shifting and scintillation, and no case that was below p = 0.01 with all of them. `cargo test -p optixrap geant4 -- --nocapture` prints the table.

mod cerenkov;
mod competing;
mod group_velocity;
mod mie;
mod rayleigh;
mod scintillation;
mod wavelength_shift;

use super::support::{floats, histogram};
use super::tails::{pooled_bins, upper_tail};
use cfg4::detector::Detector;
use cfg4::genstep::Genstep;
use optixrap::engine::{ChunkOutput, CpuEngine, EventInput, EventSummary, PathPoint, PropagateConfig};
use optixrap::physics::photon::flag;
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;
use serde_json::Value;

/// The histograms of a case, as they are compared one after the other.
struct Case {
    name: String,
    chi2: f64,
    ndf: f64,
    farthest: f64,
}

impl Case {
    fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), chi2: 0.0, ndf: 0.0, farthest: 0.0 }
    }

    /// Compares the histogram `key` of a reference with samples, under- and overflow among the bins.
    fn compare(&mut self, reference: &Value, key: &str, samples: impl Iterator<Item = f64>) {
        let edges = floats(&reference[key]["edges"]);
        let outside = |name: &str| reference[key][name].as_f64().unwrap();
        let theirs = [vec![outside("below")], floats(&reference[key]["counts"]), vec![outside("above")]];
        let infinite = [vec![f64::NEG_INFINITY], edges, vec![f64::INFINITY]].concat();
        self.compare_counts(key, &theirs.concat(), &histogram(&infinite, samples));
    }

    /// As [`compare`](Self::compare), for a quantity that follows from another one: its bins alone count.
    fn compare_again(&mut self, reference: &Value, key: &str, samples: impl Iterator<Item = f64>) {
        let (chi2, ndf) = (self.chi2, self.ndf);
        self.compare(reference, key, samples);
        (self.chi2, self.ndf) = (chi2, ndf);
    }

    /// Two histograms of the same distribution.
    fn compare_counts(&mut self, key: &str, theirs: &[f64], ours: &[f64]) {
        let (na, nb): (f64, f64) = (theirs.iter().sum(), ours.iter().sum());
        assert!(na > 0.0 && nb > 0.0, "{} {key}: {na} and {nb} entries", self.name);
        let (ka, kb) = ((nb / na).sqrt(), (na / nb).sqrt());
        let pull = |(a, b): (f64, f64)| (ka * a - kb * b) / (a + b).sqrt();
        let pulls: Vec<f64> = pooled_bins(theirs, ours).into_iter().map(pull).collect();
        let chi2: f64 = pulls.iter().map(|p| p * p).sum();
        let ndf = pulls.len() as f64 - 1.0;
        let farthest = pulls.iter().map(|p| p.abs()).fold(0.0, f64::max);
        println!("{:60} {key:30} chi2/ndf {chi2:6.1}/{ndf:3} farthest {farthest:.1} sigma", self.name);
        self.chi2 += chi2;
        self.ndf += ndf;
        self.farthest = self.farthest.max(farthest);
    }

    /// A mean of theirs and of ours with its standard error: a bin of its own.
    fn compare_mean(&mut self, key: &str, theirs: f64, ours: f64, error: f64) {
        let pull = (ours - theirs) / error;
        println!("{:60} {key:30} {theirs:.5} and {ours:.5}: {pull:.1} sigma", self.name);
        self.chi2 += pull * pull;
        self.ndf += 1.0;
        self.farthest = self.farthest.max(pull.abs());
    }

    /// How often chance gives as much, or more.
    fn p_value(&self) -> f64 {
        upper_tail(self.chi2, self.ndf)
    }

    /// The verdict.
    #[track_caller]
    fn assert_same(self) {
        let Self { name, chi2, ndf, farthest } = self;
        let (ratio, p) = (chi2 / ndf, upper_tail(chi2, ndf));
        println!(
            "{name:60} ALL chi2/ndf {chi2:.1}/{ndf} = {ratio:.3}, p {p:.3}, farthest {farthest:.1} sigma"
        );
        assert!(farthest < 5.0, "{name}: a bin is {farthest:.1} sigma away");
        assert!(chi2 < 1.2 * ndf, "{name}: chi2 {chi2:.1} for {ndf} degrees of freedom");
    }
}

/// A point of a photon's path.
struct Point {
    position: Vec3,
    time_ns: f32,
    direction: Vec3,
    polarization: Vec3,
    wavelength_nm: f32,
    flag: u32,
    photon: u32,
}

impl From<&PathPoint> for Point {
    fn from(point: &PathPoint) -> Self {
        let w = &point.0;
        Self {
            position: vec3(w[0], w[1], w[2]),
            time_ns: w[3],
            direction: vec3(w[4], w[5], w[6]),
            polarization: vec3(w[8], w[9], w[10]),
            wavelength_nm: w[11],
            flag: w[12].to_bits(),
            photon: w[14].to_bits(),
        }
    }
}

/// A beam of photons through one medium, followed to their first interaction.
struct Beam {
    scene: SceneData,
    wavelength_nm: f32,
    velocity_mm_per_ns: f32,
    points: Vec<Point>,
    summary: EventSummary,
}

impl Beam {
    /// `photons` through the detector of `gdml` in the references.
    fn new(gdml: &str, at: (f64, u32), seed: u64, transport: TransportOptions) -> Self {
        let file = format!("{}/../../shared/reference/bulk/{gdml}", env!("CARGO_MANIFEST_DIR"));
        let detector = cfg4::gdml::read(std::path::Path::new(&file)).unwrap();
        Self::through(&detector, at, [1.0, 0.0], seed, transport)
    }

    /// `photons` of a wavelength and a polarization (x, y) through a detector.
    fn through(
        detector: &Detector,
        (wavelength_nm, photons): (f64, u32),
        [x, y]: [f32; 2],
        seed: u64,
        transport: TransportOptions,
    ) -> Self {
        let scene = SceneData::build(detector, SurfaceModel::Geant4).unwrap();
        let wavelength_nm = wavelength_nm as f32;
        let one = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, x, y, 0.0, wavelength_nm, 0.0, 0.0, 0.0, 0.0];
        let (gensteps, beam) = ([Genstep::emit_source(photons, 0)], vec![one; photons as usize]);
        let input = EventInput { event_id: 0, gensteps: &gensteps, input_photons: &beam, sensors: None };
        let transport = TransportOptions { bounce_max: 1, ..transport };
        let config = PropagateConfig { seed, transport, records: true, ..PropagateConfig::default() };
        let mut points = Vec::new();
        let mut sink = |c: &ChunkOutput| {
            points.extend(c.records.iter().map(Point::from));
            Ok(())
        };
        let summary = CpuEngine::new(0).unwrap().propagate(&scene, &input, &config, &mut sink).unwrap();
        let velocity_mm_per_ns = scene.view().tables.medium(0, wavelength_nm).group_velocity_mm_per_ns;
        Self { scene, wavelength_nm, velocity_mm_per_ns, points, summary }
    }

    /// The first points of the beam's photons, where something has happened to them inside.
    fn first(&self) -> impl Iterator<Item = &Point> {
        let first = self.points.windows(2).filter(|pair| pair[0].flag == flag::TORCH).map(|pair| &pair[1]);
        first.filter(|point| point.flag != flag::MISS)
    }

    /// What a wavelength shifter has emitted where the beam was absorbed; not what became of that.
    fn emitted(&self) -> impl Iterator<Item = &Point> {
        let of_photon = self.points.chunk_by(|a, b| a.photon == b.photon);
        of_photon.flat_map(|points| {
            let place = points[1].position;
            let made = |p: &&Point| p.flag & (flag::WAVELENGTH_SHIFT | flag::SHIFTER_SECONDARY) != 0;
            points[1..].iter().filter(made).filter(move |p| p.position == place)
        })
    }

    /// Compares the lengths of the first steps.
    fn compare_steps(&self, case: &mut Case, reference: &Value) {
        case.compare(reference, "step_mm", self.first().map(|point| f64::from(point.position.z)));
    }
}
