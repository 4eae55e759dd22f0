//! Texts: lengths, characters, patterns, names, e-mail.

use super::{Checking, FieldRule};
use crate::{
    catalogue::{
        field::Rule,
        pattern::{CharClass, PatternPart, is_invisible, matches_pattern},
    },
    secret::{normalise, phone},
    value::Value,
};

/// Digits of a mobile number of the mainland.
const MOBILE_DIGITS: usize = 11;
/// A postal code.
pub(super) const POSTAL_CODE: &[PatternPart] = &[PatternPart::exactly(CharClass::Digit, 6)];

impl Checking<'_> {
    /// A text that keeps a built-in pattern after width, spaces and case are forgiven.
    pub(super) fn formatted(&mut self, text: &str, pattern: &[PatternPart], rule: FieldRule) {
        if !matches_pattern(pattern, &normalise(text)) {
            self.fail(rule);
        }
    }

    /// A mobile number of the mainland: 11 digits from 13 to 19, however it is written ([`phone`]).
    pub(super) fn mobile(&mut self, text: &str) {
        let digits = phone(text);
        let actual = digits.chars().count();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            self.fail(FieldRule::Mobile);
        } else if actual != MOBILE_DIGITS {
            self.fail(FieldRule::MobileLength { actual: u16::try_from(actual).unwrap_or(u16::MAX) });
        } else if !matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) {
            self.fail(FieldRule::Mobile);
        }
    }

    /// Free text: length and nothing invisible.
    pub(super) fn prose(&mut self, text: &str, min: u16, max: u16) {
        self.fail_if(length(text.trim(), min, max));
        self.fail_if(invisible(text).or_else(|| characters(text.trim(), &[CharClass::Visible])));
    }

    /// A person's name: 2–60 characters of [`CharClass::Name`].
    pub(super) fn name(&mut self, text: &str) {
        self.fail_if(length(text.trim(), 2, 60));
        self.fail_if(invisible(text).or_else(|| characters(text.trim(), &[CharClass::Name])));
    }

    /// `local@domain` with a dot in the domain, as far as a clerk's slip can be seen; delivery alone proves it.
    pub(super) fn email(&mut self, text: &str) {
        let text = normalise(text);
        let good = text.split_once('@').is_some_and(|(local, domain)| {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
            let label = |label: &str| {
                (1..=63).contains(&label.len())
                    && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            };
            (1..=64).contains(&local.len())
                && local.chars().all(plain)
                && !local.starts_with('.')
                && !local.ends_with('.')
                && !local.contains("..")
                && domain.len() <= 253
                && domain.contains('.')
                && domain.split('.').all(label)
        });
        if !good {
            self.fail(FieldRule::Email);
        }
    }

    /// Rules on the text of a value: of plain text, and of personal values while they are plain.
    pub(super) fn text_rule(rule: &Rule, value: &Value) -> Option<FieldRule> {
        let text = match value {
            Value::Text(text) => text,
            Value::Secret(secret) => secret.plain()?,
            _ => return None,
        };
        match rule {
            Rule::Length { min, max } => length(text.trim(), *min, *max),
            Rule::Characters(allowed) => characters(text.trim(), allowed),
            Rule::Pattern(parts) => (!matches_pattern(parts, text.trim())).then_some(FieldRule::Pattern),
            _ => None,
        }
    }
}

fn length(text: &str, min: u16, max: u16) -> Option<FieldRule> {
    let actual = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
    (!(min..=max).contains(&actual)).then_some(FieldRule::Length { min, max, actual })
}

/// The first character nobody sees, by its place from 1; also at the ends, where trimming leaves it.
fn invisible(text: &str) -> Option<FieldRule> {
    let at = text.trim().chars().position(|c| is_invisible(c) && !matches!(c, '\n' | '\r' | '\t'))?;
    Some(FieldRule::Invisible { at: u16::try_from(at + 1).unwrap_or(u16::MAX) })
}

fn characters(text: &str, allowed: &[CharClass]) -> Option<FieldRule> {
    let good = text.chars().all(|c| allowed.iter().any(|class| class.contains(c)));
    (!good).then(|| FieldRule::Characters { allowed: allowed.to_vec() })
}
