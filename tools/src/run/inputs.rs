//! The files that a run is given by their place on the command line.

use std::path::Path;

use cfg4::macros::is_macro_file;

use super::args::RunArgs;
use crate::ToolsError;

/// Geometry and macro, either or both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inputs<'a> {
    /// `None` for the built-in cube.
    pub(super) gdml: Option<&'a Path>,
    /// `None` for the default gun, or another source of photons.
    pub(super) macro_file: Option<&'a Path>,
}

impl<'a> Inputs<'a> {
    /// Sorts them: a macro alone shoots into the built-in cube.
    pub(super) fn of(args: &'a RunArgs) -> Result<Self, ToolsError> {
        let (first, second) = (args.gdml.as_deref(), args.macro_file.as_deref());
        let inputs = match (first, second) {
            (Some(first), None) if is_macro_file(first) => Self { gdml: None, macro_file: Some(first) },
            (Some(first), Some(_)) if is_macro_file(first) => {
                return Err(ToolsError::MacroFirst(first.to_owned()));
            }
            _ => Self { gdml: first, macro_file: second },
        };
        let other_source = args.torch.is_some() || args.input_photons.is_some() || !args.gensteps.is_empty();
        match inputs.macro_file {
            Some(path) if other_source => Err(ToolsError::MacroAndSource(path.to_owned())),
            _ => Ok(inputs),
        }
    }
}
