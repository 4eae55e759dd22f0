//! Names of people and companies: any script, and nothing that a reader does not see.

use super::{is_invisible, trimmed};

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// A line break, a tab, a bell: U+0000–001F, U+007F–009F, U+2028, U+2029.
    #[error("holds a line break, tab or control character")]
    Control(char),
    /// A mark that turns text round, by which a name shows as another.
    #[error("holds a mark that changes the direction of writing")]
    Direction(char),
    /// A character that shows nothing.
    #[error("holds a character that shows nothing")]
    Invisible(char),
    /// A character for private use: it shows otherwise, or not at all, on another machine.
    #[error("holds a character for private use, which other machines do not show")]
    Private(char),
    /// What stands where a character could not be read.
    #[error("holds a character that was lost before")]
    Lost,
}

impl NameFault {
    /// The character meant.
    pub const fn character(self) -> char {
        match self {
            Self::Control(c) | Self::Direction(c) | Self::Invisible(c) | Self::Private(c) => c,
            Self::Lost => char::REPLACEMENT_CHARACTER,
        }
    }
}

/// What is wrong with a name (process §4: names refuse control, direction and invisible characters); its ends are
/// forgiven blanks.
pub fn name_fault(text: &str) -> Option<NameFault> {
    trimmed(text).chars().find_map(fault)
}

const fn fault(c: char) -> Option<NameFault> {
    match c {
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Some(NameFault::Control(c)),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(NameFault::Direction(c))
        }
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(NameFault::Private(c)),
        char::REPLACEMENT_CHARACTER => Some(NameFault::Lost),
        c if is_invisible(c) => Some(NameFault::Invisible(c)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_scripts_are_names() {
        for name in [
            "买买提·艾力江·阿卜杜热合曼",
            "𠮷野",
            "𡐤彦",
            "䶮昌",
            "王𬭛",
            "〇小星",
            "龘",
            "Ｏ’Ｎｅｉｌ",
            " 王敏\u{3000}",
        ] {
            assert_eq!(name_fault(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_not_seen_is_named() {
        let faults = [
            ("王\n敏", NameFault::Control('\n')),
            ("王\u{7}敏", NameFault::Control('\u{7}')),
            ("王\t敏", NameFault::Control('\t')),
            ("\u{202e}敏王", NameFault::Direction('\u{202e}')),
            ("王\u{200b}敏", NameFault::Invisible('\u{200b}')),
            ("王\u{e863}", NameFault::Private('\u{e863}')),
            ("王\u{fffd}", NameFault::Lost),
        ];
        for (name, fault) in faults {
            assert_eq!(name_fault(name), Some(fault), "{name:?}");
        }
    }
}
