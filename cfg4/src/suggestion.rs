//! Names that look like one another.

/// The number of letters to insert, remove or replace to turn `a` into `b`, counted up to `limit`.
pub(crate) fn edit_distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()].min(limit + 1)
}

/// `; did you mean 'x'?` for the candidate nearest to `name`, or nothing.
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return String::new();
    }
    let allowed = (name.chars().count() / 3).clamp(1, 3);
    let near = candidates
        .map(|candidate| (edit_distance(name, candidate, allowed), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min();
    near.map_or(String::new(), |(_, candidate)| format!("; did you mean '{candidate}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        assert_eq!(edit_distance("RINDEX", "RINDEX", 2), 0);
        assert_eq!(edit_distance("RNDEX", "RINDEX", 2), 1);
        assert_eq!(edit_distance("RIDNEX", "RINDEX", 2), 2);
        assert_eq!(edit_distance("kitten", "sitting", 5), 3);
        assert_eq!(edit_distance("A", "RINDEX", 2), 3);
    }

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(did_you_mean("Glas", ["Glass", "Water"].into_iter()), "; did you mean 'Glass'?");
        assert_eq!(did_you_mean("Steel", ["Glass", "Water"].into_iter()), "");
    }
}
