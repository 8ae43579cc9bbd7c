//! The commands that are understood, one file per directory of Geant4's command tree.

mod control;
mod gun;
mod optical;
mod process;
mod run;
mod user;

use super::arguments::Arguments;
use super::error::Problem;
use super::interpreter::State;

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

/// The known command whose name is most similar.
pub(super) fn nearest(path: &str) -> &'static str {
    all().map(|(known, _)| *known).min_by_key(|known| edit_distance(path, known)).unwrap_or("/run/beamOn")
}

/// Levenshtein's distance between two texts, in characters, letter case ignored.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
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
    fn nearest_is_what_was_meant() {
        assert_eq!(nearest("/run/beamon"), "/run/beamOn");
        assert_eq!(nearest("/gun/energie"), "/gun/energy");
        assert_eq!(
            nearest("/process/optical/cerenkov/setStackPhoton"),
            "/process/optical/cerenkov/setStackPhotons"
        );
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }

    #[test]
    fn every_command_is_found_once() {
        for (path, _) in all() {
            assert_eq!(all().filter(|(other, _)| other == path).count(), 1, "{path}");
            assert!(path.starts_with('/') && find(path).is_some());
        }
    }
}
