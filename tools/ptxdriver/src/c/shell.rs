//! What every shell does: lock the driver, run the body, keep panics inside, write the log.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::driver::Driver;
use crate::error::{Answer, CudaError};
use crate::settings::Settings;

/// The number of success.
const SUCCESS: u32 = 0;

/// The driver of this process, made by the first call.
static DRIVER: Mutex<Option<Driver>> = Mutex::new(None);

/// Runs the body of the function `name`; the number that C gets. Where the variables are not understood, every call
/// fails.
pub(super) fn call(name: &str, body: impl FnOnce(&mut Driver) -> Answer<()>) -> u32 {
    let answer = catch_unwind(AssertUnwindSafe(|| {
        let mut place = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_none() {
            *place = Some(Driver::new(Settings::from_environment().map_err(|_| CudaError::SystemNotReady)?));
        }
        let driver = place.as_mut().ok_or(CudaError::Unknown)?;
        let answer = body(driver);
        driver.note(name, answer);
        answer
    }));
    match answer {
        Ok(Ok(())) => SUCCESS,
        Ok(Err(error)) => error.code(),
        Err(_) => CudaError::Unknown.code(),
    }
}

/// Defines functions of the Driver API: `fn name(arguments) |driver| { body }`.
macro_rules! shells {
    ($(fn $name:ident($($argument:ident: $type:ty),* $(,)?) |$driver:pat_param| $body:block)*) => {$(
        // SAFETY: the name is one of the Driver API, which nothing else in a process that loads this library defines.
        #[unsafe(no_mangle)]
        extern "C" fn $name($($argument: $type),*) -> u32 {
            $crate::c::shell::call(stringify!($name), |$driver| $body)
        }
    )*};
}
