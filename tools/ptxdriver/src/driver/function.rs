//! Kernels of loaded modules, and their attributes.

use ptxrun::KernelInfo;

use super::Driver;
use crate::attributes::{SHARED_PER_BLOCK, SHARED_PER_BLOCK_ON_REQUEST, THREADS_PER_BLOCK};
use crate::device::Handle;
use crate::error::{Answer, CudaError};

/// Registers that every kernel is said to take, unless its module was loaded with another bound.
const REGISTERS: i32 = 32;
/// Attribute: dynamic shared memory that a launch may ask for.
const MAX_DYNAMIC_SHARED: i32 = 8;
/// Attribute: preferred share of shared memory.
const CARVEOUT: i32 = 9;

/// A kernel.
pub(super) struct Function {
    pub(super) module: Handle,
    pub(super) kernel: KernelInfo,
    pub(super) shared_bytes: u32,
    /// Most dynamic shared memory of a launch.
    pub(super) dynamic_limit: u32,
    carveout: i32,
}

impl Function {
    /// Most threads of a block.
    pub(super) fn max_threads(&self) -> u32 {
        let declared = self.kernel.max_threads.and_then(|n| u32::try_from(n).ok());
        declared.map_or(THREADS_PER_BLOCK, |n| n.min(THREADS_PER_BLOCK))
    }
}

impl Driver {
    /// `cuModuleGetFunction`; the same kernel has one handle.
    pub(crate) fn function(&mut self, module: Handle, name: &str) -> Answer<Handle> {
        let compiled = &self.module(module)?.module;
        let (kernel, shared_bytes) =
            (compiled.kernel(name).ok_or(CudaError::NotFound)?, compiled.shared_bytes());
        let known = self.functions.iter().find(|(_, f)| f.module == module && f.kernel.name == name);
        if let Some((handle, _)) = known {
            return Ok(*handle);
        }
        let handle = self.new_handle();
        let dynamic_limit = SHARED_PER_BLOCK.saturating_sub(shared_bytes);
        self.functions.insert(handle, Function { module, kernel, shared_bytes, dynamic_limit, carveout: -1 });
        Ok(handle)
    }

    /// A kernel of a usable context.
    pub(super) fn known_function(&self, function: Handle) -> Answer<&Function> {
        let function = self.functions.get(&function).ok_or(CudaError::InvalidHandle)?;
        self.module(function.module)?;
        Ok(function)
    }

    /// `cuFuncGetModule`.
    pub(crate) fn module_of(&self, function: Handle) -> Answer<Handle> {
        Ok(self.known_function(function)?.module)
    }

    /// Offset and size of each parameter.
    pub(crate) fn parameters(&self, function: Handle) -> Answer<Vec<(usize, usize)>> {
        let params = &self.known_function(function)?.kernel.params;
        Ok(params.iter().map(|p| (p.offset as usize, p.size as usize)).collect())
    }

    /// `cuFuncGetAttribute`.
    pub(crate) fn function_attribute(&self, number: i32, function: Handle) -> Answer<i32> {
        let f = self.known_function(function)?;
        let loaded = self.module(f.module)?;
        let module = &loaded.module;
        let (version, _) = module.version_and_target();
        let (major, minor) = self.settings.capability;
        let value = match number {
            0 => f.max_threads() as i32,
            1 => f.shared_bytes as i32,
            3 => f.kernel.local_bytes as i32,
            4 => loaded.most_registers.unwrap_or(REGISTERS),
            5 => version.replace('.', "").parse().unwrap_or(0),
            6 => 10 * major + minor,
            MAX_DYNAMIC_SHARED => f.dynamic_limit as i32,
            CARVEOUT => f.carveout,
            2 | 7 | 10..=20 => 0,
            _ => return Err(CudaError::InvalidValue),
        };
        Ok(value)
    }

    /// `cuFuncSetAttribute`.
    pub(crate) fn set_function_attribute(&mut self, number: i32, value: i32, function: Handle) -> Answer<()> {
        self.known_function(function)?;
        let f = self.functions.get_mut(&function).ok_or(CudaError::InvalidHandle)?;
        match number {
            MAX_DYNAMIC_SHARED => {
                let bytes = u32::try_from(value).map_err(|_| CudaError::InvalidValue)?;
                if bytes > SHARED_PER_BLOCK_ON_REQUEST.saturating_sub(f.shared_bytes) {
                    return Err(CudaError::InvalidValue);
                }
                f.dynamic_limit = bytes;
            }
            CARVEOUT => f.carveout = value,
            _ => return Err(CudaError::InvalidValue),
        }
        Ok(())
    }
}
