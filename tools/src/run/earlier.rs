//! What an earlier run left in the folder of this one.

use std::fs;
use std::path::Path;

use super::report_file;
use crate::ToolsError;

/// The results of an event.
const OF_AN_EVENT: [&str; 5] = ["hits.npy", "hiys.npy", "photons.npy", "records.npy", "gensteps.npy"];
/// The files of a run.
const OF_A_RUN: [&str; 4] = [report_file::NAME, "geometry.json", "profile.npy", "profile.png"];

/// Removes the files that an earlier run wrote into `folder`, so that those of two runs are never taken for one's.
/// Whatever else lies there stays, and so do arrays that this run reads (`inputs` are files and folders), and links, since
/// this run has already opened what they point at.
pub(super) fn remove(folder: &Path, inputs: &[&Path]) -> Result<(), ToolsError> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = &whole(folder);
    let reads = |path: &Path| inputs.iter().any(|input| path.starts_with(whole(input)));
    for name in OF_A_RUN {
        remove_file(&folder.join(name))?;
    }
    let failed = |source| ToolsError::Write { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !is_of_an_event(&entry.file_name().to_string_lossy()) {
            continue;
        }
        for name in OF_AN_EVENT.map(|name| entry.path().join(name)) {
            if !reads(&name) {
                remove_file(&name)?;
            }
        }
        // A folder that holds something else stays.
        let _ = fs::remove_dir(entry.path());
    }
    Ok(())
}

fn is_of_an_event(name: &str) -> bool {
    let number = name.strip_prefix("event_");
    number.is_some_and(|n| n.len() >= 3 && n.bytes().all(|b| b.is_ascii_digit()))
}

fn remove_file(path: &Path) -> Result<(), ToolsError> {
    if path.is_symlink() {
        return Ok(());
    }
    match fs::remove_file(path) {
        Err(source) if path.exists() => Err(ToolsError::Write { path: path.to_owned(), source }),
        _ => Ok(()),
    }
}
