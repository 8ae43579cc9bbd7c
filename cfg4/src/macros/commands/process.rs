//! `/process`: which processes are active.

use super::super::error::Problem;
use super::super::interpreter::State;
use super::super::plan::Processes;
use super::{Arguments, Command, verbosity, without_effect};

/// The commands of this directory, without the optical ones.
pub(super) const COMMANDS: &[Command] = &[
    ("/process/activate", activate),
    ("/process/inactivate", inactivate),
    ("/process/optical/processActivation", process_activation),
    ("/process/list", without_effect),
    ("/process/verbose", verbosity),
    ("/process/setVerbose", without_effect),
    ("/process/em/verbose", verbosity),
];

fn activate(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    switch(state, arguments, true)
}

fn inactivate(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    switch(state, arguments, false)
}

fn switch(state: &mut State, arguments: &mut Arguments<'_>, active: bool) -> Result<(), Problem> {
    let name = arguments.word("process' name")?;
    set(state, name, active)?;
    match arguments.optional() {
        None | Some("all") => arguments.end(),
        Some(particle) => Err(Problem::Unsupported(format!(
            "{name} can only be switched for all particles, not for {particle} alone; leave the particle out"
        ))),
    }
}

fn process_activation(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let name = arguments.word("process' name")?;
    let active = if let Some(word) = arguments.optional() {
        Arguments::new(&[word.to_owned()]).boolean()?
    } else {
        true
    };
    set(state, name, active)?;
    arguments.end()
}

fn set(state: &mut State, name: &str, active: bool) -> Result<(), Problem> {
    let Some(process) = state.settings.processes.switch(name) else {
        let names = Processes::NAMES.join(" ");
        return Err(Problem::argument(format!(
            "`{name}` is no process that can be switched here; these are: {names}"
        )));
    };
    *process = active;
    Ok(())
}
