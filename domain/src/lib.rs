//! What the department's rules are, as plain types and pure functions.
//!
//! Reading order: who and where ([`id`], [`mod@unit`], [`post`], [`actor`]), what is written down ([`money`],
//! [`secret`], [`value`], [`policy`], [`catalogue`]), how time is counted ([`time`]), what may happen to a
//! case ([`case`]), how quality is measured ([`quality`], [`statistics`]), and what crosses the wire ([`api`]).
//!
//! Architecture invariant: nothing here waits, reads a clock, draws a random number or does I/O. The same
//! code runs on the server, which enforces it, and in the browser, which shows it.

pub mod actor;
pub mod api;
pub mod case;
pub mod catalogue;
pub mod flow;
pub mod id;
pub mod limits;
pub mod money;
pub mod policy;
pub mod post;
pub mod quality;
pub mod secret;
pub mod statistics;
pub mod text;
pub mod time;
pub mod unit;
pub mod value;
