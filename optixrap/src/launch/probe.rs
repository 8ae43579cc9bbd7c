//! Kernels for tests: one question per thread, answered by one function of the physics.
//!
//! The functions here are what the kernels `probe_generation`, `probe_solids`, `probe_processes` and `probe_random` call
//! for each question; a test asks the same on the host and compares bits.

use bytemuck::{Pod, Zeroable};

use super::{SceneAddresses, Span};
use crate::physics::boundary_fresnel::{Fresnel, fresnel};
use crate::physics::generate::generate;
use crate::physics::photon::Photon;
use crate::physics::random::{PhotonRng, Uniform};
use crate::physics::surface::{self, SurfaceOutcome};
use crate::physics::surface_detail::Visit;
use crate::physics::vec3::{Vec3, vec3};
use crate::physics::{fmath, mie, rayleigh, reemission, wavelength_shift};
use crate::trace::ray::Ray;
use crate::trace::solid;
use crate::transport::{PreparedGenstep, Scene};

/// What the probing kernels take: thread `i` answers question `i`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct ProbeParameters {
    /// The scene.
    pub scene: SceneAddresses,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Generation: [`PreparedGenstep`]s, of which thread `i` makes photon `i` of the first; solids: [`SolidProbe`]s;
    /// processes and random numbers: [`ProcessProbe`]s.
    pub questions: Span,
    /// Generation: [`GeneratedPhoton`]s; solids: [`SolidAnswer`]s; processes: [`ProcessAnswer`]s; random numbers:
    /// 16 words each.
    pub answers: Span,
}

/// A photon just made, in the frame of the world.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, Pod, Zeroable)]
pub struct GeneratedPhoton {
    /// Its state, see [`Photon::words`].
    pub state: [f32; 12],
    /// Random numbers drawn.
    pub draws: u32,
}

/// Photon `index` of a genstep, as event 0.
#[inline]
pub fn generated(scene: &Scene, genstep: &PreparedGenstep, seed: u64, index: u32) -> GeneratedPhoton {
    let mut rng = PhotonRng::new(seed, 0, genstep.first_photon + u64::from(index));
    let photon = generate(&scene.tables, &genstep.record, index, &mut rng);
    GeneratedPhoton { state: photon.words(), draws: rng.draws() }
}

/// A ray for a solid.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, Pod, Zeroable)]
pub struct SolidProbe {
    /// Origin in the frame of the solid, mm.
    pub origin: Vec3,
    /// Unit direction.
    pub direction: Vec3,
    /// Index of the solid.
    pub solid: u32,
    /// See [`crate::trace::solid`].
    pub tolerance_mm: f32,
}

/// What [`crate::trace::solid`] says about a ray.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, Pod, Zeroable)]
pub struct SolidAnswer {
    /// Distance to the entry, mm; infinite for none.
    pub to_in_mm: f32,
    /// Face of the entry.
    pub face_in: u32,
    /// Outward normal there; zero for no entry.
    pub normal_in: Vec3,
    /// Distance to the exit, mm.
    pub to_out_mm: f32,
    /// Face of the exit.
    pub face_out: u32,
    /// Outward normal there.
    pub normal_out: Vec3,
    /// 1 if the origin is inside.
    pub contains: u32,
}

/// Asks a solid everything about a ray.
#[inline]
pub fn solid_answer(scene: &Scene, probe: &SolidProbe) -> SolidAnswer {
    let (solids, origin, direction) = (&scene.geometry.solids, probe.origin, probe.direction);
    let (ray, tolerance) = (Ray::new(origin, direction), probe.tolerance_mm);
    let enter = solid::distance_to_in(solids, probe.solid, &ray, tolerance, f32::INFINITY);
    let out = solid::distance_to_out(solids, probe.solid, &ray, tolerance);
    let normal = |face: u32, distance: f32| {
        solid::outward_normal(solids, probe.solid, face, origin + direction * distance)
    };
    SolidAnswer {
        to_in_mm: enter.map_or(f32::INFINITY, |c| c.distance),
        face_in: enter.map_or(0, |c| c.face),
        normal_in: enter.map_or(Vec3::default(), |c| normal(c.face, c.distance)),
        to_out_mm: out.distance,
        face_out: out.face,
        normal_out: normal(out.face, out.distance),
        contains: solid::contains(solids, probe.solid, origin).into(),
    }
}

/// What [`ProcessProbe::kind`] can be.
pub mod process_kind {
    /// Fresnel's rule between media of indices `arguments[0]` and `arguments[1]`.
    pub const FRESNEL: u32 = 0;
    /// Rayleigh scattering.
    pub const RAYLEIGH: u32 = 1;
    /// Reemission in material `index`.
    pub const REEMISSION: u32 = 2;
    /// Optical surface `index` between media of indices `arguments[0]` and `arguments[1]`.
    pub const SURFACE: u32 = 3;
    /// Elementary functions of the arguments, as state; outcome 0.
    pub const MATHS: u32 = 4;
    /// Properties of material `index` at the photon's wavelength, as state; outcome 0.
    pub const MEDIUM: u32 = 5;
    /// Mie scattering in material `index`, which must have it.
    pub const MIE: u32 = 6;
    /// Wavelength shifting in material `index`, which must have it: the shifter `arguments[0]` (0 or 1), the profile
    /// `arguments[1]`; the outcome is the number of photons, the state that of the first.
    pub const SHIFT: u32 = 7;
}

