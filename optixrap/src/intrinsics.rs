//! The operations whose spelling differs between host and GPU. Both give the correctly rounded IEEE result.

/// Square root.
#[inline(always)]
pub fn sqrt(x: f32) -> f32 {
    x.sqrt()
}

/// Square root in double precision, for solvers that need it.
#[inline(always)]
pub fn sqrt_f64(x: f64) -> f64 {
    x.sqrt()
}
