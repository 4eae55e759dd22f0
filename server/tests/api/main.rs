//! The API as its users meet it: in process, over both stores, with people as values.

mod support;

mod accounts;
mod archives;
mod audit;
mod case_lists;
mod checks;
mod crash;
mod dashboards;
mod documents;
mod event_logs;
mod exact;
mod fields;
mod fire;
mod hostile;
mod idempotency;
mod import_files;
mod import_flows;
mod imported;
mod jobs;
mod journey;
mod live;
mod next;
mod openapi;
mod people;
mod permissions;
mod problems;
mod rotation;
mod rules;
mod secrets;
mod seeds;
mod sessions;
mod slips;
mod tampering;
