//! Bank accounts: length refuses, the Luhn digit (ISO/IEC 7812-1) only warns.

use super::{Checking, FieldFault, FieldRule};
use crate::secret::normalise;

impl Checking<'_> {
    pub(super) fn account(&mut self, text: &str) {
        let digits = normalise(text).replace('-', "");
        let actual = u16::try_from(digits.chars().count()).unwrap_or(u16::MAX);
        if !(12..=19).contains(&actual) || !digits.chars().all(|c| c.is_ascii_digit()) {
            return self.fail(FieldRule::AccountLength { actual });
        }
        let (body, last) = digits.split_at(digits.len() - 1);
        if luhn_digit(body) != last.chars().next() {
            self.faults.push(FieldFault::warn(self.at.clone(), FieldRule::AccountLuhn));
        }
    }
}

/// The Luhn digit that completes a row of digits; none where they are not.
pub fn luhn_digit(body: &str) -> Option<char> {
    let mut sum = 0;
    for (index, c) in body.chars().rev().enumerate() {
        let digit = c.to_digit(10)?;
        // From the right, beginning with the last of the body, every other digit counts double.
        let counted = if index % 2 == 0 { digit * 2 } else { digit };
        sum += counted / 10 + counted % 10;
    }
    char::from_digit((10 - sum % 10) % 10, 10)
}
