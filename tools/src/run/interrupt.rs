//! Ctrl-C: the running event is given up, its unfinished files vanish, and the command ends with an error.

use optixrap::engine::{Engine, Interrupter};

use crate::ToolsError;

/// Passes Ctrl-C and termination on to the engine.
pub(super) fn watch(engine: &Engine) -> Result<(), ToolsError> {
    watch_with(engine.interrupter())
}

/// Passes Ctrl-C and termination on to whoever looks at the interrupter.
pub(crate) fn watch_with(interrupter: Interrupter) -> Result<(), ToolsError> {
    ctrlc::set_handler(move || interrupter.interrupt()).map_err(|e| ToolsError::Signal(e.to_string()))
}
