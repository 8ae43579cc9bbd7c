//! What a run says while it runs and at its end.

use std::io::{IsTerminal, Write};

use g4ok::job::{EventReport, RunReport};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ToolsError;

/// Progress bar (on a terminal), event lines and totals.
pub(super) struct Console {
    json: bool,
    events: u32,
    bar: ProgressBar,
}

impl Console {
    pub(super) fn new(json: bool, events: u32) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let template = "{msg} [{bar:40}] {human_pos}/{human_len} photons {per_sec} {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { json, events, bar }
    }

    pub(super) fn event_starts(&self, event_id: u32, num_photons: u64) {
        self.bar.reset();
        self.bar.set_length(num_photons);
        self.bar.set_message(format!("event {}/{}", event_id + 1, self.events));
    }

    pub(super) fn advance(&self, photons: u64) {
        self.bar.inc(photons);
    }

    /// Prints the event's line at once: runs are long, and logs are followed.
    pub(super) fn event_ends(&self, report: &EventReport) {
        if !self.json {
            self.bar.suspend(|| {
                let mut out = std::io::stdout().lock();
                // A reader who has left shows itself at the totals.
                drop(writeln!(out, "{report}").and_then(|()| out.flush()));
            });
        }
    }

    /// Prints the totals.
    pub(super) fn totals(&self, report: &RunReport, out: &mut dyn Write) -> Result<(), ToolsError> {
        Ok(writeln!(out, "\n{report}")?)
    }

    /// Takes the progress bar away.
    pub(super) fn close(&self) {
        self.bar.finish_and_clear();
    }
}
