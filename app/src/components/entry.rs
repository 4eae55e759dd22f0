//! Inputs. Each stands in a [`Field`](super::Field), which names it, or carries a `label` of its own.
//!
//! What is typed goes out through callbacks and comes back as a value: inputs keep only what is half typed.

mod amount;
mod date;
mod select;
mod text;

pub use amount::{AmountInput, AmountInputProps};
pub use date::{DateInput, DateInputProps};
pub use select::{Choice, Select, SelectProps};
pub use text::{TextArea, TextAreaProps, TextInput, TextInputProps};
