//! Fields of items as inputs: every type of the catalogue, with its faults in words.

mod beneficiaries;
pub mod document;
pub mod keyed;
pub mod sheet;
pub mod slot;
mod value;

pub use keyed::{Keyed, Unread};
pub use sheet::{Purpose, Sheet, Shown, unread_words};
pub use slot::Slot;
pub use value::{Bare, FieldOf, Fields, KeyedInput, dated};
