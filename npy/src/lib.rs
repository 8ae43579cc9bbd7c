//! Arrays of items that grow, with reservation, and the .npy format.
