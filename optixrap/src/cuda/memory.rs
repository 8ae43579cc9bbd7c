//! Memory of a device and page-locked memory of the host, kept from launch to launch.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytemuck::{AnyBitPattern, NoUninit, cast_slice};
use cudarc::driver::result::{self, DriverError};
use cudarc::driver::sys::CUresult;
use cudarc::driver::{CudaContext, CudaStream};

use super::driver;
use super::error::{Bytes, CudaError, DeviceName};

/// Where parts of a buffer begin: addresses are multiples of this.
pub(super) const ALIGNMENT: usize = 256;

/// Allocations are multiples of this.
const GRANULE: usize = 64 << 10;

/// What a device's allocations add up to, and may at most.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) device: DeviceName,
    context: Arc<CudaContext>,
    budget: AtomicU64,
    held: AtomicU64,
    peak: AtomicU64,
}

impl Ledger {
    pub(super) fn new(device: DeviceName, context: Arc<CudaContext>) -> Arc<Self> {
        let zero = || AtomicU64::new(0);
        Arc::new(Self { device, context, budget: zero(), held: zero(), peak: zero() })
    }

    pub(super) fn set_budget(&self, bytes: u64) {
        self.budget.store(bytes, Ordering::Relaxed);
    }

    pub(super) fn budget(&self) -> u64 {
        self.budget.load(Ordering::Relaxed)
    }

    pub(super) fn held(&self) -> u64 {
        self.held.load(Ordering::Relaxed)
    }

    pub(super) fn peak(&self) -> u64 {
        self.peak.load(Ordering::Relaxed)
    }

    /// What an answer of the driver means.
    pub(super) fn explain(&self, doing: &'static str) -> impl Fn(DriverError) -> CudaError + '_ {
        move |error| driver::explain(&self.device, doing, error)
    }

    fn take(&self, bytes: u64) {
        let held = self.held.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.peak.fetch_max(held, Ordering::Relaxed);
    }

    fn no_memory(&self, doing: &'static str, asked: usize, error: DriverError) -> CudaError {
        if error.0 != CUresult::CUDA_ERROR_OUT_OF_MEMORY {
            return driver::explain(&self.device, doing, error);
        }
        let free = driver::memory().map_or(0, |(free, _)| free);
        let device = self.device.clone();
        CudaError::OutOfMemory { device, doing, asked: Bytes(asked as u64), free: Bytes(free) }
    }
}

/// A buffer in device memory that grows when it must, and loses its content then.
#[derive(Debug)]
pub(super) struct DeviceBuffer {
    ledger: Arc<Ledger>,
    purpose: &'static str,
    address: u64,
    capacity: usize,
}

impl DeviceBuffer {
    /// An empty buffer; `purpose` completes "not enough memory to ...".
    pub(super) fn new(ledger: &Arc<Ledger>, purpose: &'static str) -> Self {
        Self { ledger: ledger.clone(), purpose, address: 0, capacity: 0 }
    }

    /// Address of its first byte; 0 where it is empty.
    pub(super) fn address(&self) -> u64 {
        self.address
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes room for `bytes`. Nothing on the device may use the buffer meanwhile.
    ///
    /// # Errors
    /// If that is more than is allowed, or than there is.
    pub(super) fn reserve(&mut self, bytes: usize) -> Result<(), CudaError> {
        if bytes <= self.capacity {
            return Ok(());
        }
        self.release();
        let asked = bytes.next_multiple_of(GRANULE);
        let (held, budget) = (self.ledger.held(), self.ledger.budget());
        if held.saturating_add(asked as u64) > budget {
            let device = self.ledger.device.clone();
            let (asked, held, budget) = (Bytes(asked as u64), Bytes(held), Bytes(budget));
            return Err(CudaError::Budget { device, doing: self.purpose, asked, held, budget });
        }
        let ledger = &self.ledger;
        ledger.context.bind_to_thread().map_err(ledger.explain(self.purpose))?;
        // SAFETY: the memory belongs to this buffer until it is released, and is written before it is read.
        let got = unsafe { result::malloc_sync(asked) };
        self.address = got.map_err(|error| ledger.no_memory(self.purpose, asked, error))?;
        self.capacity = asked;
        ledger.take(asked as u64);
        Ok(())
    }

    /// Gives its memory back.
    pub(super) fn release(&mut self) {
        if self.capacity > 0 {
            // A device that is lost has no memory to give back: there is nothing to do about an error.
            let _ = self.ledger.context.bind_to_thread();
            // SAFETY: the address is that of an allocation, which nothing uses any more.
            let _ = unsafe { result::free_sync(self.address) };
            self.ledger.held.fetch_sub(self.capacity as u64, Ordering::Relaxed);
            (self.address, self.capacity) = (0, 0);
        }
    }

    /// Copies to the beginning of the buffer what is in page-locked memory, when the stream comes to it.
    ///
    /// # Safety
    /// Both must stay as they are until then.
    pub(super) unsafe fn upload(
        &self,
        from: &PinnedBuffer,
        bytes: usize,
        stream: &CudaStream,
    ) -> Result<(), DriverError> {
        debug_assert!(bytes <= self.capacity);
        // SAFETY: the bytes are inside both buffers, and the caller keeps these.
        unsafe { result::memcpy_htod_async(self.address, &from.bytes()[..bytes], stream.cu_stream()) }
    }

    /// Copies `bytes` to the beginning of the buffer, and waits until that is done.
    pub(super) fn upload_now(&self, bytes: &[u8], stream: &CudaStream) -> Result<(), DriverError> {
        debug_assert!(bytes.len() <= self.capacity);
        // SAFETY: the bytes fit, and are borrowed until the copy has ended.
        unsafe { result::memcpy_htod_async(self.address, bytes, stream.cu_stream()) }?;
        stream.synchronize()
    }

    /// Fills the first `bytes` with zeros when the stream comes to it.
    ///
    /// # Safety
    /// The buffer must stay until then.
    pub(super) unsafe fn clear(&self, bytes: usize, stream: &CudaStream) -> Result<(), DriverError> {
        debug_assert!(bytes <= self.capacity);
        // SAFETY: the bytes are inside the buffer, which the caller keeps.
        unsafe { result::memset_d8_async(self.address, 0, bytes, stream.cu_stream()) }
    }

    /// Copies `bytes` from `offset` on to `to`, at its `to_offset`, when the stream comes to it.
    ///
    /// # Safety
    /// Both must stay until then, and nobody may read the copy before.
    pub(super) unsafe fn download(
        &self,
        offset: usize,
        to: &mut PinnedBuffer,
        to_offset: usize,
        bytes: usize,
        stream: &CudaStream,
    ) -> Result<(), DriverError> {
        debug_assert!(offset + bytes <= self.capacity);
        let to = &mut to.bytes_mut()[to_offset..to_offset + bytes];
        // SAFETY: the bytes are inside both buffers, and the caller keeps these.
        unsafe { result::memcpy_dtoh_async(to, self.address + offset as u64, stream.cu_stream()) }
    }
}

impl Drop for DeviceBuffer {
    fn drop(&mut self) {
        self.release();
    }
}

/// Page-locked memory of the host, which devices copy from and to on their own. Grows when it must, and loses its
/// content then.
#[derive(Debug)]
pub(super) struct PinnedBuffer {
    ledger: Arc<Ledger>,
    pointer: *mut u8,
    capacity: usize,
}

// SAFETY: the memory belongs to this buffer alone, whichever thread has it.
unsafe impl Send for PinnedBuffer {}

impl PinnedBuffer {
    pub(super) fn new(ledger: &Arc<Ledger>) -> Self {
        Self { ledger: ledger.clone(), pointer: std::ptr::null_mut(), capacity: 0 }
    }

