//! server

pub mod site;
