//! Who is there and what they may use: sign-in, sessions, throttling, permits.

pub mod password;
pub mod permit;
pub mod session;
pub mod throttle;
pub mod token;
