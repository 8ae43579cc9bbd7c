//! The commands that are understood, one file per directory of Geant4's command tree.

mod control;
mod gun;
mod optical;
mod process;
mod run;
mod unknown;
mod user;

use super::arguments::Arguments;
use super::error::Problem;
use super::interpreter::State;
pub(super) use unknown::{Unknown, unknown};

/// What a command does.
pub(super) type Action = fn(&mut State, &mut Arguments<'_>) -> Result<(), Problem>;

/// A command's path and action.
pub(super) type Command = (&'static str, Action);

const GROUPS: [&[Command]; 6] =
    [run::COMMANDS, control::COMMANDS, gun::COMMANDS, process::COMMANDS, optical::COMMANDS, user::COMMANDS];

/// Every command that is understood.
pub(super) fn all() -> impl Iterator<Item = &'static Command> {
    GROUPS.into_iter().flatten()
}

/// The action of a command.
pub(super) fn find(path: &str) -> Option<Action> {
    all().find(|(known, _)| *known == path).map(|(_, action)| *action)
}

/// A command that only decides how much Geant4 prints: its argument is checked and has no effect.
fn verbosity(_: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    if let Some(level) = arguments.optional() {
        level.parse::<i64>().map_err(|_| Problem::argument(format!("`{level}` is not a whole number")))?;
    }
    arguments.end()
}

/// A command that only prints or only arranges Geant4's own work.
fn without_effect(_: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    arguments.rest();
    Ok(())
}

/// A truth value that changes nothing here.
fn boolean_without_effect(_: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    arguments.boolean()?;
    arguments.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_once() {
        for (path, _) in all() {
            assert_eq!(all().filter(|(other, _)| other == path).count(), 1, "{path}");
            assert!(path.starts_with('/') && find(path).is_some());
        }
    }
}
