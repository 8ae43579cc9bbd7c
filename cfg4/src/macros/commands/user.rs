//! `/G4OpticksTest`: the commands of the application that this project took its command line from.

use super::super::error::Problem;
use super::super::interpreter::State;
use super::{Arguments, Command};

/// The commands of this directory.
pub(super) const COMMANDS: &[Command] = &[
    ("/G4OpticksTest/enable_verbose", enable_verbose),
    ("/G4OpticksTest/enable_opticks", enable_opticks),
    ("/G4OpticksTest/writeHits", write_hits),
    ("/G4OpticksTest/FileName", file_name),
    ("/G4OpticksTest/doAnalysis", do_analysis),
];

fn enable_verbose(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.verbose = arguments.boolean()?;
    arguments.end()
}

fn enable_opticks(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.enable_opticks = arguments.boolean()?;
    if !state.settings.enable_opticks {
        state.note(
            "enable_opticks false has Geant4 track the photons; they are propagated here in its place, \
             with those optical processes that are active",
        );
    }
    arguments.end()
}

fn write_hits(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.write_hits = arguments.boolean()?;
    arguments.end()
}

fn file_name(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.hits_file = Some(arguments.word("file name")?.to_owned());
    arguments.end()
}

fn do_analysis(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.analysis = arguments.boolean()?;
    arguments.end()
}
