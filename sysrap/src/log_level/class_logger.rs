//! A logger that gives the DEBUG messages of chosen classes another level.

use std::io::Write;

use env_logger::fmt::Formatter;
use log::{Level, LevelFilter, Log, Metadata, Record};

/// `env_logger` behind a filter by exact class name.
pub(super) struct ClassLogger {
    inner: env_logger::Logger,
    threshold: LevelFilter,
    classes: Vec<(&'static str, Level)>,
}

impl ClassLogger {
    pub(super) fn new(threshold: LevelFilter, classes: Vec<(&'static str, Level)>) -> Self {
        let inner = env_logger::Builder::new().filter_level(LevelFilter::Trace).format(write_line).build();
        ClassLogger { inner, threshold, classes }
    }

    /// The level that a message of `target` logged at `level` counts as.
    fn level_of(&self, level: Level, target: &str) -> Level {
        let class = target.split("::").next().unwrap_or(target);
        let adjusted = || self.classes.iter().find(|(name, _)| *name == class).map(|&(_, level)| level);
        if level == Level::Debug { adjusted().unwrap_or(level) } else { level }
    }
}

impl Log for ClassLogger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.level_of(metadata.level(), metadata.target()) <= self.threshold
    }

    fn log(&self, record: &Record<'_>) {
        let level = self.level_of(record.level(), record.target());
        if level <= self.threshold {
            let (target, args) = (record.target(), *record.args());
            self.inner.log(&Record::builder().level(level).target(target).args(args).build());
        }
    }

    fn flush(&self) {
        self.inner.flush();
    }
}

/// One line: `2021-02-16 14:33:20.564 INFO  [1] [NPYBase::setReservation] items 4096`.
fn write_line(formatter: &mut Formatter, record: &Record<'_>) -> std::io::Result<()> {
    let now = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S.%3f").to_string();
    let thread = format!("{:?}", std::thread::current().id());
    let thread = thread.trim_start_matches("ThreadId(").trim_end_matches(')');
    let name = level_name(record.level());
    let style = formatter.default_level_style(record.level());
    writeln!(formatter, "{now} {style}{name:<5}{style:#} [{thread}] [{}] {}", record.target(), record.args())
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warn => "WARN",
        Level::Info => "INFO",
        Level::Debug => "DEBUG",
        Level::Trace => "VERB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enabled(logger: &ClassLogger, level: Level, target: &str) -> bool {
        logger.enabled(&Metadata::builder().level(level).target(target).build())
    }

    #[test]
    fn only_the_named_class_is_raised() {
        let logger = ClassLogger::new(LevelFilter::Info, vec![("NPY", Level::Info)]);
        assert!(enabled(&logger, Level::Debug, "NPY"));
        assert!(enabled(&logger, Level::Debug, "NPY::reserve"));
        assert!(!enabled(&logger, Level::Debug, "NPYBase"));
        assert!(!enabled(&logger, Level::Trace, "NPY"));
        assert!(enabled(&logger, Level::Warn, "NPYBase"));
    }

    #[test]
    fn threshold_holds_for_raised_classes() {
        let logger = ClassLogger::new(LevelFilter::Error, vec![("NPY", Level::Info)]);
        assert!(!enabled(&logger, Level::Debug, "NPY"));
        assert!(enabled(&logger, Level::Error, "anything"));
    }
}
