//! What every page shares: who is signed in, the time, the person's settings, toasts, the connection.
//!
//! Each is a small handle in a context; copies are the same state.

pub mod clock;
pub mod connection;
pub mod drafts;
pub mod gate;
pub mod given;
pub mod keyboard;
pub mod live;
pub mod reconnect;
pub mod session;
pub mod settings;
pub mod storage;
pub mod timer;
pub mod trail;
pub mod windows;
