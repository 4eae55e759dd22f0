//! Who is there and what they may use: sign-in, sessions, passwords, second factors, throttling, permits.

pub mod change;
pub mod device;
pub mod factor;
pub mod known;
pub mod password;
pub mod permit;
pub mod session;
pub mod step;
pub mod throttle;
pub mod token;
pub mod totp;
