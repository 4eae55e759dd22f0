//! One spelling of numbers and names that files write in several.

use std::borrow::Cow;

use domain::text::{is_invisible, narrow_char, trimmed};

/// What stands in a value, without the blanks around it and without the guard by which a spreadsheet keeps a number a
/// text: `="310000006002"`, an apostrophe, a tab.
pub fn plain(value: &str) -> &str {
    let value = trimmed(value);
    if let Some(inner) = value.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return trimmed(inner);
    }
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => trimmed(rest),
        _ => value,
    }
}

/// How a number of a case is shown: full-width signs narrow, invisible characters gone, spaces within it single.
pub fn shown(number: &str) -> Cow<'_, str> {
    let number = trimmed(number);
    if number.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(number);
    }
    let narrow: String = number.chars().map(narrow_char).filter(|c| !is_invisible(*c)).collect();
    Cow::Owned(narrow.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// By what numbers of cases are told apart: as they are shown, in lower case. Zeros in front count.
pub fn key(number: &str) -> String {
    shown(number).to_lowercase()
}

/// Whether a number was cut by a spreadsheet: 1.39E+10.
pub fn is_cut(number: &str) -> bool {
    number.contains('+') && domain::text::amount::has_exponent(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_taken_off() {
        for value in ["=\"0310\"", "'0310", "\t0310", "0310\t", " 0310\u{a0}", "\u{200b}0310"] {
            assert_eq!(plain(value), "0310", "{value:?}");
        }
        assert_eq!(plain("'t Hooft"), "'t Hooft");
        assert_eq!(plain("=\"\""), "");
    }

    #[test]
    fn one_case_however_it_is_spelled_and_three_where_zeros_differ() {
        for number in ["A1", "\u{a0}A1\u{3000}", "\u{200b}A1", "a1", "Ａ１"] {
            assert_eq!(key(number), "a1", "{number:?}");
        }
        let keys: std::collections::BTreeSet<String> = ["007", "07", "7", "1 11", "11 1"].map(key).into();
        assert_eq!(keys.len(), 5);
        assert_eq!(shown("Ａ  １"), "A 1");
    }

    #[test]
    fn numbers_in_e_notation_were_cut() {
        assert!(is_cut("3.10022E+11") && is_cut("1.39E+10") && !is_cut("12E34") && !is_cut("A+E"));
    }
}
