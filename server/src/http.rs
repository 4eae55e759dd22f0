//! Handlers, one file per resource: extract, ask, answer. Resources never import each other.

pub mod account;
pub mod audit;
pub mod cases;
pub mod catalogue;
pub mod checks;
pub mod commands;
pub mod dashboards;
pub mod draws;
pub mod health;
pub mod live;
pub mod queues;
pub mod search;
pub mod session;
pub mod slips;
