//! How quality is measured: what is drawn, checked, found and disputed.

pub mod check;
pub mod draw;
pub mod points;
