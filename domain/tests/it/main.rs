//! The rules of a case, exercised from outside.

mod common;
mod explore;
mod properties;
mod route;
