//! Modules.

use std::ffi::c_char;

use super::pointers::{List, Out, Text};
use crate::device::Handle;
use crate::driver::Refusal;
use crate::error::CudaError;

/// Options of the compiler that are understood: the most registers of a thread, where its complaints go, and how much room
/// there is.
const MAX_REGISTERS: u32 = 0;
const ERROR_LOG: u32 = 5;
const ERROR_LOG_BYTES: u32 = 6;

/// The most registers of a thread, where the options name them.
fn most_registers(n: u32, options: List<u32>, values: List<Out<c_char>>) -> Result<Option<i32>, CudaError> {
    for i in 0..n as usize {
        if options.get(i)? == MAX_REGISTERS {
            return Ok(Some(values.get(i)?.as_number() as i32));
        }
    }
    Ok(None)
}

/// Writes the words of a refusal where the options want them.
fn complain(words: &str, n: u32, options: List<u32>, values: List<Out<c_char>>) -> Result<(), CudaError> {
    let (mut place, mut room) = (None, 0);
    for i in 0..n as usize {
        match options.get(i)? {
            ERROR_LOG => place = Some(values.get(i)?),
            ERROR_LOG_BYTES => room = values.get(i)?.as_number() as i32,
            _ => {}
        }
    }
    place.map_or(Ok(()), |place| place.put_text(words, room))
}

shells! {
    fn cuModuleLoadData(module: Out<Handle>, image: Text) |driver| {
        module.check()?;
        module.put(driver.load_module(&image.bytes()?, None).map_err(|refusal| refusal.error)?)
    }

    fn cuModuleLoadDataEx(
        module: Out<Handle>,
        image: Text,
        n: u32,
        options: List<u32>,
        values: List<Out<c_char>>,
    ) |driver| {
        module.check()?;
        match driver.load_module(&image.bytes()?, most_registers(n, options, values)?) {
            Ok(loaded) => module.put(loaded),
            Err(Refusal { error, words }) => {
                complain(&words, n, options, values)?;
                Err(error)
            }
        }
    }

    fn cuModuleLoad(module: Out<Handle>, path: Text) |driver| {
        module.check()?;
        let image = std::fs::read(path.text()?).map_err(|_| CudaError::FileNotFound)?;
        module.put(driver.load_module(&image, None).map_err(|refusal| refusal.error)?)
    }

    fn cuModuleUnload(module: Handle) |driver| { driver.unload_module(module) }

    fn cuModuleGetFunction(function: Out<Handle>, module: Handle, name: Text) |driver| {
        function.check()?;
        function.put(driver.function(module, &name.text()?)?)
    }

    fn cuModuleGetGlobal_v2(address: Out<u64>, bytes: Out<usize>, module: Handle, name: Text) |driver| {
        let (start, size) = driver.global(module, &name.text()?)?;
        address.put_if_wanted(start);
        bytes.put_if_wanted(size);
        Ok(())
    }
}
