//! Where two engines part.

use super::everything::Everything;

/// The first thing that differs in any bit; `None` if nothing does.
pub(super) fn first_difference(tested: &Everything, expected: &Everything) -> Option<String> {
    let (t, e) = (&tested.output, &expected.output);
    first_of("photon", &t.photons, &e.photons)
        .or_else(|| first_of("hit", &t.hits, &e.hits))
        .or_else(|| first_of("way item", &t.ways, &e.ways))
        .or_else(|| first_of("point", &t.records, &e.records))
        .or_else(|| (tested.summary != expected.summary).then(|| "COUNTS DIFFER".to_owned()))
}

fn first_of<T: PartialEq>(what: &str, tested: &[T], expected: &[T]) -> Option<String> {
    let at = tested.iter().zip(expected).position(|(a, b)| a != b);
    match at {
        Some(row) => Some(format!("{} {row} DIFFERS", what.to_uppercase())),
        None if tested.len() != expected.len() => {
            Some(format!("{} {}S INSTEAD OF {}", tested.len(), what.to_uppercase(), expected.len()))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use optixrap::engine::HitRecord;

    use super::*;

    #[test]
    fn any_bit_counts() {
        let mut expected = Everything::default();
        expected.output.hits = vec![HitRecord([0.0; 16]); 3];
        let mut tested = expected.clone();
        assert_eq!(first_difference(&tested, &expected), None);
        tested.output.hits[1].0[3] = -0.0;
        assert_eq!(first_difference(&tested, &expected).unwrap(), "HIT 1 DIFFERS");
        tested.output.hits.pop();
        tested.output.hits[1].0[3] = 0.0;
        assert_eq!(first_difference(&tested, &expected).unwrap(), "2 HITS INSTEAD OF 3");
        tested = expected.clone();
        tested.summary.points += 1;
        assert_eq!(first_difference(&tested, &expected).unwrap(), "COUNTS DIFFER");
    }
}
