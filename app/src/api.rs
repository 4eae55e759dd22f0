//! The server as pages see it: typed reads and commands. Nothing else in the browser knows an address.
//!
//! Reads are values ([`Load`]) that [`crate::query`] fetches and keeps; commands are methods of [`Api`], which
//! carries the key that makes a command safe to send twice, the version it was decided on, and the wait for a
//! new sign-in when the session has ended.

pub mod account;
pub mod case;
pub mod check;
pub mod conflict;
pub mod dashboard;
pub mod failure;
pub mod key;
pub mod live;
pub mod load;
pub mod queue;
pub mod send;
pub mod session;
pub mod slip;
pub mod transport;

pub use failure::Failure;
pub use load::{Load, Tag};
pub use send::{Api, use_api};
