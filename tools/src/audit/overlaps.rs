//! Volumes that share space, and faces that coincide.
//!
//! Where two volumes overlap, photons see whichever their way leads into first, here as in Geant4: a simulation of such
//! a place is of no detector. Coincident faces are fine; they are counted because older programs lost photons there.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::contacts::{Contacts, Neighbour, Tally};
use super::finding::{Check, Finding, Grade};
use super::places::Places;
use crate::number::{counted, grouped, short};

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
    places: &Places<'_>,
    contacts: &[Contacts],
    samples: usize,
    tolerance_mm: f64,
) -> Vec<Finding> {
    let mut kinds: BTreeMap<Key, Pairs> = BTreeMap::new();
    let mut seen = HashSet::new();
    for contact in contacts {
        for (neighbour, tally) in contact.overlaps.iter().filter(|(_, t)| t.depth_mm > tolerance_mm as f32) {
            let (pair, number) = pair(contact, *neighbour);
            let new = if seen.insert((contact.mother, pair)) { number } else { 0 };
            note(places, contact, (*neighbour, tally), new, &mut kinds);
        }
    }
    let mut findings: Vec<Finding> =
        kinds.into_iter().map(|(key, pairs)| overlap(places, key, &pairs)).collect();
    if findings.is_empty() {
        let placements = contacts.iter().map(Contacts::stands_for).sum::<u64>();
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

/// What stands for a pair, and for how many: two sisters are one pair, whichever is looked at, and in an array all that
/// are as many copies apart.
fn pair(contact: &Contacts, neighbour: Neighbour) -> ((u32, Option<u32>), u64) {
    let Neighbour::Sister(sister) = neighbour else {
        return ((contact.daughter, None), contact.stands_for());
    };
    let (low, high) = (contact.daughter.min(sister), contact.daughter.max(sister));
    match contact.copies {
        Some(n) => ((0, Some(high - low)), u64::from(n.saturating_sub(high - low))),
        None => ((low, Some(high)), 1),
    }
}

fn note(
    places: &Places<'_>,
    contact: &Contacts,
    (neighbour, tally): (Neighbour, &Tally),
    new: u64,
    kinds: &mut BTreeMap<Key, Pairs>,
) {
    let volume = |daughter: u32| places.daughter(contact.mother, daughter);
    let name = |daughter: u32| places.daughter_name(contact.mother, daughter);
    let mine = volume(contact.daughter);
    let key = match neighbour {
        Neighbour::Sister(sister) => {
            let other = volume(sister);
            (contact.mother, mine.min(other), Some(mine.max(other)))
        }
        _ => (contact.mother, mine, None),
    };
    let pairs = kinds.entry(key).or_default();
    pairs.pairs += new;
    if tally.depth_mm > pairs.worst.depth_mm {
        pairs.worst = *tally;
        let other = match neighbour {
            Neighbour::Sister(sister) => name(sister),
            _ => String::new(),
        };
        pairs.names = (name(contact.daughter), other);
    }
}

fn overlap(places: &Places<'_>, (mother, _, other): Key, pairs: &Pairs) -> Finding {
    let mother = places.volume_name(mother);
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
    let (mut mothers, mut sisters) = (0_u64, HashMap::new());
    for contact in contacts {
        for neighbour in contact.coincident.keys() {
            let (pair, number) = pair(contact, *neighbour);
            match neighbour {
                Neighbour::Sister(_) => {
                    sisters.insert((contact.mother, pair), number);
                }
                _ => mothers += number,
            }
        }
    }
    let sisters: u64 = sisters.values().sum();
    if mothers + sisters == 0 {
        return None;
    }
    let message = format!(
        "{} with a face on their mother's, {} of sisters face to face; crossed without a gap",
        counted(mothers, "placement", "placements"),
        counted(sisters, "pair", "pairs")
    );
    let finding = Finding::new(Check::Coincidence, Grade::Note, "coincident faces", message);
    Some(finding.with("with_mother", mothers as f64).with("between_sisters", sisters as f64))
}
