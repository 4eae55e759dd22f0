//! The pages: each reads its address, asks for data and puts components together.

pub mod catalogue;
pub mod frame;
pub mod queue;
pub mod shell;
pub mod sign_in;
