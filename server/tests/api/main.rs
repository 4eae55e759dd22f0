//! The API as its users meet it: in process, over both stores, with people as values.

mod support;

mod checks;
mod dashboards;
mod documents;
mod idempotency;
mod jobs;
mod journey;
mod live;
mod next;
mod openapi;
mod permissions;
mod problems;
mod secrets;
mod sessions;
mod slips;
