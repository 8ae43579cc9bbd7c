//! `/process/optical`: how light is made and tracked.

use super::super::error::Problem;
use super::super::interpreter::State;
use super::super::plan::TimeProfile;
use super::{Arguments, Command, boolean_without_effect, verbosity};

/// The commands of this directory.
pub(super) const COMMANDS: &[Command] = &[
    ("/process/optical/verbose", verbosity),
    ("/process/optical/cerenkov/verbose", verbosity),
    ("/process/optical/cerenkov/setStackPhotons", stack_cerenkov),
    ("/process/optical/cerenkov/setTrackSecondariesFirst", boolean_without_effect),
    ("/process/optical/cerenkov/setMaxPhotons", cerenkov_max_photons),
    ("/process/optical/cerenkov/setMaxBetaChange", cerenkov_max_beta_change),
    ("/process/optical/scintillation/verbose", verbosity),
    ("/process/optical/scintillation/setStackPhotons", stack_scintillation),
    ("/process/optical/scintillation/setTrackSecondariesFirst", boolean_without_effect),
    ("/process/optical/scintillation/setYieldFactor", yield_factor),
    ("/process/optical/scintillation/setFiniteRiseTime", finite_rise_time),
    ("/process/optical/scintillation/setTrackInfo", boolean_without_effect),
    ("/process/optical/scintillation/setByParticleType", by_particle_type),
    ("/process/optical/scintillation/setExcitationRatio", excitation_ratio),
    ("/process/optical/rayleigh/verbose", verbosity),
    ("/process/optical/absorption/verbose", verbosity),
    ("/process/optical/boundary/verbose", verbosity),
    ("/process/optical/boundary/setInvokeSD", boolean_without_effect),
    ("/process/optical/mie/verbose", verbosity),
    ("/process/optical/wls/verbose", verbosity),
    ("/process/optical/wls/setTimeProfile", wls_time_profile),
    ("/process/optical/wls2/verbose", verbosity),
    ("/process/optical/wls2/setTimeProfile", wls2_time_profile),
];

const GEANT4_TRACKS: &str =
    "setStackPhotons true has Geant4 track the photons; they are propagated here in its place, once";

fn stack_cerenkov(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let stack = arguments.boolean()?;
    state.settings.stack_cerenkov = Some(stack);
    note_if_stacked(state, stack);
    arguments.end()
}

fn stack_scintillation(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let stack = arguments.boolean()?;
    state.settings.stack_scintillation = Some(stack);
    note_if_stacked(state, stack);
    arguments.end()
}

fn note_if_stacked(state: &mut State, stack: bool) {
    if stack {
        state.note(GEANT4_TRACKS);
    }
}

fn cerenkov_max_photons(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let photons = arguments.count("number of photons")?;
    state.settings.cerenkov_max_photons = (photons > 0).then_some(photons);
    arguments.end()
}

fn cerenkov_max_beta_change(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let percent = arguments.number("change in percent")?;
    if percent < 0.0 {
        return Err(Problem::argument(format!("a change of {percent} % must not be negative")));
    }
    state.settings.cerenkov_max_beta_change = (percent > 0.0).then_some(percent);
    arguments.end()
}

fn yield_factor(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let factor = arguments.number("factor")?;
    if factor < 0.0 {
        return Err(Problem::argument(format!("a yield factor of {factor} must not be negative")));
    }
    state.settings.yield_factor = factor;
    arguments.end()
}

fn finite_rise_time(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.finite_rise_time = Some(arguments.boolean()?);
    arguments.end()
}

fn by_particle_type(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.by_particle_type = arguments.boolean()?;
    arguments.end()
}

fn excitation_ratio(_: &mut State, _: &mut Arguments<'_>) -> Result<(), Problem> {
    let reason = "the split into fast and slow light comes from the material (YIELDRATIO); leave this out";
    Err(Problem::Unsupported(reason.to_owned()))
}

fn wls_time_profile(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.wls_time_profile = Some(time_profile(arguments)?);
    arguments.end()
}

fn wls2_time_profile(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.wls2_time_profile = Some(time_profile(arguments)?);
    arguments.end()
}

fn time_profile(arguments: &mut Arguments<'_>) -> Result<TimeProfile, Problem> {
    match arguments.word("time profile")? {
        "delta" => Ok(TimeProfile::Delta),
        "exponential" => Ok(TimeProfile::Exponential),
        other => Err(Problem::argument(format!("`{other}` is neither delta nor exponential"))),
    }
}
