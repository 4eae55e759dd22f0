//! Invented customers, policies and applications: they keep the rules, but for those that are meant not to.

mod application;
mod customer;
mod policy;
mod values;

pub(super) use application::{Application, Fate, Invention};
pub(super) use values::altered;
