//! The report as a page: one file, for screen and paper.

use maud::{Markup, html};

use super::{Audit, Check, Finding, Grade};
use crate::html::{Picture, document, pictures};
use crate::number::short;

/// The page of an audit, with pictures of the detector if there are any.
pub fn page(audit: &Audit, shown: &[Picture]) -> String {
    let title = format!("Audit of {}", audit.file);
    let body = html! {
        p class=(format!("verdict {}", audit.worst().word())) { (audit.verdict()) }
        p { "Surface model: " code { (audit.surface_model) } ". "
            "Exact: simulated as Geant4 does. Approximated: otherwise, as the line says. "
            "Warning: probably not what is meant. Refused: not simulated." }
        @for what in &audit.left_out { p class="verdict warning" { "Not looked at: " (what) "." } }
        (contents(audit))
        (pictures(shown))
        @for check in Check::ALL { (section(audit, check)) }
    };
    document(&title, &body)
}

/// How many findings of each grade each check has.
fn contents(audit: &Audit) -> Markup {
    let grades = [Grade::Refused, Grade::Warning, Grade::Approximated, Grade::Note, Grade::Exact];
    let count = |check: Check, grade: Grade| audit.of(check).filter(|f| f.grade == grade).count();
    let checks = Check::ALL.into_iter().filter(|check| audit.of(*check).next().is_some());
    html! {
        table class="counts" {
            tr { th { "what" } @for grade in grades { th class="number" { (grade.word()) } } }
            @for check in checks {
                tr {
                    td { a href=(format!("#{}", anchor(check))) { (check.title()) } }
                    @for grade in grades {
                        @let n = count(check, grade);
                        td class=(if n > 0 { format!("number {}", grade.word()) } else { "number none".to_owned() }) {
                            (n)
                        }
                    }
                }
            }
        }
    }
}

fn anchor(check: Check) -> String {
    check.title().to_lowercase().replace(' ', "-")
}

/// What the numbers of a check mean.
fn legend(check: Check) -> Option<&'static str> {
    match check {
        Check::Solid => Some(
            "bound mm: how far from the true surface a photon may cross it, by the 32 bits of its coordinates; crossings: \
             points where random lines were found to cross it; off part: the share of those that lie further off than \
             the bound.",
        ),
        Check::Surface => Some(
            "model difference: the largest difference between the two surface models in the share of light that meets \
             one fate, which is reached at energy eV and angle deg; detected: the share there, in each model.",
        ),
        Check::Property => Some("lowest and highest value of the table, in the units of the finding."),
        Check::Sensor => Some("sensors: copies that detect; unreachable: those to which no light can get."),
        Check::Overlap => Some(
            "depth mm: by how much the worst pair shares space; pairs: how many there are; x, y, z mm: where, in the \
             frame of the mother; points per placement: how many were tried on each of the placements.",
        ),
        Check::Coincidence => Some(
            "with mother: placements of which a face lies on their mother's; between sisters: pairs that lie face to face.",
        ),
        Check::Reading | Check::Scene | Check::DarkMaterial => None,
    }
}

/// The findings of a check, the worst first.
fn section(audit: &Audit, check: Check) -> Markup {
    let mut findings: Vec<&Finding> = audit.of(check).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.grade));
    html! {
        @if !findings.is_empty() {
            h2 id=(anchor(check)) { (check.title()) }
            @if let Some(words) = legend(check) { p { "Numbers: " (words) } }
            table class="findings" {
                tr { th { "grade" } th { "what" } th { "finding" } th { "numbers" } }
                @for finding in findings {
                    tr {
                        td class=(format!("grade {}", finding.grade.word())) { (finding.grade.word()) }
                        td class="subject" { (finding.subject) }
                        td { (finding.message) }
                        td class="numbers" {
                            @for (name, value) in &finding.numbers {
                                div { (name.replace('_', " ")) " " b { (short(*value, 4)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
