//! The Plumbline browser app.
fn main() {}
