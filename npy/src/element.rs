//! The element types that arrays hold.

use std::fmt::Debug;

use bytemuck::Pod;

mod sealed {
    pub trait Sealed {}
}

/// Type of the elements of an array: `f32 f64 i8 i16 i32 i64 u8 u16 u32 u64`, and no other.
pub trait Element:
    Pod + PartialEq + PartialOrd + Debug + Send + Sync + npyz::AutoSerialize + sealed::Sealed
{
    /// Name of the type in .npy files, for example `<f4`.
    const DESCR: &'static str;

    /// The value in double precision, for summaries; 64-bit integers beyond 2^53 are rounded.
    fn to_f64(self) -> f64;

    /// The value ten wide as dumps show it, with three decimals for floating point types.
    fn dump_text(self) -> String;
}

macro_rules! element {
    ($type:ty, $descr:literal, $format:literal) => {
        impl sealed::Sealed for $type {}

        impl Element for $type {
            const DESCR: &'static str = $descr;

            fn to_f64(self) -> f64 {
                self as f64
            }

            fn dump_text(self) -> String {
                format!($format, self)
            }
        }
    };
}

element!(f32, "<f4", "{:10.3}");
element!(f64, "<f8", "{:10.3}");
element!(i8, "|i1", "{:10}");
element!(i16, "<i2", "{:10}");
element!(i32, "<i4", "{:10}");
element!(i64, "<i8", "{:10}");
element!(u8, "|u1", "{:10}");
element!(u16, "<u2", "{:10}");
element!(u32, "<u4", "{:10}");
element!(u64, "<u8", "{:10}");
