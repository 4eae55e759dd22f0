//! The Plumbline API over one store.

pub mod auth;
pub mod config;
pub mod error;
pub mod extract;
pub mod metrics;
pub mod request;
pub mod seal;
pub mod site;
pub mod source;
pub mod telemetry;
