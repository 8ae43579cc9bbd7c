//! What can be wrong with a macro.

use std::fmt;
use std::path::PathBuf;

/// A line of a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The macro's file, or what its text is called.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A macro that cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MacroError {
    /// The file cannot be read.
    #[error("{}: cannot read the macro: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no macro: too large, or not text.
    #[error("{}: not a macro: {problem}", path.display())]
    NotAMacro {
        /// The file.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// A command that does not exist.
    #[error("{place}: unknown command `{command}`; {advice}")]
    UnknownCommand {
        /// Where.
        place: Place,
        /// The command as written.
        command: String,
        /// The known command that was probably meant, if one is near.
        nearest: Option<&'static str>,
        /// What to do.
        advice: String,
    },
    /// An argument that the command cannot have.
    #[error("{place}: {command}: {problem}")]
    BadArgument {
        /// Where.
        place: Place,
        /// The command.
        command: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A command of Geant4 that has no counterpart here.
    #[error("{place}: {command} is not supported: {reason}")]
    Unsupported {
        /// Where.
        place: Place,
        /// The command.
        command: String,
        /// Why, and what to do instead.
        reason: String,
    },
    /// A line that is not a command.
    #[error("{place}: {problem}")]
    Syntax {
        /// Where.
        place: Place,
        /// What is wrong.
        problem: String,
    },
    /// A macro that executes itself, or macros nested or repeated beyond any use.
    #[error("{place}: /control/execute {file}: {problem}")]
    Recursion {
        /// Where.
        place: Place,
        /// The file to execute.
        file: String,
        /// What is wrong.
        problem: String,
    },
}

/// What a command says of its arguments, before file and line are known.
#[derive(Debug)]
pub(super) enum Problem {
    /// An argument is wrong.
    Argument(String),
    /// The command has no counterpart.
    Unsupported(String),
}

impl Problem {
    /// A wrong argument.
    pub(super) fn argument(problem: impl Into<String>) -> Self {
        Self::Argument(problem.into())
    }

    /// Adds file, line and command.
    pub(super) fn at(self, place: Place, command: &str) -> MacroError {
        let command = command.to_owned();
        match self {
            Self::Argument(problem) => MacroError::BadArgument { place, command, problem },
            Self::Unsupported(reason) => MacroError::Unsupported { place, command, reason },
        }
    }
}
