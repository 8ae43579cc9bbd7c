//! Stopping an engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops the propagations of an engine from another thread or a signal handler.
#[derive(Debug, Clone, Default)]
pub struct Interrupter(Arc<AtomicBool>);

impl Interrupter {
    /// Makes the running propagation end with [`EngineError::Interrupted`](super::EngineError::Interrupted) soon, and
    /// every later one at once.
    pub fn interrupt(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether propagations have been stopped: other long work for the same run should end too.
    pub fn is_interrupted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// What [`interrupt`](Self::interrupt) raises: a signal handler may do no more than that.
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }
}
