//! Integration tests of `optixrap`.

mod solids;
