//! Building the flat scene that the engines read from a [`cfg4::detector::Detector`].

pub mod solids;
