//! The loop over the points of one photon.
//!
//! Bulk processes share one optical depth, exponentially distributed with mean 1, which is drawn when the photon
//! is born or has interacted and is used up along the way in units of 1/(1/absorption length + 1/scattering
//! length + ...) of each medium. That is the same law as drawing a distance for each process between every two
//! boundaries (the exponential has no memory; Geant4 carries its interaction lengths along likewise) and saves
//! the draws. Draws: 1 at birth, 1 at each bulk interaction to choose the process, then what the process takes.

use super::{PointRecorder, Scene, TransportOptions, Traveller, more_bulk};
use crate::intrinsics::anew;
use crate::physics::boundary_fresnel::{self, Fresnel};
use crate::physics::fmath;
use crate::physics::photon::{Photon, flag};
use crate::physics::random::Uniform;
use crate::physics::surface::{self, SurfaceOutcome};
use crate::physics::surface_detail::Visit;
use crate::physics::{rayleigh, reemission};
use crate::repertoire::EVERYTHING;
use crate::trace::geometry::NONE;
use crate::trace::navigate::{self, Boundary};

/// Follows a photon that has [started](start) to its end, and returns the end state's flag; or to a point where a
/// wavelength shifter has more to [emit](Traveller::emission) than this photon, and returns `WS`.
#[inline(always)]
pub fn resume<R: Uniform, P: PointRecorder>(
    scene: &Scene,
    options: &TransportOptions,
    t: &mut Traveller,
    rng: &mut R,
    recorder: &mut P,
) -> u32 {
    loop {
        if let Some(end_flag) = next_point(scene, options, t, rng, recorder) {
            return end_flag;
        }
    }
}

/// Draws what a photon needs before its first point.
#[inline(always)]
pub fn start<R: Uniform>(t: &mut Traveller, rng: &mut R) {
    t.optical_depth = -fmath::ln(rng.uniform());
}

/// Takes a photon to its next point; returns the end state's flag if it has come to its end, and `WS` where a
/// wavelength shifter has more to [emit](Traveller::emission) than this photon.
#[inline(always)]
pub fn next_point<R: Uniform, P: PointRecorder>(
    scene: &Scene,
    options: &TransportOptions,
    t: &mut Traveller,
    rng: &mut R,
    recorder: &mut P,
) -> Option<u32> {
    if t.points >= options.bounce_max {
        let flag = if t.is_finite() { flag::BOUNCE_LIMIT } else { flag::NAN_ABORT };
        return Some(end(t, flag));
    }
    let flag = step(scene, options, t, rng);
    t.points += 1;
    t.flag_mask |= flag;
    recorder.point(t, flag);
    if flag & (ENDS | flag::WAVELENGTH_SHIFT) != 0 {
        if EVERYTHING && flag == flag::WAVELENGTH_SHIFT {
            return (t.emission.count > 0).then_some(flag);
        }
        return Some(if t.is_finite() { flag } else { end(t, flag::NAN_ABORT) });
    }
    None
}

/// The flags after which nothing more happens to a photon.
pub(super) const ENDS: u32 = flag::MISS
    | flag::BULK_ABSORB
    | flag::SURFACE_DETECT
    | flag::SURFACE_ABSORB
    | flag::NAN_ABORT
    | flag::NO_RINDEX
    | flag::BOUNCE_LIMIT
    | flag::TIME_LIMIT;

#[inline(always)]
fn end(t: &mut Traveller, flag: u32) -> u32 {
    t.flag_mask |= flag;
    flag
}

/// Takes the photon to its next point and does what happens there.
#[inline(always)]
fn step<R: Uniform>(scene: &Scene, options: &TransportOptions, t: &mut Traveller, rng: &mut R) -> u32 {
    let Photon { position, direction, .. } = t.photon;
    let boundary = navigate::next_boundary(&scene.geometry, t.node, position, direction, t.left_behind);
    let to_interaction = t.optical_depth * t.here.mean_free_path_mm;
    let distance = fmath::min(to_interaction, boundary.distance);
    let left_ns = options.time_max_ns - t.photon.time_ns;
    if distance * t.here.ns_per_mm > left_ns {
        t.advance(fmath::max(left_ns, 0.0) / t.here.ns_per_mm);
        return flag::TIME_LIMIT;
    }
    if to_interaction < boundary.distance {
        t.advance(to_interaction);
        t.left_behind = NONE;
        return interact(scene, options, t, rng);
    }
    t.advance(boundary.distance);
    let left = t.optical_depth - boundary.distance * t.here.interactions_per_mm;
    t.optical_depth = if left > 0.0 { left } else { 0.0 };
    t.corrections += u32::from(boundary.lost);
    let (far, boundary, scene) = match navigate::beyond_alone(&scene.geometry, t.node, &boundary) {
        Some(far) => (far, boundary, scene),
        None if EVERYTHING => {
            let ray = (t.photon.position, t.photon.direction);
            (navigate::beyond_touching(&scene.geometry, t.node, &boundary, ray), boundary, scene)
        }
        None => {
            let found = beyond_touching(scene, *t, rng.clone(), boundary);
            (*t, *rng) = (found.t, found.rng);
            (found.far, found.boundary, anew(scene))
        }
    };
    let before = t.node;
    let flag = at_boundary(scene, options, t, (&boundary, far), rng);
    if flag == flag::BOUNDARY_TRANSMIT {
        transmit(scene, options, t);
    }
    t.left_behind = navigate::left_behind(&scene.geometry, before, &boundary, t.node);
    flag
}

/// All of a photon's state at a boundary, and the touchable behind it.
struct Beyond<R> {
    far: u32,
    t: Traveller,
    rng: R,
    boundary: Boundary,
}

