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
                let sign = matches!(c, ' ' | '·' | '•' | '‧' | '・' | '．' | '.' | '-' | '\'' | '’');
                (c.is_alphabetic() || sign) && !is_invisible(c)
            }
            Self::Visible => c == ' ' || c == '\u{3000}' || !(c.is_whitespace() || is_invisible(c)),
            Self::Is(literal) => c == literal,
        }
    }
}

/// Whether nobody sees the character, or it changes how its neighbours are shown: controls, marks of direction, joiners
/// and separators without width, fillers, tags and variation selectors (Unicode 15: `Cc`, `Cf`, and the code points of
/// `Default_Ignorable_Code_Point` that count as letters or marks, with the blank of Braille). Two texts that differ
/// in nothing else look the same and are not. Spaces are seen.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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

    #[test]
    fn what_nobody_sees_is_of_no_class() {
        // Right-to-left override, zero-width space and joiner, soft hyphen, byte order mark, Hangul filler (a letter to
        // Unicode), Braille blank, a tag, a variation selector, a line separator.
        for c in
            "\u{202e}\u{200b}\u{200d}\u{ad}\u{feff}\u{3164}\u{2800}\u{e0041}\u{fe0f}\u{2028}\u{7}".chars()
        {
            assert!(is_invisible(c), "{c:?}");
            assert!(!CharClass::Visible.contains(c) && !CharClass::Name.contains(c), "{c:?}");
        }
        assert!(!"张 ·　aé".chars().any(is_invisible));
    }
}
