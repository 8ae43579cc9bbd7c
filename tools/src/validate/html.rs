//! The report as a page: tables, verdicts, distributions over each other.

use maud::{Markup, html};

use super::{Comparison, Test, Validation};
use crate::ToolsError;
use crate::html::{Picture, document, pictures};
use crate::number::{grouped, short};
use crate::plot::{PlotError, overlay_png};

/// The page of a validation.
///
/// # Errors
/// A picture that cannot be drawn.
pub fn page(validation: &Validation) -> Result<String, ToolsError> {
    let mut sections = Vec::new();
    for comparison in &validation.comparisons {
        sections.push(section(comparison, &drawn(comparison)?));
    }
    let body = html! {
        p class=(format!("verdict {}", validation.verdict.word())) { (validation.verdict.word().to_uppercase()) }
        @if validation.comparisons.len() > 1 { (overview(validation)) }
        @for section in &sections { (section) }
    };
    Ok(document("Validation", &body))
}

/// The pictures of a comparison's distributions.
fn drawn(comparison: &Comparison) -> Result<Vec<Picture>, ToolsError> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("overlay.png");
    let mut drawn = Vec::new();
    for overlay in &comparison.overlays {
        match overlay_png(overlay, &file) {
            Ok(()) => drawn.push((overlay.title.clone(), std::fs::read(&file)?)),
            Err(PlotError::Empty { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(drawn)
}

fn overview(validation: &Validation) -> Markup {
    html! {
        table class="counts" {
            tr { th { "case" } th class="number" { "tests" } th class="number" { "least p" } th { "verdict" } }
            @for c in &validation.comparisons {
                @let least = c.tests.iter().map(|test| test.p_value).fold(1.0, f64::min);
                tr {
                    td { a href=(format!("#{}", c.name)) { (c.name) } }
                    td class="number" { (c.tests.len()) }
                    td class="number" { (short(least, 2)) }
                    td class=(c.verdict.word()) { (c.verdict.word()) }
                }
            }
        }
    }
}

fn section(c: &Comparison, shown: &[Picture]) -> Markup {
    let [a, b] = c.photons.map(|n| if n == 0 { String::new() } else { format!(" ({} photons)", grouped(n)) });
    html! {
        h2 id=(c.name) { (c.name) }
        p { (c.b) (b) " against " (c.a) (a) "." }
        @for note in &c.notes { p { (note) "." } }
        p class=(format!("verdict {}", c.verdict.word())) { (c.verdict_words()) }
        table {
            tr { th { "test" } th { "statistic" } th class="number" { "p" } th { "worst bin" } }
            @for test in &c.tests { (row(test)) }
        }
        @if let Some([differ, all]) = c.parted {
            p { (grouped(differ)) " of " (grouped(all)) " photons with the same random numbers end differently." }
        }
        @if let Some(parting) = &c.parting {
            @let sides = parting.sides();
            p { "First at event " (parting.event) ", photon " (parting.photon) ", point " (parting.step) ":" }
            table {
                @for (name, side) in [&c.a, &c.b].into_iter().zip(&sides) {
                    tr { td class="subject" { (name) } td { (side) } }
                }
            }
        }
        (pictures(shown))
    }
}

fn row(test: &Test) -> Markup {
    html! {
        tr {
            td class="subject" { (test.name) }
            td { (test.words()) }
            td class=(if test.disagrees { "number disagree" } else { "number" }) { (short(test.p_value, 2)) }
            td { (test.detail) }
        }
    }
}
