//! Quality: samples, checks, findings, and what is drawn from them.

pub mod draw;
