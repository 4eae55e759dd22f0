//! The one SQL source of the store, compiled once for each engine.
//!
//! `store-sqlite` and `store-postgres` are this same source with the dialect of their engine: [`dialect`] holds the
//! engine's type, how connections are opened, how writes are carried out, and the few statements that must
//! differ. Everything else is one text that both engines understand.
//!
//! Rules of the text: `$1` places, `RETURNING`, `ON CONFLICT`, row values for keyset pages, `NULLS` always
//! said, booleans bare or bound; no `now()`, no `LIKE`, no arrays, no casts by `::`. Statements are checked at
//! compile time against both engines; those built at run time (lists of units, filters, many rows) are carried
//! out by the contract tests with data on both.
//!
//! Architecture invariant: only `DateTime<Utc>` in whole milliseconds, dates, texts, integers, booleans, bytes
//! and UUIDs are bound. `SQLite` keeps times as RFC 3339 text with no or three digits of a second; these sort as
//! they read, because `+` comes before `.`, and the schema refuses any other length.

mod audit;
mod bulk;
mod case;
mod check;
#[cfg(test)]
mod contract;
mod dashboard;
pub mod dialect;
mod error;
mod factor;
mod feed;
mod import;
mod job;
mod key;
mod ledger;
mod people;
mod pulse;
mod queue;
mod restore;
mod rows;
#[cfg(all(feature = "postgres", feature = "scratch"))]
pub mod scratch;
mod session;
mod slip;
mod sql_store;
#[cfg(feature = "scratch")]
pub mod tamper;
mod text;
mod tx;
mod verify;

pub use sql_store::{Options, SqlStore};
