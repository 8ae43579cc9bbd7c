//! Modules: PTX texts that are loaded into a context.

use std::sync::Arc;

use ptxrun::Module;

use super::Driver;
use crate::device::Handle;
use crate::error::{Answer, CudaError};
use crate::ptx_header;

/// What a compiled image starts with: ELF, and the fat binary's magic number.
const BINARIES: [&[u8]; 2] = [b"\x7fELF", &0xba55_ed50_u32.to_le_bytes()];

/// A module in a context.
pub(super) struct LoadedModule {
    pub(super) context: Handle,
    pub(super) module: Arc<Module>,
    /// The most registers of a thread that whoever loaded it wants.
    pub(super) most_registers: Option<i32>,
}

/// Why a module is not loaded: the error, and the words for the log of the compiler.
pub(crate) struct Refusal {
    pub(crate) error: CudaError,
    pub(crate) words: String,
}

impl From<CudaError> for Refusal {
    fn from(error: CudaError) -> Self {
        Refusal { error, words: error.to_string() }
    }
}

impl Driver {
    /// `cuModuleLoadData`: compiles a PTX text, given without the zero at its end.
    pub(crate) fn load_module(
        &mut self,
        image: &[u8],
        most_registers: Option<i32>,
    ) -> Result<Handle, Refusal> {
        let loaded = self.try_load(image, most_registers);
        if let Err(Refusal { error, words }) = &loaded {
            self.note_fault(&format!("module: {}: {words}", error.name().to_string_lossy()));
        }
        loaded
    }

    fn try_load(&mut self, image: &[u8], most_registers: Option<i32>) -> Result<Handle, Refusal> {
        let context = self.here()?;
        let ordinal = self.usable(context)?.device;
        if BINARIES.iter().any(|magic| image.starts_with(magic)) {
            return Err(CudaError::NoBinaryForGpu.into());
        }
        let invalid = |words: String| Refusal { error: CudaError::InvalidPtx, words };
        let text = str::from_utf8(image).map_err(|e| invalid(e.to_string()))?;
        ptx_header::check(text, self.settings.driver_version, self.settings.capability)?;
        let device = &mut self.devices[ordinal];
        let module =
            Module::parse_at(text, device.memory.next_region()).map_err(|e| invalid(e.to_string()))?;
        device.memory.load(&module).map_err(|e| invalid(e.to_string()))?;
        for (_, address, bytes) in module.symbols() {
            device.note_variable(address.0, bytes);
        }
        let handle = self.new_handle();
        self.modules.insert(handle, LoadedModule { context, module: Arc::new(module), most_registers });
        Ok(handle)
    }

    /// `cuModuleUnload`.
    pub(crate) fn unload_module(&mut self, module: Handle) -> Answer<()> {
        let context = self.module(module)?.context;
        self.finish_context(context);
        self.usable(context)?;
        self.drop_module(module);
        Ok(())
    }

    /// A module of a usable context.
    pub(super) fn module(&self, module: Handle) -> Answer<&LoadedModule> {
        self.ready()?;
        let module = self.modules.get(&module).ok_or(CudaError::InvalidHandle)?;
        self.usable(module.context)?;
        Ok(module)
    }

    /// Takes a module and its variables away, whatever its context is like.
    pub(super) fn drop_module(&mut self, handle: Handle) {
        let Some(LoadedModule { module, .. }) = self.modules.remove(&handle) else { return };
        self.functions.retain(|_, function| function.module != handle);
        for (_, address, _) in module.symbols() {
            if let Ok(device) = self.device_at(address.0) {
                device.forget_variable(address.0);
                device.memory.free(address);
            }
        }
    }

    /// `cuModuleGetGlobal`: address and bytes of a variable.
    pub(crate) fn global(&self, module: Handle, name: &str) -> Answer<(u64, usize)> {
        let variable = self.module(module)?.module.symbol(name);
        variable.map(|(address, bytes)| (address.0, bytes)).ok_or(CudaError::NotFound)
    }
}
