//! Log levels by class name, as users set them: `NPYBase=INFO CGenstepCollector=INFO NPY6Test --error`.
//!
//! Each class logs at DEBUG with its name as the log target (`log::debug!(target: "NPYBase::reserve", ..)`), so its
//! messages stay below the default INFO threshold. An environment variable of exactly that name raises (or
//! lowers) them to the severity that it names; only the first letter counts.

mod class_logger;
mod severity;

use std::io::Write;

use log::{Level, LevelFilter};

use crate::SysrapError;
use class_logger::ClassLogger;
pub use severity::{Severity, threshold_of_args};

/// Classes whose messages an environment variable of the same name makes visible.
pub const KNOWN_CLASSES: &[&str] = &[
    "NPY",
    "NPYBase",
    "NPX",
    "NPYAppender",
    "SProc",
    "OpticksProfile",
    "CGDML",
    "CMacro",
    "CGenstepCollector",
    "CStepper",
    "SensorLib",
    "GPho",
    "OPropagator",
    "OScene",
    "OSensorLib",
    "OpMgr",
    "G4Opticks",
    "G4OKTest",
    "G4OpticksTest",
];

/// Severity of the messages that classes log by default.
const FALLBACK: &str = "DEBUG";

/// Sets up the log of a binary: threshold from the arguments, classes from the environment, lines to stderr.
///
/// `args` may hold `--trace --verbose --debug --info --warning --error --fatal` (any case; the last one wins;
/// without one the threshold is INFO); other arguments are ignored. `lookup` answers for an environment variable,
/// usually `|key| std::env::var(key).ok()`. For each class that it raises a line goes to `notices` (the binary's
/// stdout), in the words that users know.
///
/// # Errors
/// [`SysrapError::LogAlreadySet`] when the process has a logger already.
#[doc(alias = "OPTICKS_LOG")]
#[doc(alias = "PLOG::EnvLevel")]
pub fn init_from_env(
    args: impl Iterator<Item = String>,
    lookup: impl Fn(&str) -> Option<String>,
    notices: &mut dyn Write,
) -> Result<(), SysrapError> {
    let threshold = threshold_of_args(args).unwrap_or(LevelFilter::Info);
    let classes = class_levels(lookup, notices);
    // Without raised classes the macros themselves drop what is below the threshold, at no cost.
    let max_level = if classes.is_empty() { threshold } else { threshold.max(LevelFilter::Debug) };
    let logger = ClassLogger::new(threshold, classes);
    log::set_boxed_logger(Box::new(logger)).map_err(|_| SysrapError::LogAlreadySet)?;
    log::set_max_level(max_level);
    Ok(())
}

/// The classes that the environment adjusts, with the level their DEBUG messages get instead.
fn class_levels(
    lookup: impl Fn(&str) -> Option<String>,
    notices: &mut dyn Write,
) -> Vec<(&'static str, Level)> {
    let mut levels = Vec::new();
    for &class in KNOWN_CLASSES {
        let Some(text) = lookup(class).filter(|text| !text.is_empty() && text != FALLBACK) else { continue };
        // A closed stdout must not stop the program: the notice is lost, the level still holds.
        let Some(severity) = Severity::from_text(&text) else {
            let _ = writeln!(
                notices,
                "PLOG::EnvLevel ignoring envvar   key {class} level {text} : not one of FATAL ERROR WARN INFO DEBUG VERBOSE"
            );
            continue;
        };
        let _ = writeln!(
            notices,
            "PLOG::EnvLevel adjusting loglevel by envvar   key {class} level {text} fallback {FALLBACK}"
        );
        levels.push((class, severity.level()));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(key: &str) -> Option<String> {
        let value = match key {
            "NPYBase" => "INFO",
            "NPX" => "DEBUG",
            "G4Opticks" => "error",
            "NPY" => "yes",
            "GPho" => "",
            _ => return None,
        };
        Some(value.to_owned())
    }

    #[test]
    fn environment_adjusts_levels_and_says_so() {
        let mut notices = Vec::new();
        let levels = class_levels(env, &mut notices);
        assert_eq!(levels, [("NPYBase", Level::Info), ("G4Opticks", Level::Error)]);
        let text = String::from_utf8(notices).unwrap();
        let expected = "PLOG::EnvLevel adjusting loglevel by envvar   key NPYBase level INFO fallback DEBUG";
        assert!(text.lines().any(|line| line == expected), "{text}");
        assert!(text.contains("ignoring envvar   key NPY level yes"), "{text}");
        assert_eq!(text.lines().count(), 3);
    }
}
