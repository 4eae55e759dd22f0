//! The keyboard: single letters, chords, modified keys, and a scanner that types like one.
//!
//! [`Keyboard`] is a plain state machine fed with [`Stroke`]s and times, so that it is tested without a browser;
//! [`listen`](listen::listen) connects it to the window.

pub mod keyboard;
pub mod listen;
pub mod shortcut;

pub use keyboard::{Focus, Heard, Keyboard, Reaction, Stroke};
pub use listen::{Scan, listen};
pub use shortcut::{Place, Shortcut, Verdict};
