//! Patterns in a small form of our own, so that the browser carries no regular-expression engine.
//!
//! A pattern is a row of parts, each a class of characters and how many of them; a text matches when the
//! parts, in order, use it up.

use serde::{Deserialize, Serialize};

/// A class of characters. Letters are ASCII unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CharClass {
    /// 0–9
    Digit,
    /// A–Z, a–z
    Letter,
    /// 0–9, A–Z, a–z
    LetterOrDigit,
    /// A Chinese character.
    Han,
    /// What names of people are written in: letters of any script, space, `·` and its look-alikes, `.`, `-`, `'`.
    Name,
    /// Anything that can be seen, and the space.
    Visible,
    /// That very character.
    Is(char),
}

impl CharClass {
    /// Whether a character belongs to it.
    pub fn contains(self, c: char) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::Letter => c.is_ascii_alphabetic(),
            Self::LetterOrDigit => c.is_ascii_alphanumeric(),
            Self::Han => is_han(c),
            Self::Name => {
                c.is_alphabetic() || matches!(c, ' ' | '·' | '•' | '‧' | '・' | '．' | '.' | '-' | '\'' | '’')
            }
            Self::Visible => !c.is_control() && (c == ' ' || c == '\u{3000}' || !c.is_whitespace()),
            Self::Is(literal) => c == literal,
        }
    }
}

/// 〇, the unified ideographs with extensions A to H, and the compatibility block.
const fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

/// So many characters of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatternPart {
    /// Which characters.
    pub class: CharClass,
    /// At least so many.
    pub min: u8,
    /// At most so many.
    pub max: u8,
}

impl PatternPart {
    /// Between `min` and `max` characters of a class.
    pub const fn new(class: CharClass, min: u8, max: u8) -> Self {
        Self { class, min, max }
    }

    /// Exactly `n` characters of a class.
    pub const fn exactly(class: CharClass, n: u8) -> Self {
        Self::new(class, n, n)
    }
}

/// Whether a text matches a pattern from its first to its last character. Each part takes as much as it can
/// and gives back where the rest needs it.
pub fn matches_pattern(parts: &[PatternPart], text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    matches_from(parts, &chars)
}

fn matches_from(parts: &[PatternPart], chars: &[char]) -> bool {
    let Some((part, rest)) = parts.split_first() else { return chars.is_empty() };
    let most = chars.iter().take(usize::from(part.max)).take_while(|c| part.class.contains(**c)).count();
    (usize::from(part.min)..=most).rev().any(|taken| matches_from(rest, &chars[taken..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_the_rest_needs() {
        let parts =
            [PatternPart::new(CharClass::LetterOrDigit, 1, 9), PatternPart::exactly(CharClass::Digit, 2)];
        assert!(matches_pattern(&parts, "ab12"));
        assert!(matches_pattern(&parts, "112"));
        assert!(!matches_pattern(&parts, "12"));
        assert!(!matches_pattern(&parts, "ab1"));
        assert!(!matches_pattern(&parts, "ab12-"));
    }

    #[test]
    fn an_empty_pattern_matches_nothing_but_nothing() {
        assert!(matches_pattern(&[], ""));
        assert!(!matches_pattern(&[], "a"));
    }

    #[test]
    fn classes_know_names_and_han() {
        for name in ["买买提·艾力", "O'Neil-Smith", "顾文娟", "𠮷野"] {
            assert!(name.chars().all(|c| CharClass::Name.contains(c)), "{name}");
        }
        assert!(!CharClass::Name.contains('7') && !CharClass::Name.contains('<'));
        assert!(CharClass::Han.contains('〇') && !CharClass::Han.contains('a'));
        assert!(!CharClass::Visible.contains('\n') && !CharClass::Visible.contains('\u{0}'));
    }
}
