//! Reads a macro's file, with care.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::MacroError;

/// The most bytes that a macro may have.
const MAX_BYTES: u64 = 4 << 20;

/// Whether a file is a macro and not a geometry: by its name (`.mac`, `.gdml`, `.xml`), else by its first character
/// that is not blank, which is `/` or `#` in a macro. A file that cannot be read is none, unless it is called so.
pub fn is_macro_file(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_ascii_lowercase());
    match extension.as_ref().and_then(|e| e.to_str()) {
        Some("mac") => true,
        Some("gdml" | "xml") => false,
        _ => starts_as_macro(path),
    }
}

fn starts_as_macro(path: &Path) -> bool {
    const LONGEST_BLANK: u64 = 4096;
    if !std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        return false;
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST_BLANK).read_to_end(&mut start));
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    read.is_ok() && matches!(first, Some(b'/' | b'#'))
}

/// The text of a macro.
pub(super) fn read(path: &Path) -> Result<String, MacroError> {
    let io = |source| MacroError::Io { path: path.to_owned(), source };
    let not_a_macro = |problem: String| MacroError::NotAMacro { path: path.to_owned(), problem };
    let metadata = std::fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        return Err(not_a_macro("it is not a regular file".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(not_a_macro(format!("it has more than {MAX_BYTES} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        not_a_macro(format!("byte {} is not text (UTF-8)", error.utf8_error().valid_up_to()))
    })?;
    match text.find('\0') {
        Some(at) => Err(not_a_macro(format!("byte {at} is 0, which no text has"))),
        None => Ok(text),
    }
}
