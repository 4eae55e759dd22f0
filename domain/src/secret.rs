//! Personal values that the log must hold and nobody may read from it: identity numbers, telephones,
//! accounts, addresses.
//!
//! A value travels plain from the browser to the server, is sealed there before `decide` sees it, and is
//! never plain in an event. Rules that need the plain value are answered by the server alone; the browser
//! sees what a [`Sealed`] shows.

use crate::catalogue::is_invisible;
use serde::{Deserialize, Serialize, de, ser};
use std::fmt;

/// How a sealed value is masked (reference: masking conventions; ID first 3 last 4, bank last 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretKind {
    /// Identity document number.
    Identity,
    /// Mobile or landline number.
    Phone,
    /// Bank account.
    Account,
    /// Postal address.
    Address,
}

/// What is left of a personal value in the log and on most screens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sealed {
    /// Masked form, which keeps the length class: `138****1234`.
    pub masked: String,
    /// Keyed hash (HMAC-SHA-256, hex) of the normalised value: equal values have equal digests, so that
    /// comparison and exact search work without the plain value.
    pub digest: String,
    /// Whether the value met the rule of its field when it was sealed.
    pub valid: bool,
    /// Ciphertext under the case's data key (base64); absent in what the server sends to browsers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cipher: Option<String>,
}

/// A personal value: plain while it is typed and sent, sealed ever after.
///
/// On the wire a plain value is a JSON string and a sealed one an object.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Secret {
    /// As typed. Never stored, never logged.
    Plain(String),
    /// As stored.
    Sealed(Sealed),
}

impl Secret {
    /// What may be shown to anyone in scope.
    pub fn masked(&self) -> String {
        match self {
            Self::Plain(text) => mask(guess(text), text),
            Self::Sealed(sealed) => sealed.masked.clone(),
        }
    }

    /// The plain text, where there is one.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Sealed(_) => None,
        }
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Plain(text) if text.trim().is_empty())
    }

    /// Whether two values are the same after [`normalise`]; unknown (`None`) where one is plain and the
    /// other sealed: then only the server can say.
    pub fn same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Plain(a), Self::Plain(b)) => Some(normalise(a) == normalise(b)),
            (Self::Sealed(a), Self::Sealed(b)) => Some(a.digest == b.digest),
            _ => None,
        }
    }
}

/// Never prints a plain value, so that no log and no panic message holds one.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("Secret(plain)"),
            Self::Sealed(sealed) => write!(f, "Secret({})", sealed.masked),
        }
    }
}

impl Serialize for Secret {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::Sealed(sealed) => sealed.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Secret;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, or a sealed value")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
                Ok(Secret::Plain(text.to_owned()))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Secret, A::Error> {
                Sealed::deserialize(de::value::MapAccessDeserializer::new(map)).map(Secret::Sealed)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Secret {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::schema::OneOfBuilder::new()
            .description(Some("a plain string when sent, a sealed value when read"))
            .item(
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String),
            )
            .item(utoipa::openapi::Ref::from_schema_name("Sealed"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Secret {}

fn guess(text: &str) -> SecretKind {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match digits {
        11 => SecretKind::Phone,
        15 | 17 | 18 => SecretKind::Identity,
        12..=19 => SecretKind::Account,
        _ => SecretKind::Address,
    }
}

/// The masked form of a plain value.
pub fn mask(kind: SecretKind, text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let (head, tail) = match kind {
        SecretKind::Identity | SecretKind::Phone => (3, 4),
        SecretKind::Account => (0, 4),
        SecretKind::Address => (6, 0),
    };
    if chars.len() <= head + tail {
        return "*".repeat(chars.len());
    }
    let hidden = match kind {
        SecretKind::Address => 3,
        _ => chars.len() - head - tail,
    };
    let first: String = chars[..head].iter().collect();
    let last: String = chars[chars.len() - tail..].iter().collect();
    format!("{first}{}{last}", "*".repeat(hidden))
}

/// The form in which values are compared and hashed: full-width letters, digits and signs folded to
/// ASCII, spaces and what nobody sees taken out, letters in lower case (process §4, M2: comparison after NFKC, spaces and
/// case). Folding covers what Chinese input methods produce, U+FF01–FF5E and U+3000; full NFKC would
/// cost the browser its tables.
pub fn normalise(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The one spelling in which a personal value is kept, compared and hashed, whatever people type around it: of a
/// telephone its digits without country code, of an account its digits, of an identity number its characters in
/// capitals. An address stays as it was typed but for the space around it.
pub fn canonical(kind: SecretKind, text: &str) -> String {
    match kind {
        SecretKind::Phone => phone(text),
        SecretKind::Account => normalise(text).replace('-', ""),
        SecretKind::Identity => normalise(text).to_uppercase(),
        SecretKind::Address => text.trim().to_owned(),
    }
}

/// A telephone number without what people write around it: width, spaces, hyphens, brackets, and the country code of
/// the mainland as `+86`, `0086` or, before eleven digits, `86`.
pub fn phone(text: &str) -> String {
    let plain: String = normalise(text)
        .chars()
        .filter(|c| !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '(' | ')'))
        .collect();
    let rest = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).or_else(|| {
        let national = plain.strip_prefix("86")?;
        (national.len() == 11 && national.starts_with('1')).then_some(national)
    });
    rest.unwrap_or(&plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_by_kind() {
        assert_eq!(mask(SecretKind::Phone, "13812341234"), "138****1234");
        assert_eq!(mask(SecretKind::Identity, "310101199001011234"), "310***********1234");
        assert_eq!(mask(SecretKind::Account, "6222021234567890"), "************7890");
        assert_eq!(mask(SecretKind::Address, "上海市浦东新区世纪大道1号"), "上海市浦东新***");
        assert_eq!(mask(SecretKind::Phone, "1234"), "****");
    }

    #[test]
    fn normalises_width_space_and_case() {
        assert_eq!(normalise("ＡＢ 12　x"), "ab12x");
    }

    #[test]
    fn a_telephone_is_its_digits_however_it_is_written() {
        for text in [
            "13812341234",
            "+8613812341234",
            "+86 138 1234 1234",
            "0086-138-1234-1234",
            "86 13812341234",
            "１３８　１２３４　１２３４",
            "\u{202d}13812341234\u{202c}",
            "(+86) 138–1234–1234",
            " 138-12341234 ",
        ] {
            assert_eq!(phone(text), "13812341234", "{text}");
        }
        assert_eq!(phone("8613812"), "8613812", "no code before a number that is too short");
    }

    #[test]
    fn personal_values_have_one_spelling() {
        assert_eq!(canonical(SecretKind::Account, "6222-0212 3456"), "622202123456");
        assert_eq!(canonical(SecretKind::Identity, "110105 19491231 002ｘ"), "11010519491231002X");
        assert_eq!(canonical(SecretKind::Address, " 世纪大道 1 号 "), "世纪大道 1 号");
    }

    #[test]
    fn debug_shows_no_plain_value() {
        assert!(!format!("{:?}", Secret::Plain("13812341234".into())).contains("1381234"));
    }
}
