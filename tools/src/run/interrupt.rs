//! Ctrl-C, termination and a terminal that closes: the running event is given up, what is complete is reported, and the
//! command ends with the code that shells give to the signal.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use optixrap::engine::Interrupter;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

use crate::ToolsError;

/// Which signal has asked the command to end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interruption(Arc<AtomicUsize>);

impl Interruption {
    /// Passes the first signal on to whoever looks at the interrupter; the second ends the program at once. Under `nohup`
    /// a terminal that closes is ignored.
    pub(crate) fn watch(interrupter: &Interrupter) -> Result<Self, ToolsError> {
        let interruption = Self::default();
        let came = interrupter.flag();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // Scripts have background jobs ignore SIGINT, and send it to end them: that one is always heard.
            if signal == SIGHUP && sysrap::SProc::ignores_signal(signal) {
                continue;
            }
            let failed = |error: std::io::Error| ToolsError::Signal(error.to_string());
            // The order counts: the first signal finds the flag down, and raises it.
            flag::register_conditional_shutdown(signal, 128 + signal, came.clone()).map_err(failed)?;
            flag::register(signal, came.clone()).map_err(failed)?;
            flag::register_usize(signal, interruption.0.clone(), signal as usize).map_err(failed)?;
        }
        Ok(interruption)
    }

    /// The error as one that ends the command with the signal's code, if it was a signal that led to it.
    pub(crate) fn mark(&self, error: ToolsError) -> ToolsError {
        match self.0.load(Ordering::Relaxed) {
            0 => error,
            signal => ToolsError::Signalled { signal: signal as u8, error: Box::new(error) },
        }
    }
}
