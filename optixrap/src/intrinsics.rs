//! The operations whose spelling differs between host and GPU. Both give the correctly rounded IEEE result.

/// Square root.
#[cfg(not(target_arch = "nvptx64"))]
#[inline(always)]
pub fn sqrt(x: f32) -> f32 {
    x.sqrt()
}

/// Square root in double precision, for solvers that need it.
#[cfg(not(target_arch = "nvptx64"))]
#[inline(always)]
pub fn sqrt_f64(x: f64) -> f64 {
    x.sqrt()
}

/// Square root.
#[cfg(target_arch = "nvptx64")]
#[inline(always)]
pub fn sqrt(x: f32) -> f32 {
    core::intrinsics::sqrtf32(x)
}

/// Square root in double precision, for solvers that need it.
#[cfg(target_arch = "nvptx64")]
#[inline(always)]
pub fn sqrt_f64(x: f64) -> f64 {
    core::intrinsics::sqrtf64(x)
}

/// In how many of the lanes that run together the condition holds. On a GPU these are the lanes of a warp, which wait
/// here for each other; on the host each lane is alone.
#[cfg(not(target_arch = "nvptx64"))]
#[inline(always)]
pub fn lanes_where(condition: bool) -> u32 {
    condition.into()
}

/// In how many of the lanes that run together the condition holds: the lanes of a warp, which wait here for each other.
#[cfg(target_arch = "nvptx64")]
#[inline(always)]
pub fn lanes_where(condition: bool) -> u32 {
    unsafe extern "C" {
        #[link_name = "llvm.nvvm.vote.ballot.sync"]
        fn ballot(mask: u32, condition: bool) -> u32;
    }
    // SAFETY: every lane of the warp that has not ended comes here.
    unsafe { ballot(u32::MAX, condition) }.count_ones()
}

/// The same reference; on a GPU what has been read through it is read again when it is needed, which takes less than
/// keeping it in registers.
#[cfg(not(target_arch = "nvptx64"))]
#[inline(always)]
pub fn anew<T>(value: &T) -> &T {
    value
}

/// The same reference; what has been read through it is read again when it is needed, which takes less than keeping it
/// in registers.
#[cfg(target_arch = "nvptx64")]
#[inline(always)]
pub fn anew<T>(value: &T) -> &T {
    let mut address = core::ptr::from_ref(value);
    // SAFETY: no instruction at all; but the compiler does not know that the address stays the same.
    unsafe { core::arch::asm!("// {0}", inout(reg64) address, options(nomem, nostack)) };
    // SAFETY: it is the address of `value`.
    unsafe { &*address }
}
