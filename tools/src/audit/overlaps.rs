//! Volumes that share space, and faces that coincide.
//!
//! Where two volumes overlap, photons see whichever their way leads into first, here as in Geant4: a simulation of such
//! a place is of no detector. Coincident faces are fine; they are counted because older programs lost photons there.

use std::collections::BTreeMap;

use cfg4::detector::{Detector, without_pointer};

use super::contacts::{Contacts, Neighbour, Tally};
use super::finding::{Check, Finding, Grade};
use crate::number::{grouped, short};

/// The pairs of one mother, one kind of volume and one kind of partner: a line.
#[derive(Debug, Default)]
struct Pairs {
    pairs: u64,
    worst: Tally,
    /// The worst pair: daughter, and what it overlaps.
    names: (String, String),
}

/// Which volumes meet: mother, daughter, and the sister's volume (`None` for the mother).
type Key = (usize, usize, Option<usize>);

/// A line for each kind of overlap, and one for all coincident faces.
pub(super) fn findings(
    detector: &Detector,
    contacts: &[Contacts],
    samples: usize,
    tolerance_mm: f64,
) -> Vec<Finding> {
    let mut kinds: BTreeMap<Key, Pairs> = BTreeMap::new();
    let mut seen = std::collections::HashSet::new();
    for contact in contacts {
        for (neighbour, tally) in contact.overlaps.iter().filter(|(_, t)| t.depth_mm > tolerance_mm as f32) {
            let pair = ordered(contact, *neighbour);
            let is_new = seen.insert((contact.mother, pair));
            note(detector, contact, (*neighbour, tally), is_new, &mut kinds);
        }
    }
    let mut findings: Vec<Finding> =
        kinds.into_iter().map(|(key, pairs)| overlap(detector, key, &pairs)).collect();
    if findings.is_empty() {
        let placements = contacts.len() as u64;
        let message = format!(
            "none found deeper than {} mm, with {samples} points on each of {} placements",
            short(tolerance_mm, 2),
            grouped(placements)
        );
        findings.push(
            Finding::new(Check::Overlap, Grade::Exact, "overlaps", message)
                .with("points_per_placement", samples as f64)
                .with("placements", placements as f64),
        );
    }
    findings.extend(coincident(contacts));
    findings
}

/// Two sisters are one pair, whichever is looked at.
fn ordered(contact: &Contacts, neighbour: Neighbour) -> (u32, Option<u32>) {
    match neighbour {
        Neighbour::Sister(sister) => (contact.daughter.min(sister), Some(contact.daughter.max(sister))),
        _ => (contact.daughter, None),
    }
}

fn note(
    detector: &Detector,
    contact: &Contacts,
    (neighbour, tally): (Neighbour, &Tally),
    is_new: bool,
    kinds: &mut BTreeMap<Key, Pairs>,
) {
    let daughters = &detector.volumes[contact.mother].daughters;
    let volume = |daughter: u32| detector.placement(daughters[daughter as usize]).volume.index();
    let name = |daughter: u32| {
        let placement = detector.placement(daughters[daughter as usize]);
        format!("{} #{}", without_pointer(&placement.name), placement.copy_number)
    };
    let mine = volume(contact.daughter);
    let key = match neighbour {
        Neighbour::Sister(sister) => {
            let other = volume(sister);
            (contact.mother, mine.min(other), Some(mine.max(other)))
        }
        _ => (contact.mother, mine, None),
    };
    let pairs = kinds.entry(key).or_default();
    pairs.pairs += u64::from(is_new);
    if tally.depth_mm > pairs.worst.depth_mm {
        pairs.worst = *tally;
        let other = match neighbour {
            Neighbour::Sister(sister) => name(sister),
            _ => String::new(),
        };
        pairs.names = (name(contact.daughter), other);
    }
}

fn overlap(detector: &Detector, (mother, _, other): Key, pairs: &Pairs) -> Finding {
    let mother = without_pointer(&detector.volumes[mother].name);
    let (first, second) = &pairs.names;
    let depth = short(pairs.worst.depth_mm.into(), 3);
    let at = pairs.worst.at_mm.map(|x| short(x.into(), 5)).join(", ");
    let (subject, what) = match other {
        Some(_) => (format!("{first} and {second} in {mother}"), "overlap by"),
        None => (format!("{first} in {mother}"), "sticks out of its mother by"),
    };
    let more = match pairs.pairs {
        0 | 1 => String::new(),
        n => format!("; the worst of {} such pairs", grouped(n)),
    };
    let message = format!("{what} {depth} mm near ({at}) mm in the mother's frame{more}");
    Finding::new(Check::Overlap, Grade::Warning, subject, message)
        .with("depth_mm", pairs.worst.depth_mm.into())
        .with("pairs", pairs.pairs as f64)
        .with("x_mm", pairs.worst.at_mm[0].into())
        .with("y_mm", pairs.worst.at_mm[1].into())
        .with("z_mm", pairs.worst.at_mm[2].into())
}

fn coincident(contacts: &[Contacts]) -> Option<Finding> {
    let (mut mothers, mut sisters) = (0_u64, std::collections::HashSet::new());
    for contact in contacts {
        for neighbour in contact.coincident.keys() {
            match neighbour {
                Neighbour::Sister(_) => {
                    sisters.insert((contact.mother, ordered(contact, *neighbour)));
                }
                _ => mothers += 1,
            }
        }
    }
    let sisters = sisters.len() as u64;
    if mothers + sisters == 0 {
        return None;
    }
    let message = format!(
        "{} placements with a face on their mother's, {} pairs of sisters face to face; crossed without a gap",
        grouped(mothers),
        grouped(sisters)
    );
    let finding = Finding::new(Check::Coincidence, Grade::Note, "coincident faces", message);
    Some(finding.with("with_mother", mothers as f64).with("between_sisters", sisters as f64))
}
