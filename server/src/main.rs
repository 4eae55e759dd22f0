//! The `plumbline` command line.
fn main() {}
