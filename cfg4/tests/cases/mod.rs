mod collector;
mod genstep_files;
mod macros;
mod programs;
