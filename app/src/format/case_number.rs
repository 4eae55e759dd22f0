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

/// Whether a text is the number of a case or slip, whole (`SH-260318-0417`, a bar code's check character behind it) or
/// short (`0318-0417`): what may be said again where anything could have been typed or scanned.
pub fn is_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let sequence =
        |part: &str| (4..=7).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    match parts.as_slice() {
        [unit, day, rest] => {
            (1..=6).contains(&unit.len())
                && unit.bytes().all(|b| b.is_ascii_alphanumeric())
                && digits(day, 6)
                && sequence(rest)
        }
        [day, rest] => digits(day, 4) && sequence(rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_cases_are_numbers() {
        for number in ["SH-260318-0417", "SH-260318-0417K", "SH01-260318-J0012", "0318-0417"] {
            assert!(is_number(number), "{number}");
        }
        for other in ["11010519491231002X", "13812341234", "138-1234-1234", "6222021234567894", "0417", ""] {
            assert!(!is_number(other), "{other}");
        }
    }

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
