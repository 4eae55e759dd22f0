//! The contract: one set of tests that both packages run, so that both engines do the same.
//!
//! PostgreSQL is the one `TEST_POSTGRES_URL` names; without it the tests fail and say so.

mod cases;
mod checks;
mod dashboards;
mod given;
mod harness;
mod identity;
mod imports;
mod next;
mod people;
mod plans;
mod queues;
mod race;
mod running;
mod schema;
mod slips;
mod tamper;
#[cfg(feature = "postgres")]
mod watermark;
mod writes;
