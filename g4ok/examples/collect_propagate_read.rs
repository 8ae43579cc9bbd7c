//! A downstream program: gensteps from its own stepping loop, photons propagated at the end of the event, hits read.

use cfg4::gdml::{DEFAULT_GEOMETRY, NoFiles, read_str};
use cfg4::genstep::{ChargedStep, ScintillationStep};
use g4ok::{G4Opticks, OpticksConfig};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut opticks = G4Opticks::new(OpticksConfig::default())?;
    opticks.set_geometry(read_str(DEFAULT_GEOMETRY, "the built-in cube", &NoFiles)?)?;
    for event_id in 0..2 {
        for i in 0..100u8 {
            let (position_mm, delta_mm) = ([0.0, 0.0, f32::from(i)], [0.0, 0.0, 1.0]);
            let step = ChargedStep { num_photons: 500, position_mm, delta_mm, length_mm: 1.0, ..muon() };
            let light = ScintillationStep { step, component: 1, decay_time_ns: 7.0, ..Default::default() };
            opticks.collect_scintillation_step(&light)?;
        }
        let hits = opticks.propagate_optical_photons(event_id)?;
        println!("event {event_id} num_photons {} num_hits {hits}", opticks.num_photons());
        for i in 0..opticks.num_hits().min(3) {
            let hit = opticks.hit(i)?;
            println!("  sensor {} at {:?} mm, {:.3} ns", hit.sensor_index, hit.local_position, hit.time_ns);
        }
        opticks.reset();
    }
    Ok(())
}

fn muon() -> ChargedStep {
    ChargedStep { pdg_code: -13, charge: 1.0, weight: 1.0, velocity_mm_per_ns: 299.0, ..Default::default() }
}
