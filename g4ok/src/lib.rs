//! The facade G4Opticks: geometry in, gensteps in, hits out.
