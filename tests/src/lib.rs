//! Cross-crate tests and the invariants of the repository.
