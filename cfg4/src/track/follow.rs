//! One track, step by step.

use std::ops::ControlFlow;

use super::constants::ELECTRON_MASS_MEV;
use super::energy_loss::{LossSample, mean_loss, sample_loss};
use super::geometry::Located;
use super::medium::Medium;
use super::multiple_scattering::{ScatteringDepth, scatter};
use super::random::TrackRng;
use super::scintillator::Deposit;
use super::step::TrackStep;
use super::stepper::{Track, TrackStepper, TrackSummary};
use super::vector::{Vector, add_scaled, perpendicular_frame};
use super::{Kinematics, TrackError};
use crate::detector::MaterialId;
use crate::particle::Particle;

/// Boundary crossings in a row without progress after which a track is given up.
const MAX_STANDSTILLS: u32 = 100;
/// The longest step where no light is made, mm.
const LONGEST_STEP_MM: f64 = 1e6;

/// A track on its way.
pub(super) struct Walk<'s, 'd> {
    stepper: &'s TrackStepper<'d>,
    track: Track,
    rng: TrackRng,
    depth: ScatteringDepth,
    next_id: u32,
    secondaries: Vec<Track>,
}

/// What one step did to the energy.
struct Exchange {
    loss: LossSample,
    kinetic_after_mev: f64,
}

impl<'s, 'd> Walk<'s, 'd> {
    pub(super) fn new(stepper: &'s TrackStepper<'d>, track: Track, rng: TrackRng, next_id: u32) -> Self {
        Self { stepper, track, rng, depth: ScatteringDepth::default(), next_id, secondaries: Vec::new() }
    }

    /// Follows the track to its end; answers the delta rays that it made.
    pub(super) fn follow(
        mut self,
        summary: &mut TrackSummary,
        sink: &mut impl FnMut(&TrackStep) -> ControlFlow<()>,
    ) -> Result<Vec<Track>, TrackError> {
        let mut at = self.stepper.geometry.locate(self.track.position_mm);
        let mut standstills = 0;
        let mut steps = 0;
        while let Some(located) = at {
            if steps >= self.stepper.settings.max_steps_per_track || standstills > MAX_STANDSTILLS {
                summary.abandoned += 1;
                summary.abandoned_mev += self.track.kinetic_mev;
                return Ok(self.secondaries);
            }
            let (material, medium) = self.stepper.medium_at(located)?;
            let wanted = self.wanted_step_mm(located, medium);
            let free = self.distance_to_boundary(located, wanted);
            let crosses = free < wanted;
            let length = free.min(wanted);
            if length > 0.0 || !crosses {
                steps += 1;
                standstills = 0;
                let step = self.advance(located, (material, medium), length)?;
                summary.add(&step);
                if sink(&step).is_break() {
                    return Err(TrackError::Ended);
                }
                if self.track.kinetic_mev <= 0.0 {
                    summary.stopped += 1;
                    return Ok(self.secondaries);
                }
            } else {
                standstills += 1;
            }
            if crosses {
                let (position, direction) = (self.track.position_mm, self.track.direction);
                at = self.stepper.geometry.cross(located, position, direction);
            }
        }
        summary.left_world += 1;
        summary.escaped_mev += self.track.kinetic_mev;
        Ok(self.secondaries)
    }

    /// The step that energy loss, the volume's limit and the settings allow, mm; 0 for a track at rest.
    fn wanted_step_mm(&self, located: Located, medium: &Medium) -> f64 {
        let settings = &self.stepper.settings;
        let kinetic = self.track.kinetic_mev;
        if kinetic <= settings.stop_below_mev {
            return 0.0;
        }
        let mean = mean_loss(&medium.absorber, self.track.particle, kinetic);
        let by_loss =
            settings.max_loss_fraction * kinetic / (mean.collision_mev_per_mm + mean.radiative_mev_per_mm);
        let own = self.stepper.detector.volumes[located.volume.index()].step_limit_mm;
        let by_volume = own.filter(|l| *l > 0.0).unwrap_or(LONGEST_STEP_MM);
        let by_light = if medium.makes_light() { settings.max_step_mm } else { LONGEST_STEP_MM };
        by_loss.min(by_volume).min(by_light)
    }

    fn distance_to_boundary(&self, located: Located, wanted_mm: f64) -> f64 {
        let (position, direction) = (self.track.position_mm, self.track.direction);
        let free = self.stepper.geometry.distance_to_boundary(located, position, direction, wanted_mm);
        if free.is_nan() { 0.0 } else { free.max(0.0) }
    }

