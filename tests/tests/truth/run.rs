//! Sources, and runs of the whole engine that keep what the comparisons need.

use std::path::Path;

use cfg4::detector::Detector;
use cfg4::detector::Transform;
use cfg4::gdml::{self, NoFiles};
use cfg4::genstep::TorchSpec;
use optixrap::engine::PropagateConfig;
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;
use tools::validate::run_event;
pub(crate) use tools::validate::{Sample as Outcome, Source};

/// The seed of every run here; events of one run differ by their number.
const SEED: u64 = 20_210_216;

/// The detector of a GDML text.
pub(crate) fn detector(text: &str) -> Detector {
    gdml::read_str(text, "scene", &NoFiles).unwrap()
}

/// The scene of a GDML text by the rules of either surface model.
pub(crate) fn scene(text: &str, model: SurfaceModel) -> SceneData {
    SceneData::build(&detector(text), model).unwrap()
}

/// A file of the folder of shared references; `None`, and a line that says so, where it is not there.
pub(crate) fn shared(path: &str) -> Option<std::path::PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is not there", file.display());
    None
}

/// An unpolarized point source that shines everywhere at time 0.
pub(crate) fn point_source(photons: u32, position_mm: [f64; 3], wavelength_nm: f64) -> Source {
    let mut random = SplitMix(0x9e37_79b9);
    let items = (0..photons).map(|_| {
        let (z, phi, chi) = (2.0 * random.next() - 1.0, turn(random.next()), turn(random.next()));
        let r = (1.0 - z * z).sqrt();
        let (theta_hat, phi_hat) = ([z * phi.1, z * phi.0, -r], [-phi.0, phi.1, 0.0]);
        let direction = [r * phi.1, r * phi.0, z];
        let polarization = [0, 1, 2].map(|i| chi.1 * theta_hat[i] + chi.0 * phi_hat[i]);
        item(position_mm, direction, polarization, wavelength_nm)
    });
    Source::Photons(items.collect())
}

/// An input photon at time 0 with weight 1.
pub(crate) fn item(
    position: [f64; 3],
    direction: [f64; 3],
    polarization: [f64; 3],
    wavelength_nm: f64,
) -> [f32; 16] {
    let ([x, y, z], [dx, dy, dz], [px, py, pz]) = (position, direction, polarization);
    [x, y, z, 0.0, dx, dy, dz, 1.0, px, py, pz, wavelength_nm, 0.0, 0.0, 0.0, 0.0].map(|v| v as f32)
}

/// The source of a torch string in the world's frame.
pub(crate) fn torch(spec: &str) -> Source {
    let spec: TorchSpec = spec.parse().unwrap();
    Source::Gensteps(spec.place(&Transform::IDENTITY, 1).to_gensteps())
}

/// Sine and cosine of `u` turns.
fn turn(u: f64) -> (f64, f64) {
    (std::f64::consts::TAU * u).sin_cos()
}

/// Steele, Lea and Flood's generator: nothing that the engine itself uses.
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    /// A number between 0 and 1.
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Histories and final states, no reemission, photons followed to their end.
pub(crate) fn config() -> PropagateConfig {
    let transport = TransportOptions { reemission: 0, ..TransportOptions::default() };
    PropagateConfig { seed: SEED, transport, histories: true, photons: true, ..PropagateConfig::default() }
}

/// Runs a source through a scene on all cores.
pub(crate) fn run(scene: &SceneData, source: &Source, config: &PropagateConfig) -> Outcome {
    run_event(scene, source, config, 0).unwrap()
}
