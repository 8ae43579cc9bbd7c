//! Integration tests of npy.
