//! What to say of a command that is not known.

use super::all;
use crate::suggestion::edit_distance;

/// A command that is not known, and what its writer can do.
pub(in crate::macros) struct Unknown {
    /// The known command that was probably meant.
    pub(in crate::macros) nearest: Option<&'static str>,
    /// What to do.
    pub(in crate::macros) advice: String,
}

/// What to say of the unknown command `path`.
pub(in crate::macros) fn unknown(path: &str) -> Unknown {
    let nearest = nearest(path);
    let directory = directory_of(path);
    let beside: Vec<&str> =
        all().map(|(known, _)| *known).filter(|known| directory_of(known) == directory).collect();
    let advice = match (nearest, beside.as_slice()) {
        (Some(known), _) => format!("did you mean `{known}`?"),
        (None, []) => format!("no command of {directory}/ has a meaning here; take the line out"),
        (None, commands) => format!("take the line out, or use one of: {}", commands.join(" ")),
    };
    Unknown { nearest, advice }
}

/// The known command that differs in a few letters at most, letter case ignored; in fewer where the directory is
/// unknown too, since there all of `/vis/verbose`, `/run/verbose` and `/hits/verbose` are near each other.
fn nearest(path: &str) -> Option<&'static str> {
    let known_directory =
        all().any(|(known, _)| directory_of(known).eq_ignore_ascii_case(directory_of(path)));
    let allowed = (path.chars().count() / if known_directory { 6 } else { 12 }).clamp(1, 4);
    let path = path.to_ascii_lowercase();
    let distance = |known: &str| edit_distance(&path, &known.to_ascii_lowercase(), allowed);
    let near = all().map(|(known, _)| (distance(known), *known)).min()?;
    (near.0 <= allowed).then_some(near.1)
}

/// The path of a command without its name: `/gun` of `/gun/energy`.
fn directory_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_is_what_was_meant() {
        for (typed, meant) in [
            ("/run/beamon", "/run/beamOn"),
            ("/gun/energie", "/gun/energy"),
            ("/random/setSeed", "/random/setSeeds"),
            ("/process/optical/cerenkov/setStackPhoton", "/process/optical/cerenkov/setStackPhotons"),
        ] {
            assert_eq!(nearest(typed), Some(meant));
            assert!(unknown(typed).advice.contains(meant));
        }
    }

    #[test]
    fn distant_commands_are_not_suggested() {
        for typed in ["/vis/open", "/vis/verbose", "/analysis/openFile", "/gun/spread", "/score/list", "/x"] {
            assert_eq!(nearest(typed), None, "{typed}");
        }
        assert!(unknown("/vis/open").advice.starts_with("no command of /vis/ has a meaning here"));
        assert!(unknown("/gun/spread").advice.contains("/gun/particle /gun/energy"));
    }
}
