//! Functions that a host may look for and that the stand-in does not have: they say so, and are in the log.

use crate::error::CudaError;

/// Defines functions that only fail. Their arguments are left where the caller has put them.
macro_rules! unsupported {
    ($($name:ident)*) => {
        shells! {$(
            fn $name() |driver| {
                driver.current()?;
                Err(CudaError::NotSupported)
            }
        )*}
    };
}

unsupported! {
    cuCtxEnablePeerAccess
    cuCtxResetPersistingL2Cache
    cuDestroyExternalMemory
    cuDeviceGetP2PAttribute
    cuDeviceSetMemPool
    cuExternalMemoryGetMappedBuffer
    cuGetProcAddress_v2
    cuGraphDestroy
    cuGraphExecDestroy
    cuGraphInstantiateWithFlags
    cuGraphLaunch
    cuGraphUpload
    cuImportExternalMemory
    cuLaunchCooperativeKernel
    cuLaunchHostFunc
    cuLaunchKernelEx
    cuMemAdvise_v2
    cuMemAllocFromPoolAsync
    cuMemAllocManaged
    cuMemHostGetDevicePointer_v2
    cuMemHostRegister_v2
    cuMemHostUnregister
    cuMemPoolCreate
    cuMemPoolDestroy
    cuMemPrefetchAsync_v2
    cuMemcpy
    cuMemcpyAsync
    cuModuleGetFunctionCount
    cuModuleLoadFatBinary
    cuOccupancyMaxActiveClusters
    cuOccupancyMaxPotentialBlockSizeWithFlags
    cuOccupancyMaxPotentialClusterSize
    cuPointerGetAttribute
    cuStreamAttachMemAsync
    cuStreamBeginCapture_v2
    cuStreamEndCapture
}
