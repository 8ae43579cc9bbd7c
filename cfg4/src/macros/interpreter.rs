//! Runs the commands of a macro, one after the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use super::commands;
use super::error::{MacroError, Place, Problem};
use super::file;
use super::lines::{Line, command_lines};
use super::plan::{BeamOn, RunPlan, Settings};
use crate::track::check_kinetic_mev;

/// Macros that may be open at a time.
const MAX_DEPTH: usize = 16;
/// Commands that a run may have, all macros together.
const MAX_COMMANDS: usize = 100_000;
/// Characters that a line may have once its aliases are replaced.
const MAX_LINE: usize = 16_384;
/// `/run/beamOn` that a macro may have.
const MAX_RUNS: usize = 10_000;

/// What commands change.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The settings so far.
    pub(super) settings: Settings,
    /// The gun's momentum in MeV, where the macro gave that and not an energy.
    pub(super) momentum_mev: Option<f64>,
    /// Texts by the name that stands for them in braces.
    pub(super) aliases: BTreeMap<String, String>,
    runs: Vec<BeamOn>,
    notes: Vec<String>,
    place: Option<Place>,
}

impl State {
    /// Tells the user something about the present line, unless it was said before.
    pub(super) fn note(&mut self, text: &str) {
        if !self.notes.iter().any(|note| note.ends_with(text)) {
            let place = self.place.as_ref().map(Place::to_string).unwrap_or_default();
            self.notes.push(format!("{place}: {text}"));
        }
    }

    /// A run with the present settings.
    pub(super) fn beam_on(&mut self, events: u64) -> Result<(), Problem> {
        if self.runs.len() == MAX_RUNS {
            return Err(Problem::argument(format!("a macro can have {MAX_RUNS} runs at most")));
        }
        self.runs.push(BeamOn { events, settings: self.settings.clone() });
        Ok(())
    }

    /// Sets the gun's kinetic energy from its momentum p, where given: `T = sqrt(p^2 + m^2) - m`, written as
    /// `p^2 / (sqrt(p^2 + m^2) + m)` to keep small energies exact.
    pub(super) fn apply_momentum(&mut self) -> Result<(), Problem> {
        let Some(p) = self.momentum_mev else { return Ok(()) };
        let m = self.settings.gun.particle.mass_mev();
        self.set_energy(p * p / (p.hypot(m) + m))
    }

    /// Sets the gun's kinetic energy, which must be one that tracks can have.
    pub(super) fn set_energy(&mut self, kinetic_mev: f64) -> Result<(), Problem> {
        let checked = check_kinetic_mev(kinetic_mev).map_err(|e| Problem::argument(e.to_string()))?;
        self.settings.gun.kinetic_energy_mev = checked;
        Ok(())
    }
}

/// Runs commands and the macros that they execute.
#[derive(Default)]
pub(super) struct Interpreter {
    state: State,
    open: Vec<PathBuf>,
    num_commands: usize,
}

impl Interpreter {
    /// Runs a text; `name` stands for it in errors. `/control/execute` is an error in it.
    pub(super) fn run_text(&mut self, text: &str, name: &str) -> Result<(), MacroError> {
        for line in command_lines(text) {
            let place = Place { file: name.to_owned(), line: line.number };
            self.run_line(&line, &place)?;
        }
        Ok(())
    }

    /// Runs a file and what it executes.
    pub(super) fn run_file(&mut self, path: &Path) -> Result<(), MacroError> {
        let text = file::read(path)?;
        let identity = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.open.push(identity);
        let result = self.run_text(&text, &path.display().to_string());
        self.open.pop();
        result
    }

    /// What the commands came to.
    pub(super) fn finish(self) -> RunPlan {
        RunPlan { runs: self.state.runs, settings: self.state.settings, notes: self.state.notes }
    }

    fn run_line(&mut self, line: &Line, place: &Place) -> Result<(), MacroError> {
        self.num_commands += 1;
        if self.num_commands > MAX_COMMANDS {
            let problem = format!("more than {MAX_COMMANDS} commands");
            return Err(MacroError::Syntax { place: place.clone(), problem });
        }
        let words = self.replace_aliases(line, place)?;
        let Some((command, arguments)) = words.split_first() else { return Ok(()) };
        if !command.starts_with('/') {
            let problem = format!("`{}` is not a command; commands start with `/`", shortened(command));
            return Err(MacroError::Syntax { place: place.clone(), problem });
        }
        if command == "/control/execute" && !self.open.is_empty() {
            return self.execute(arguments, place);
        }
        let action = commands::find(command).ok_or_else(|| {
            let command = shortened(command);
            let commands::Unknown { nearest, advice } = commands::unknown(&command);
            MacroError::UnknownCommand { place: place.clone(), command, nearest, advice }
        })?;
        self.state.place = Some(place.clone());
        action(&mut self.state, &mut Arguments::new(arguments)).map_err(|p| p.at(place.clone(), command))
    }

    /// Replaces every `{name}` by the alias' value, innermost first as Geant4 does.
    fn replace_aliases(&self, line: &Line, place: &Place) -> Result<Vec<String>, MacroError> {
        if !line.words.iter().any(|word| word.contains('{')) {
            return Ok(line.words.clone());
        }
        let mut text = line.words.join(" ");
        while let Some(close) = text.find('}') {
            let Some(open) = text[..close].rfind('{') else { break };
            let name = &text[open + 1..close];
            let value = self.state.aliases.get(name).ok_or_else(|| MacroError::Syntax {
                place: place.clone(),
                problem: format!("there is no alias `{}`; set it with /control/alias", shortened(name)),
            })?;
            let value = value.replace(['{', '}'], "");
            text.replace_range(open..=close, &value);
            if text.len() > MAX_LINE {
                let problem =
                    format!("the line has more than {MAX_LINE} characters once its aliases are replaced");
                return Err(MacroError::Syntax { place: place.clone(), problem });
            }
        }
        Ok(text.split_whitespace().map(str::to_owned).collect())
    }

    /// Runs another macro: its name is relative to the macro that names it, or else to the current directory.
    fn execute(&mut self, arguments: &[String], place: &Place) -> Result<(), MacroError> {
        let mut arguments = Arguments::new(arguments);
        let name = arguments.word("file name").and_then(|name| arguments.end().map(|()| name));
        let name = name.map_err(|p| p.at(place.clone(), "/control/execute"))?;
        let beside = Path::new(&place.file).parent().map(|folder| folder.join(name));
        let path = beside.filter(|path| path.exists()).unwrap_or_else(|| PathBuf::from(name));
        let recursion =
            |problem: String| MacroError::Recursion { place: place.clone(), file: shortened(name), problem };
        if std::fs::canonicalize(&path).is_ok_and(|identity| self.open.contains(&identity)) {
            return Err(recursion("the macro executes itself".to_owned()));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(recursion(format!("macros are nested more than {MAX_DEPTH} deep")));
        }
        self.run_file(&path).map_err(|error| match error {
            MacroError::Io { path, source } => recursion(format!("cannot read {}: {source}", path.display())),
            other => other,
        })
    }
}

/// A text for a message: its first 80 characters.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    short
}
