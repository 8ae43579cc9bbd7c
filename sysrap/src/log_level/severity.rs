//! Severities by name, and the threshold that command line arguments ask for.

use log::{Level, LevelFilter};

/// Severity of a message, as users name it. Only the first letter of a name counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The run cannot go on as asked.
    Fatal,
    /// Something failed.
    Error,
    /// Something is doubtful.
    Warning,
    /// Progress.
    Info,
    /// Details of a class.
    Debug,
    /// Everything.
    Verbose,
}

impl Severity {
    /// The severity whose name starts with the same letter (F E W I D V, any case; T for trace is verbose).
    pub fn from_text(text: &str) -> Option<Self> {
        match text.chars().next()?.to_ascii_uppercase() {
            'F' => Some(Severity::Fatal),
            'E' => Some(Severity::Error),
            'W' => Some(Severity::Warning),
            'I' => Some(Severity::Info),
            'D' => Some(Severity::Debug),
            'V' | 'T' => Some(Severity::Verbose),
            _ => None,
        }
    }

    /// The level of the `log` crate; fatal and error are one there.
    pub fn level(self) -> Level {
        match self {
            Severity::Fatal | Severity::Error => Level::Error,
            Severity::Warning => Level::Warn,
            Severity::Info => Level::Info,
            Severity::Debug => Level::Debug,
            Severity::Verbose => Level::Trace,
        }
    }
}

/// The threshold that the last of `--trace --verbose --debug --info --warning --error --fatal` sets, in any case;
/// `None` without one.
#[doc(alias = "PLOG::parse")]
pub fn threshold_of_args(args: impl Iterator<Item = String>) -> Option<LevelFilter> {
    args.filter_map(|arg| match arg.to_ascii_lowercase().as_str() {
        "--trace" | "--verbose" => Some(LevelFilter::Trace),
        "--debug" => Some(LevelFilter::Debug),
        "--info" => Some(LevelFilter::Info),
        "--warning" => Some(LevelFilter::Warn),
        "--error" | "--fatal" => Some(LevelFilter::Error),
        _ => None,
    })
    .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letter_decides() {
        assert_eq!(Severity::from_text("INFO"), Some(Severity::Info));
        assert_eq!(Severity::from_text("vERB"), Some(Severity::Verbose));
        assert_eq!(Severity::from_text("trace"), Some(Severity::Verbose));
        assert_eq!(Severity::from_text("Fishy"), Some(Severity::Fatal));
        assert_eq!(Severity::from_text("none"), None);
        assert_eq!(Severity::from_text(""), None);
    }

    #[test]
    fn last_argument_wins() {
        let of = |args: &[&str]| threshold_of_args(args.iter().map(|arg| (*arg).to_owned()));
        assert_eq!(of(&["NPY6Test"]), None);
        assert_eq!(of(&["x", "--TRACE", "--error"]), Some(LevelFilter::Error));
        assert_eq!(of(&["x", "--error", "--Debug", "info"]), Some(LevelFilter::Debug));
    }
}
