//! The rules of a case, exercised from outside.

mod book;
mod common;
mod explore;
mod onwards;
mod people;
mod properties;
mod registration;
mod route;
mod rules;
mod walk;
