mod collector;
mod gdml;
mod genstep_files;
mod macros;
mod programs;
mod track;
