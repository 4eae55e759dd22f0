//! How values are written on screen: the same digits and separators in every language.
//!
//! Words around them ("剩", "over") belong to [`crate::i18n`]; here are only figures, dates and numbers of things.

pub mod case_number;
pub mod entry;
pub mod moment;
pub mod number;
pub mod text;

pub use case_number::{is_number, short_number};
pub use entry::{AmountError, DateError, parse_amount, parse_count, parse_date, parse_time};
pub use moment::{clock_time, date, full_date, hours, local, moment, second_time, stamp, today};
pub use number::{amount, amount_plain, count, decimal, delta, percent, percent_range, pixels};
pub use text::{compare, initial, masked};