/// A photon at a process.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, Pod, Zeroable)]
pub struct ProcessProbe {
    /// One of [`process_kind`].
    pub kind: u32,
    /// Material or surface.
    pub index: u32,
    /// Refractive indices or arguments of functions.
    pub arguments: [f32; 2],
    /// The photon's state, see [`Photon::words`].
    pub state: [f32; 12],
    /// Unit normal against the photon.
    pub normal: Vec3,
    /// Event of the random numbers.
    pub event: u32,
    /// Photon index of the random numbers.
    pub photon: u64,
}

/// What came of it.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, Pod, Zeroable)]
pub struct ProcessAnswer {
    /// The photon's new state, or what was computed.
    pub state: [f32; 12],
    /// Number of the outcome in the order of the process's enum.
    pub outcome: u32,
    /// Random numbers drawn.
    pub draws: u32,
}

/// Lets a process act.
#[inline]
pub fn process(scene: &Scene, seed: u64, probe: &ProcessProbe) -> ProcessAnswer {
    let mut rng = PhotonRng::new(seed, probe.event, probe.photon);
    let [x, y, z, time_ns, dx, dy, dz, weight, ex, ey, ez, wavelength_nm] = probe.state;
    let (position, direction, polarization) = (vec3(x, y, z), vec3(dx, dy, dz), vec3(ex, ey, ez));
    let mut photon = Photon { position, time_ns, direction, weight, polarization, wavelength_nm };
    let [a, b] = probe.arguments;
    let outcome = match probe.kind {
        process_kind::FRESNEL => match fresnel(a, b, probe.normal, &mut photon, &mut rng) {
            Fresnel::Reflected => 0,
            Fresnel::Transmitted => 1,
        },
        process_kind::RAYLEIGH => {
            rayleigh::scatter(&mut photon, &mut rng);
            0
        }
        process_kind::REEMISSION => {
            reemission::reemit(&scene.tables, probe.index, &mut photon, &mut rng);
            0
        }
        process_kind::MIE => {
            let record = &scene.tables.more[scene.tables.materials[probe.index as usize].more as usize];
            mie::scatter(&record.mie, &mut photon, &mut rng);
            0
        }
        process_kind::SHIFT => shift(scene, probe, &mut photon, &mut rng),
        process_kind::SURFACE => {
            let visit = Visit { indices: (a, b), material: 0, volume: u32::MAX, normal: probe.normal };
            surface_outcome(surface::interact(&scene.tables, probe.index, visit, &mut photon, &mut rng))
        }
        process_kind::MEDIUM => {
            let m = scene.tables.medium(probe.index, wavelength_nm);
            photon.position = vec3(m.rindex, m.absorption_length_mm, m.scattering_length_mm);
            (photon.time_ns, photon.weight) = (m.reemission_probability, m.group_velocity_mm_per_ns);
            0
        }
        _ => return maths(a, b),
    };
    ProcessAnswer { state: photon.words(), outcome, draws: rng.draws() }
}

#[inline]
fn shift(scene: &Scene, probe: &ProcessProbe, photon: &mut Photon, rng: &mut PhotonRng) -> u32 {
    let [shifter, profile] = probe.arguments;
    let record = &scene.tables.more[scene.tables.materials[probe.index as usize].more as usize];
    let shifter = &record.shifters[usize::from(shifter > 0.0)];
    let number = wavelength_shift::sample_number(shifter, rng);
    if number > 0
        && let Some(emitted) = wavelength_shift::emit(&scene.tables, shifter, profile as u32, photon, rng)
    {
        *photon = emitted;
    }
    number
}

#[inline]
fn surface_outcome(outcome: SurfaceOutcome) -> u32 {
    match outcome {
        SurfaceOutcome::Absorb => 0,
        SurfaceOutcome::Detect => 1,
        SurfaceOutcome::ReflectSpecular => 2,
        SurfaceOutcome::ReflectDiffuse => 3,
        SurfaceOutcome::ReflectFresnel => 4,
        SurfaceOutcome::Transmit => 5,
    }
}

/// ln |a|, sine and cosine of a turns and of a rad, exp a, acos a, asin a, atan2(a, b).
#[inline]
fn maths(a: f32, b: f32) -> ProcessAnswer {
    let ((s, c), (st, ct)) = (fmath::sin_cos(a), fmath::sin_cos_turns(a));
    let (ln, exp, quarter) = (fmath::ln(fmath::abs(a)), fmath::exp(a), fmath::atan2(a, b));
    let state = [ln, s, c, st, ct, exp, fmath::acos(a), fmath::asin(a), quarter, a / b, a * b, a - b];
    ProcessAnswer { state, outcome: 0, draws: 0 }
}

/// The first 16 numbers of a photon, by their bits.
#[inline]
pub fn random_words(seed: u64, probe: &ProcessProbe) -> [u32; 16] {
    let mut rng = PhotonRng::new(seed, probe.event, probe.photon);
    let mut words = [0; 16];
    for word in &mut words {
        *word = rng.uniform().to_bits();
    }
    words
}
