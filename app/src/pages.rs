//! The pages: each reads its address, asks for data and puts components together.

pub mod account;
pub mod approvals;
pub mod audit;
pub mod backlog;
pub mod case;
pub mod catalogue;
pub mod check;
pub mod checks;
pub mod frame;
pub mod intake;
pub mod leave;
pub mod loaded;
pub mod overlays;
pub mod part;
pub mod quality;
pub mod queue;
pub mod restored;
pub mod shell;
pub mod sign_in;
pub mod slips;
