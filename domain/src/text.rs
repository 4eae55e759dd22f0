//! What people type and files hold, before a rule sees it: names, telephone numbers, amounts.
//!
//! One place for browser, server and import, so that what is forgiven and what is refused is the same everywhere.

pub mod amount;
pub mod name;
pub mod phone;

/// Full-width letters, digits and signs (U+FF01–FF5E), `￥` and the ideographic space as their ASCII twins: what Chinese
/// input methods produce.
pub fn narrow(text: &str) -> String {
    text.chars().map(narrow_char).collect()
}

/// The same of one character.
pub fn narrow_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{ffe5}' => '¥',
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    }
}

/// Characters that show nothing and turn nothing round: they come along when a value is copied out of a page or a
/// document, and at the ends of a value, or anywhere in a number, they mean nothing.
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Without the spaces of any kind and the invisible characters at both ends.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_is_folded_and_ends_are_trimmed() {
        assert_eq!(narrow("ＡＢ１２　：￥"), "AB12 :¥");
        assert_eq!(trimmed("\u{feff} A1\u{3000}\u{200b}\t"), "A1");
        assert_eq!(trimmed("\u{202e}A1"), "\u{202e}A1", "what turns text round is no blank");
    }
}
