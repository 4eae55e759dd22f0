//! What crosses the wire between browser and server: one set of types, compiled twice.
//!
//! Times are RFC 3339 UTC, money `{minor, currency}`, ids UUID; errors are RFC 9457 problem documents
//! with a typed slug.

pub mod account;
pub mod audit;
pub mod behind;
pub mod case;
pub mod catalogue;
pub mod check;
pub mod dashboard;
pub mod live;
pub mod problem;
pub mod queue;
pub mod session;
pub mod slip;

pub use problem::{Problem, Slug};
