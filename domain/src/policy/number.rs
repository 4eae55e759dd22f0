//! The number of a policy 保单号 in its one spelling.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A policy number. However it was typed, scanned or imported, it has one spelling: half width, capital letters,
/// without spaces, hyphens and invisible characters (process §4). It is folded where it is made or read, so that
/// rules, search, import and the store's look-ups compare the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct PolicyNumber(String);

impl PolicyNumber {
    /// Fewest letters and digits.
    pub const SHORTEST: usize = 8;
    /// Most letters and digits.
    pub const LONGEST: usize = 20;

    /// The number a text names, in its one spelling.
    pub fn new(text: &str) -> Self {
        Self(text.chars().map(narrow).filter(|c| !is_ignored(*c)).flat_map(char::to_uppercase).collect())
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left of what was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is one: 8–20 letters and digits.
    pub fn is_valid(&self) -> bool {
        (Self::SHORTEST..=Self::LONGEST).contains(&self.0.len())
            && self.0.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
}

/// The plain form of a compatibility character, as NFKC gives it, for those that stand for a letter, a digit or a
/// hyphen: full width, superscript, subscript, circled and mathematical digits. The tables of full NFKC would cost
/// the browser more than the rules.
fn narrow(c: char) -> char {
    let from = |first: u32, zero: u8| char::from_u32(u32::from(c) - first + u32::from(zero)).unwrap_or(c);
    match c {
        '\u{ff01}'..='\u{ff5e}' => from(0xff01, b'!'),
        '\u{b9}' => '1',
        '\u{b2}' | '\u{b3}' => from(0xb2, b'2'),
        '\u{2070}' | '\u{24ea}' => '0',
        '\u{2074}'..='\u{2079}' => from(0x2074, b'4'),
        '\u{2080}'..='\u{2089}' => from(0x2080, b'0'),
        '\u{2460}'..='\u{2468}' => from(0x2460, b'1'),
        '\u{24b6}'..='\u{24cf}' => from(0x24b6, b'A'),
        '\u{24d0}'..='\u{24e9}' => from(0x24d0, b'A'),
        '\u{1d7ce}'..='\u{1d7ff}' => {
            char::from_u32((u32::from(c) - 0x1d7ce) % 10 + u32::from(b'0')).unwrap_or(c)
        }
        other => other,
    }
}

/// Spaces, hyphens and dashes, and what nobody sees: controls, joiners, direction marks, variation selectors.
fn is_ignored(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '-' | '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2010}'..='\u{2015}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2043}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2212}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{fe31}'..='\u{fe32}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{e0000}'..='\u{e01ef}'
        )
}

impl fmt::Display for PolicyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for PolicyNumber {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for PolicyNumber {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl<'de> Deserialize<'de> for PolicyNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("31002184662A")]
    #[case(" 3100 2184 662a ")]
    #[case("3100-2184-662A")]
    #[case("３１００２１８４６６２ａ")]
    #[case("3100\u{2011}2184\u{2212}662A")]
    #[case("3100－2184－662A")]
    #[case("\u{feff}3100\u{200b}2184\u{202d}662A\u{202c}")]
    #[case("3100\u{3000}2184\u{a0}662A\t\r\n")]
    #[case("③①00²¹84662Ⓐ")]
    fn has_one_spelling(#[case] typed: &str) {
        let number = PolicyNumber::new(typed);
        assert_eq!(number.as_str(), "31002184662A");
        assert!(number.is_valid());
        let read: PolicyNumber = serde_json::from_value(typed.into()).unwrap();
        assert_eq!(read, number, "also where it is read");
        assert_eq!(PolicyNumber::new(number.as_str()), number, "folding twice folds once");
    }

    #[rstest]
    #[case("")]
    #[case("- \u{200b}")]
    #[case("1234567")]
    #[case("123456789012345678901")]
    #[case("31002184662/")]
    #[case("保单31002184")]
    fn is_8_to_20_letters_and_digits(#[case] typed: &str) {
        assert!(!PolicyNumber::new(typed).is_valid(), "{typed}");
    }
}
