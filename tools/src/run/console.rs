//! What a run says while it runs and at its end.

use std::io::{IsTerminal, Write};

use g4ok::job::{EventReport, RunReport};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use optixrap::engine::End;

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

    /// Prints the totals, or `run.json`.
    pub(super) fn totals(&mut self, report: &RunReport, out: &mut dyn Write) -> Result<(), ToolsError> {
        self.bar.finish_and_clear();
        if self.json {
            let text = serde_json::to_string_pretty(report).map_err(std::io::Error::from)?;
            writeln!(out, "{text}")?;
            return Ok(());
        }
        writeln!(out)?;
        for note in &report.notes {
            writeln!(out, "note: {note}")?;
        }
        ends(report, out)?;
        sensors(report, out)?;
        speed(report, out)?;
        writeln!(out, "\n{}", report.memory_report)?;
        Ok(())
    }
}

fn ends(report: &RunReport, out: &mut dyn Write) -> Result<(), ToolsError> {
    let sum: u64 = report.ends.values().sum();
    writeln!(out, "photons generated {} = sum of ends {sum}", report.photons)?;
    for end in End::ALL {
        let n = report.ends.get(end.code()).copied().unwrap_or(0);
        if n > 0 {
            let percent = 100.0 * n as f64 / report.photons.max(1) as f64;
            writeln!(out, "  {} {n:>14} {percent:9.4} %  {}", end.code(), end.meaning())?;
        }
    }
    if report.corrections > 0 {
        let share = report.corrections as f64 / report.points.max(1) as f64;
        writeln!(out, "navigation corrections {} ({share:.1e} of points)", report.corrections)?;
    }
    Ok(())
}

/// The sensors' counts; of many, the ten with most hits.
fn sensors(report: &RunReport, out: &mut dyn Write) -> Result<(), ToolsError> {
    let percent = 100.0 * report.hits as f64 / report.photons.max(1) as f64;
    writeln!(out, "hits {} ({percent:.4} % of photons)", report.hits)?;
    let mut counts: Vec<_> = report.hits_per_sensor.iter().collect();
    counts.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), name.as_str()));
    for (name, n) in counts.iter().take(10) {
        writeln!(out, "  {name:<20} {n:>12}")?;
    }
    if counts.len() > 10 {
        writeln!(out, "  ... and {} more sensors", counts.len() - 10)?;
    }
    Ok(())
}

fn speed(report: &RunReport, out: &mut dyn Write) -> Result<(), ToolsError> {
    let s = &report.seconds;
    writeln!(
        out,
        "engine {} threads {} : {:.3e} photons/s, {:.3e} points/s, {:.3} points per photon",
        report.engine, report.threads, report.photons_per_s, report.points_per_s, report.points_per_photon
    )?;
    writeln!(
        out,
        "seconds: geometry {:.3}, gensteps {:.3}, propagate {:.3}, save {:.3}",
        s.geometry, s.gensteps, s.propagate, s.save
    )?;
    let m = &report.memory;
    writeln!(
        out,
        "memory: RSS slope {:.6} MB/event (whole range {:.6}), VM slope {:.6} MB/event (whole range {:.6}), peak RSS {:.1} MB",
        m.rss_slope_mb_per_event,
        m.rss_slope_mb_per_event_whole_range,
        m.vm_slope_mb_per_event,
        m.vm_slope_mb_per_event_whole_range,
        m.peak_rss_bytes as f64 / 1e6
    )?;
    Ok(())
}
