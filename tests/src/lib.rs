//! Tests that need more than one crate, and the invariants of the repository. There is nothing here to depend on:
//! see `tests/main.rs` for the table of contents.
