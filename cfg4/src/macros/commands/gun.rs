//! `/gun` and `/particle`.

use super::super::arguments::{in_range, unit_vector};
use super::super::error::Problem;
use super::super::interpreter::State;
use super::super::unit::Dimension;
use super::{Arguments, Command, verbosity, without_effect};

/// The commands of these directories.
pub(super) const COMMANDS: &[Command] = &[
    ("/gun/particle", particle),
    ("/gun/energy", energy),
    ("/gun/momentumAmp", momentum_amplitude),
    ("/gun/momentum", momentum),
    ("/gun/position", position),
    ("/gun/direction", direction),
    ("/gun/time", time),
    ("/gun/number", number),
    ("/gun/polarization", polarization),
    ("/gun/List", without_effect),
    ("/gun/ion", ion),
    ("/particle/list", without_effect),
    ("/particle/verbose", verbosity),
];

fn particle(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let name = arguments.word("particle's name")?;
    state.settings.gun.particle =
        name.parse().map_err(|e: crate::particle::UnknownParticle| Problem::argument(e.to_string()))?;
    state.apply_momentum()?;
    arguments.end()
}

fn energy(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let number = arguments.number("kinetic energy")?;
    let energy_mev = number * arguments.unit(Dimension::Energy, "GeV")?;
    state.set_energy(energy_mev)?;
    state.momentum_mev = None;
    Ok(())
}

fn set_momentum(state: &mut State, momentum_mev: f64) -> Result<(), Problem> {
    if momentum_mev < 0.0 {
        return Err(Problem::argument(format!("a momentum of {momentum_mev} MeV must not be negative")));
    }
    state.momentum_mev = Some(momentum_mev);
    state.apply_momentum()
}

fn momentum_amplitude(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let number = arguments.number("momentum")?;
    let momentum_mev = number * arguments.unit(Dimension::Momentum, "GeV")?;
    set_momentum(state, momentum_mev)
}

fn momentum(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let vector = arguments.vector("momentum")?;
    let direction = unit_vector(vector, "momentum")?;
    let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
    set_momentum(state, length * arguments.unit(Dimension::Momentum, "GeV")?)?;
    state.settings.gun.direction = direction;
    Ok(())
}

fn position(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let vector = arguments.vector("position")?;
    let factor = arguments.unit(Dimension::Length, "cm")?;
    state.settings.gun.position_mm = in_range(vector.map(|x| x * factor), "position")?;
    Ok(())
}

fn direction(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.gun.direction = arguments.direction("direction")?;
    arguments.end()
}

fn time(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let number = arguments.number("time")?;
    [state.settings.gun.time_ns] = in_range([number * arguments.unit(Dimension::Time, "ns")?], "time")?;
    Ok(())
}

fn number(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let count = arguments.count("number of particles")?;
    state.settings.gun.number = u32::try_from(count).ok().filter(|n| *n > 0).ok_or_else(|| {
        Problem::argument(format!("{count} particles an event is not from 1 to {}", u32::MAX))
    })?;
    arguments.end()
}

fn polarization(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    arguments.vector("polarization")?;
    arguments.end()?;
    state.note("/gun/polarization has no effect: the light of a charged track does not depend on it");
    Ok(())
}

fn ion(_: &mut State, _: &mut Arguments<'_>) -> Result<(), Problem> {
    Err(Problem::Unsupported("of the ions only alpha can be shot, with /gun/particle alpha".to_owned()))
}
