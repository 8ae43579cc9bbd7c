//! The facade, its job and its programs.
