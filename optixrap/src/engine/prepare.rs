//! Gensteps made ready: material and touchable looked up once for all photons of a step.

use bytemuck::Zeroable;
use cfg4::genstep::{Genstep, GenstepCode};

use super::{EngineError, EventInput};
use crate::physics::genstep::GenstepRecord;
use crate::physics::photon::flag;
use crate::physics::vec3::Vec3;
use crate::trace::frame::Frame;
use crate::trace::geometry::NONE;
use crate::trace::navigate;
use crate::transport::{PreparedGenstep, Scene};

/// Gensteps of an event with running photon offsets.
#[derive(Debug, Default)]
pub(super) struct PreparedEvent {
    pub(super) gensteps: Vec<PreparedGenstep>,
    pub(super) n_photons: u64,
}

/// Looks up what the photons of each genstep share. Gensteps that make no photons (machinery) are passed over.
pub(super) fn prepare(scene: &Scene, input: &EventInput) -> Result<PreparedEvent, EngineError> {
    let mut event = PreparedEvent::default();
    let mut next_input = 0;
    for (row, genstep) in input.gensteps.iter().enumerate() {
        let fail = |problem: String| EngineError::Genstep { row, problem };
        let code = genstep.code();
        if code.is_machinery() {
            continue;
        }
        let birth_flag = birth_flag(code).ok_or_else(|| fail(cannot_be_made(code)))?;
        let n_photons = genstep.num_photons();
        let n_materials = scene.tables.materials.len();
        if genstep.material() >= n_materials as i32 {
            let index = genstep.material();
            return Err(fail(format!(
                "material index {index} is out of range: the geometry has {n_materials}"
            )));
        }
        let is_step = code.is_cerenkov() || code.is_scintillation();
        let (mut record, node, frame) = place(scene, genstep, is_step);
        record.first_input_photon = next_input;
        if is_step && n_photons > 0 && record.material as usize >= n_materials {
            let problem =
                "the middle of the step lies outside the world; do these gensteps belong to this geometry?";
            return Err(fail(problem.to_owned()));
        }
        event.gensteps.push(PreparedGenstep {
            record,
            first_photon: event.n_photons,
            n_photons,
            birth_flag,
            node,
            frame: frame.into(),
        });
        if code == GenstepCode::EmitSource {
            next_input += n_photons;
            if next_input as usize > input.input_photons.len() {
                let n = input.input_photons.len();
                return Err(fail(format!("emits {next_input} input photons, but only {n} were given")));
            }
        }
        event.n_photons += n_photons as u64;
    }
    Ok(event)
}

/// The flag of photons at their birth; `None` where the record does not say how to make them.
fn birth_flag(code: GenstepCode) -> Option<u32> {
    match code {
        code if code.is_cerenkov() => Some(flag::CERENKOV),
        code if code.is_scintillation() => Some(flag::SCINTILLATION),
        GenstepCode::Torch | GenstepCode::EmitSource => Some(flag::TORCH),
        _ => None,
    }
}

fn cannot_be_made(code: GenstepCode) -> String {
    let number = code.number();
    match code {
        GenstepCode::Fabricated => format!(
            "code {number} ({code}) holds a number of photons and nothing else of them; give the photons \
             themselves as input photons, or describe a torch"
        ),
        _ => format!(
            "photons of code {number} ({code}) cannot be made; use Cerenkov, scintillation, torch or input photons"
        ),
    }
}

/// Material of a genstep (its own index, or that of the volume at its middle), and the touchable of the whole of a
/// charged step if it has just one. What is no step (a torch, input photons) has its photons located one by one.
fn place(scene: &Scene, genstep: &Genstep, is_step: bool) -> (GenstepRecord, u32, Frame) {
    let words: [u32; 24] = bytemuck::cast(*genstep);
    let mut record = GenstepRecord { words, ..GenstepRecord::zeroed() };
    let start = record.position();
    let delta = if is_step { record.displacement() } else { Vec3::default() };
    let g = &scene.geometry;
    let middle = navigate::locate(g, start + delta * 0.5);
    let located = middle.map_or(NONE, |far| g.volume_of(far.node).material);
    record.material = u32::try_from(genstep.material()).unwrap_or(located);
    match middle {
        Some(far) if is_step && is_within(scene, &far, start, delta) => (record, far.node, far.frame),
        _ => (record, NONE, Frame::IDENTITY),
    }
}

/// Whether a step lies in one touchable: no boundary from its middle to either end.
fn is_within(scene: &Scene, far: &navigate::Place, start: Vec3, delta: Vec3) -> bool {
    let half = 0.5 * delta.length();
    if half == 0.0 {
        return true;
    }
    let direction = far.frame.direction(delta.normalized());
    let middle = far.frame.point(start + delta * 0.5);
    let clear = |d: Vec3| navigate::next_boundary(&scene.geometry, far.node, middle, d, NONE).distance > half;
    clear(direction) && clear(-direction)
}