    /// Moves the track by `length_mm`: energy, delta rays, light, time, position, direction.
    fn advance(
        &mut self,
        located: Located,
        (material, medium): (MaterialId, &Medium),
        length_mm: f64,
    ) -> Result<TrackStep, TrackError> {
        let before = self.track;
        let exchange = self.exchange_energy(medium, length_mm);
        self.track.kinetic_mev = exchange.kinetic_after_mev;
        let velocity = [before.velocity_mm_per_ns(), self.track.velocity_mm_per_ns()];
        let mean_velocity = 0.5 * (velocity[0] + velocity[1]);
        let duration = if length_mm > 0.0 { length_mm / mean_velocity } else { 0.0 };
        self.track.time_ns += duration;
        self.track.position_mm = add_scaled(before.position_mm, length_mm, before.direction);
        self.start_delta_rays(&before, &exchange.loss.delta_rays_mev, length_mm, duration);
        self.deflect(medium, &before, length_mm);
        let charge = before.particle.charge();
        let deposit = Deposit {
            pdg_code: before.particle.pdg_code(),
            kinetic_mev: before.kinetic_mev,
            deposit_mev: exchange.loss.local_mev,
            length_mm,
        };
        let cerenkov = medium.cerenkov_light(charge, velocity, length_mm, &mut self.rng);
        Ok(TrackStep {
            track_id: before.id,
            parent_id: before.parent_id,
            particle: before.particle,
            located,
            material,
            position_mm: before.position_mm,
            direction: before.direction,
            length_mm,
            time_ns: before.time_ns,
            duration_ns: duration,
            kinetic_mev: [before.kinetic_mev, self.track.kinetic_mev],
            velocity_mm_per_ns: velocity,
            deposit_mev: exchange.loss.local_mev,
            radiated_mev: exchange.loss.radiated_mev,
            cerenkov,
            scintillation: medium.scintillation_light(&deposit, &mut self.rng)?,
        })
    }

    /// Samples the loss within the energy that there is; what is left below the threshold is deposited too.
    fn exchange_energy(&mut self, medium: &Medium, length_mm: f64) -> Exchange {
        let settings = self.stepper.settings;
        let (particle, mut rest) = (self.track.particle, self.track.kinetic_mev);
        let mut loss = LossSample::default();
        if length_mm > 0.0 {
            let mean = mean_loss(&medium.absorber, particle, rest);
            let whole = (mean.collision_mev_per_mm + mean.radiative_mev_per_mm) * length_mm;
            let middle = (rest - 0.5 * whole).max(0.5 * rest);
            loss = sample_loss(
                &medium.absorber,
                particle,
                middle,
                length_mm,
                settings.delta_cut_mev,
                &mut self.rng,
            );
        }
        loss.delta_rays_mev.retain(|energy| {
            let affordable = *energy <= rest;
            rest -= if affordable { *energy } else { 0.0 };
            affordable
        });
        let room = settings.max_tracks.saturating_add(1).saturating_sub(self.next_id) as usize;
        for energy in loss.delta_rays_mev.drain(room.min(loss.delta_rays_mev.len())..) {
            loss.local_mev += energy;
            rest += energy;
        }
        loss.radiated_mev = loss.radiated_mev.min(rest);
        rest -= loss.radiated_mev;
        loss.local_mev = loss.local_mev.min(rest);
        rest -= loss.local_mev;
        if rest <= settings.stop_below_mev {
            loss.local_mev += rest;
            rest = 0.0;
        }
        Exchange { loss, kinetic_after_mev: rest }
    }

    /// Delta rays start at random points of the step, at the angle of a collision with an electron at rest.
    fn start_delta_rays(&mut self, before: &Track, energies_mev: &[f64], length_mm: f64, duration_ns: f64) {
        for &kinetic_mev in energies_mev {
            let share = self.rng.uniform();
            let direction =
                delta_ray_direction(&before.state(), kinetic_mev, before.direction, &mut self.rng);
            self.secondaries.push(Track {
                id: self.next_id,
                parent_id: before.id,
                particle: Particle::Electron,
                kinetic_mev,
                position_mm: add_scaled(before.position_mm, share * length_mm, before.direction),
                direction,
                time_ns: before.time_ns + share * duration_ns,
            });
            self.next_id += 1;
        }
    }

    fn deflect(&mut self, medium: &Medium, before: &Track, length_mm: f64) {
        let middle_mev = 0.5 * (before.kinetic_mev + self.track.kinetic_mev);
        let state = Kinematics::new(before.particle.mass_mev(), middle_mev);
        let x0 = medium.absorber.radiation_length_mm;
        let variance = self.depth.variance_of_step(before.particle.charge(), &state, length_mm, x0);
        self.track.direction = scatter(before.direction, variance, &mut self.rng);
    }
}

/// `cos(theta) = T (E + m) / (p p_delta)`.
fn delta_ray_direction(
    state: &Kinematics,
    kinetic_mev: f64,
    direction: Vector,
    rng: &mut TrackRng,
) -> Vector {
    let momentum = Kinematics::new(ELECTRON_MASS_MEV, kinetic_mev).momentum_mev();
    let cosine = kinetic_mev * (state.total_mev() + ELECTRON_MASS_MEV) / (state.momentum_mev() * momentum);
    let cosine = cosine.clamp(-1.0, 1.0);
    let sine = ((1.0 - cosine) * (1.0 + cosine)).sqrt();
    let (sin_phi, cos_phi) = (std::f64::consts::TAU * rng.uniform()).sin_cos();
    perpendicular_frame(direction).rotate(direction, cosine, [sine * cos_phi, sine * sin_phi])
}

impl TrackSummary {
    fn add(&mut self, step: &TrackStep) {
        self.steps += 1;
        self.photons += step.num_photons();
        self.deposit_mev += step.deposit_mev;
        self.radiated_mev += step.radiated_mev;
    }
}
