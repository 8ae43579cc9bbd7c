//! Threads of the commands that work through many independent items.

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::ToolsError;

/// A pool of `threads` threads, 0 for one per core.
///
/// # Errors
/// [`ToolsError::Threads`] where the system has no more.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool, ToolsError> {
    let built = ThreadPoolBuilder::new().num_threads(threads).build();
    built.map_err(|e| ToolsError::Threads { threads, reason: e.to_string() })
}
