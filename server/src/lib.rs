//! The Plumbline API over one store.
//!
//! Reading order: [`routes`] (what there is), [`http`] (handlers), [`carry`] (how a command is carried out),
//! [`view`] (who sees what of a case), [`auth`] and [`seal`] (who is there, what stays secret), [`live`] and [`jobs`]
//! (what the server does by itself), [`cli`] (the commands of the binary).

pub mod archive;
pub mod audit;
pub mod auth;
pub mod candidates;
pub mod carry;
pub mod cli;
pub mod config;
pub mod dashboard;
pub mod directory;
pub mod error;
pub mod extract;
pub mod http;
pub mod import;
pub mod imported;
pub mod inspection;
pub mod jobs;
pub mod listen;
pub mod live;
pub mod metrics;
pub mod middleware;
pub mod opening;
pub mod pulse;
pub mod register;
pub mod request;
pub mod rotate;
pub mod routes;
pub mod sampling;
pub mod seal;
pub mod seed;
pub mod site;
pub mod source;
pub mod start;
pub mod state;
pub mod telemetry;
pub mod verify;
pub mod view;
