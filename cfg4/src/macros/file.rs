//! Reads a macro's file, with care.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::MacroError;

/// The most bytes that a macro may have.
const MAX_BYTES: u64 = 4 << 20;

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
