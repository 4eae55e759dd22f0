//! Numbers people read: unit, day, sequence in unit and day, with a letter for everything but cases.

use chrono::NaiveDate;
use domain::id::UnitId;

/// Letter of the sequence cases are numbered by; it is not written.
pub const CASE: char = 'C';
/// Letter of hand-over slips 交接清单.
pub const SLIP: char = 'J';
/// Letter of draws 抽样.
pub const DRAW: char = 'S';

/// A case's number: `SH-260318-0417`.
pub fn case_number(unit: &UnitId, day: NaiveDate, sequence: u32) -> String {
    format!("{unit}-{}-{sequence:04}", day.format("%y%m%d"))
}

/// A number with its letter: `SH-260318-J003`.
pub fn lettered_number(unit: &UnitId, day: NaiveDate, letter: char, sequence: u32) -> String {
    format!("{unit}-{}-{letter}{sequence:03}", day.format("%y%m%d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_know_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 18).unwrap();
        assert_eq!(case_number(&"SH".into(), day, 417), "SH-260318-0417");
        assert_eq!(case_number(&"SH".into(), day, 12_345), "SH-260318-12345");
        assert_eq!(lettered_number(&"SH".into(), day, SLIP, 3), "SH-260318-J003");
    }
}