/// Finds what lies behind faces that touch. Takes the photon and gives it back: a GPU has then nothing to save around the call,
/// which would take registers of all photons for the few that come here. Only where that is few: a build that has everything
/// calls all the time anyway, and a CPU would copy to no end.
#[inline(never)]
fn beyond_touching<R: Uniform>(scene: &Scene, t: Traveller, rng: R, boundary: Boundary) -> Beyond<R> {
    let Photon { position, direction, .. } = t.photon;
    let far = navigate::beyond_touching(&scene.geometry, t.node, &boundary, (position, direction));
    Beyond { far, t, rng, boundary }
}

/// Absorption, reemission, Rayleigh scattering, or what few materials have.
#[inline(always)]
fn interact<R: Uniform>(scene: &Scene, options: &TransportOptions, t: &mut Traveller, rng: &mut R) -> u32 {
    let chance = rng.uniform();
    let flag = if chance < t.here.absorbed_fraction {
        let p = if options.reemission != 0 { t.here.reemission_probability } else { 0.0 };
        if p <= 0.0 || rng.uniform() >= p {
            return flag::BULK_ABSORB;
        }
        reemission::reemit(&scene.tables, t.here.material, &mut t.photon, rng);
        if more_bulk::acts(scene, t.here.material) {
            let (delay_ns, after) = more_bulk::reemission_delay(scene, t.here.material, rng.clone());
            t.photon.time_ns += delay_ns;
            *rng = after;
        }
        t.recolour(scene, options);
        flag::BULK_REEMIT
    } else if more_bulk::acts(scene, t.here.material) {
        let left = (chance - t.here.absorbed_fraction) * t.here.interactions_per_mm;
        let at = (t.here.material, left);
        let outcome = more_bulk::interact(scene, options, at, t.photon, rng.clone());
        *rng = outcome.rng;
        (t.photon, t.emission) = (outcome.photon, outcome.emission);
        if outcome.flag == flag::BULK_ABSORB {
            return outcome.flag;
        }
        if outcome.flag == flag::WAVELENGTH_SHIFT {
            t.recolour(scene, options);
        }
        outcome.flag
    } else {
        rayleigh::scatter(&mut t.photon, rng);
        flag::BULK_SCATTER
    };
    t.optical_depth = -fmath::ln(rng.uniform());
    flag
}

/// What happens where two volumes meet. A photon that passes has its new direction, but is still in its old volume.
#[inline(always)]
fn at_boundary<R: Uniform>(
    scene: &Scene,
    options: &TransportOptions,
    t: &mut Traveller,
    (boundary, far): (&Boundary, u32),
    rng: &mut R,
) -> u32 {
    let g = &scene.geometry;
    note_boundary(t, boundary, far);
    if far == NONE {
        return flag::MISS;
    }
    if options.boundary == 0 {
        return flag::BOUNDARY_TRANSMIT;
    }
    if !t.here.has_rindex {
        return flag::NO_RINDEX;
    }
    let normal = navigate::normal(g, t.node, boundary, t.photon.position, t.photon.direction);
    let surface = g.surface_between(t.node, far);
    let far_material = g.record(far).material;
    t.look_beyond(scene, options, far_material);
    if surface != NONE {
        let record = &scene.tables.surfaces[surface as usize];
        if record.lacks_rindex(t.beyond.has_rindex) {
            return flag::NO_RINDEX;
        }
        if record.acts_within_one_material() || far_material != t.here.material {
            let visit = Visit {
                indices: (t.here.rindex, t.beyond.rindex),
                material: t.here.material,
                volume: g.record(t.node).volume,
                normal,
            };
            let outcome = surface::interact(&scene.tables, surface, visit, &mut t.photon, rng);
            return match outcome {
                SurfaceOutcome::Absorb => flag::SURFACE_ABSORB,
                SurfaceOutcome::Detect => flag::SURFACE_DETECT,
                SurfaceOutcome::ReflectSpecular => flag::SURFACE_SREFLECT,
                SurfaceOutcome::ReflectDiffuse => flag::SURFACE_DREFLECT,
                SurfaceOutcome::ReflectFresnel => flag::BOUNDARY_REFLECT,
                SurfaceOutcome::Transmit => flag::BOUNDARY_TRANSMIT,
            };
        }
    }
    if far_material == t.here.material {
        return flag::BOUNDARY_TRANSMIT;
    }
    if !t.beyond.has_rindex {
        return flag::NO_RINDEX;
    }
    match boundary_fresnel::fresnel(t.here.rindex, t.beyond.rindex, normal, &mut t.photon, rng) {
        Fresnel::Reflected => flag::BOUNDARY_REFLECT,
        Fresnel::Transmitted => flag::BOUNDARY_TRANSMIT,
    }
}

/// Remembers which touchable's boundary was met, and from which side.
#[inline(always)]
fn note_boundary(t: &mut Traveller, boundary: &Boundary, far: u32) {
    t.far_node = far;
    if boundary.daughter == NONE {
        t.boundary_node = t.node;
        t.boundary_sign = 1;
    } else {
        t.boundary_node = far;
        t.boundary_sign = -1;
    }
}

/// Moves the photon, which already flies its new direction, into the volume beyond the boundary.
#[inline(always)]
fn transmit(scene: &Scene, options: &TransportOptions, t: &mut Traveller) {
    let far = t.far_node;
    let frame = navigate::frame_between(&scene.geometry, t.node, far);
    t.photon.position = frame.point(t.photon.position);
    t.photon.direction = frame.direction(t.photon.direction);
    t.photon.polarization = frame.direction(t.photon.polarization);
    t.node = far;
    t.enter(scene, options, scene.geometry.record(far).material);
}
