//! Ctrl-C: the running event is given up, its unfinished files vanish, and the command ends with an error.

use optixrap::engine::Engine;

use crate::ToolsError;

/// Passes Ctrl-C and termination on to the engine.
pub(super) fn watch(engine: &Engine) -> Result<(), ToolsError> {
    let interrupter = engine.interrupter();
    ctrlc::set_handler(move || interrupter.interrupt()).map_err(|e| ToolsError::Signal(e.to_string()))
}
