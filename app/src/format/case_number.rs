//! Numbers of cases and slips as people read them (architecture §3).

/// The form used in lists of one unit and year: `SH-260318-0417` reads `0318-0417`.
///
/// What does not have the full form is returned as it is: an imported case keeps the number of its source.
pub fn short_number(full: &str) -> &str {
    let mut parts = full.splitn(3, '-');
    let (Some(unit), Some(day), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return full;
    };
    let dated = day.len() == 6 && day.bytes().all(|b| b.is_ascii_digit());
    if unit.is_empty() || !dated || rest.is_empty() {
        return full;
    }
    &full[unit.len() + 3..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_numbers_are_shortened() {
        let cases = [
            ("SH-260318-0417", "0318-0417"),
            ("SH-260318-J0012", "0318-J0012"),
            ("10007", "10007"),
            ("SH-2603-0417", "SH-2603-0417"),
            ("case-260318-", "case-260318-"),
            ("", ""),
        ];
        for (full, short) in cases {
            assert_eq!(short_number(full), short);
        }
    }
}