    /// Makes room for `bytes`. No copy from or to the buffer may be under way.
    ///
    /// # Errors
    /// If the system cannot lock as much.
    pub(super) fn reserve(&mut self, bytes: usize) -> Result<(), CudaError> {
        const DOING: &str = "be given page-locked memory of the host";
        if bytes <= self.capacity {
            return Ok(());
        }
        self.release();
        let asked = bytes.next_multiple_of(GRANULE);
        let ledger = &self.ledger;
        ledger.context.bind_to_thread().map_err(ledger.explain(DOING))?;
        // SAFETY: the memory belongs to this buffer until it is released.
        let got = unsafe { result::malloc_host(asked, 0) };
        let pointer = got.map_err(|error| ledger.no_memory(DOING, asked, error))?.cast::<u8>();
        // SAFETY: the allocation has this many bytes; they are read as bytes from now on.
        unsafe { pointer.write_bytes(0, asked) };
        (self.pointer, self.capacity) = (pointer, asked);
        Ok(())
    }

    /// Gives its memory back.
    pub(super) fn release(&mut self) {
        if self.capacity > 0 {
            let _ = self.ledger.context.bind_to_thread();
            // SAFETY: the pointer is that of an allocation, which nothing uses any more.
            let _ = unsafe { result::free_host(self.pointer.cast()) };
            (self.pointer, self.capacity) = (std::ptr::null_mut(), 0);
        }
    }

    fn bytes(&self) -> &[u8] {
        if self.capacity == 0 {
            return &[];
        }
        // SAFETY: the allocation has this many bytes, all written when it was made.
        unsafe { std::slice::from_raw_parts(self.pointer, self.capacity) }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        if self.capacity == 0 {
            return &mut [];
        }
        // SAFETY: as in `bytes`, and borrowed alone.
        unsafe { std::slice::from_raw_parts_mut(self.pointer, self.capacity) }
    }

    /// Puts values at an offset that is a multiple of [`ALIGNMENT`].
    pub(super) fn put<T: NoUninit>(&mut self, offset: usize, values: &[T]) {
        let bytes = cast_slice::<T, u8>(values);
        self.bytes_mut()[offset..offset + bytes.len()].copy_from_slice(bytes);
    }

    /// `count` values from an offset that is a multiple of [`ALIGNMENT`].
    pub(super) fn get<T: AnyBitPattern>(&self, offset: usize, count: usize) -> Vec<T> {
        cast_slice::<u8, T>(&self.bytes()[offset..offset + count * size_of::<T>()]).to_vec()
    }
}

impl Drop for PinnedBuffer {
    fn drop(&mut self) {
        self.release();
    }
}

/// Lays arrays one behind the other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Layout {
    /// Bytes so far.
    pub(super) bytes: usize,
}

impl Layout {
    /// The offset of `count` values of `T`.
    pub(super) fn place<T>(&mut self, count: usize) -> usize {
        let offset = self.bytes;
        self.bytes += (count * size_of::<T>()).next_multiple_of(ALIGNMENT);
        offset
    }
}
