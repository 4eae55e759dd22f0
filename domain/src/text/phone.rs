//! Mobile numbers of the mainland, as people write them.

use super::{is_invisible, narrow_char};

/// A mobile number in the one form it is kept in: eleven digits where it is one. Width, spaces, hyphens, brackets and
/// `+86`, `0086` or `86` in front are forgiven (process §4); what else stands in it stays, for the rule to refuse.
pub fn mobile(text: &str) -> String {
    let number: String = text
        .chars()
        .map(narrow_char)
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .filter(|c| !matches!(c, '-' | '(' | ')' | '\u{2010}'..='\u{2015}'))
        .collect();
    let bare = ["+86", "0086", "86"].iter().find_map(|code| number.strip_prefix(code));
    bare.filter(|bare| is_mobile(bare)).map(str::to_owned).unwrap_or(number)
}

/// Whether a number is one: eleven digits from 13 to 19.
pub fn is_mobile(number: &str) -> bool {
    let digits = number.as_bytes();
    digits.len() == 11
        && digits.iter().all(u8::is_ascii_digit)
        && digits[0] == b'1'
        && !matches!(digits[1], b'0'..=b'2')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgives_how_numbers_are_written() {
        for text in [
            "13812341234",
            "+86 138-1234-1234",
            "0086 13812341234",
            "8613812341234",
            "１３８ 1234 1234",
            "(+86)138 1234 1234",
        ] {
            assert_eq!(mobile(text), "13812341234", "{text}");
            assert!(is_mobile(&mobile(text)));
        }
    }

    #[test]
    fn what_is_none_stays_none() {
        for text in ["1.39E+10", "12012341234", "1381234123", "86123", "021-12345678"] {
            assert!(!is_mobile(&mobile(text)), "{text}");
        }
    }
}
