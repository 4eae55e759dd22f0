//! The API as its users meet it: in process, over both stores, with people as values.

mod support;

mod case_lists;
mod checks;
mod crash;
mod dashboards;
mod documents;
mod event_logs;
mod idempotency;
mod imported;
mod jobs;
mod journey;
mod live;
mod next;
mod openapi;
mod permissions;
mod problems;
mod secrets;
mod seeds;
mod sessions;
mod slips;
