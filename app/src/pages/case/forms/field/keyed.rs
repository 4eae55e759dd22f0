//! What stands in an input, as typed: not yet a value, and not yet wrong.

use crate::format::{AmountError, DateError, decimal, full_date, parse_date};
use chrono::NaiveDate;
use domain::catalogue::{FieldSpec, FieldType};
use domain::money::Money;
use domain::secret::{Secret, SecretKind, canonical};
use domain::value::{Beneficiaries, Beneficiary, DocumentKind, IdentityDocument, Value};
use serde::{Deserialize, Serialize};

/// What stands in the input of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Keyed {
    /// A line of text; personal values too.
    Text(String),
    /// A date as far as it was read.
    Date(Result<Option<NaiveDate>, DateError>),
    /// An amount as far as it was read, minor units.
    Amount(Result<Option<i64>, AmountError>),
    /// A percentage.
    Percent(String),
    /// The code of a choice; empty for none.
    Choice(String),
    /// An identity document.
    Document(KeyedDocument),
    /// Beneficiaries.
    Beneficiaries(KeyedBeneficiaries),
}

/// An identity document as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedDocument {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number.
    pub number: String,
    /// Its last day, or 长期.
    pub expires: String,
}

impl Default for KeyedDocument {
    fn default() -> Self {
        Self { kind: DocumentKind::ResidentId, number: String::new(), expires: String::new() }
    }
}

/// One beneficiary as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedBeneficiary {
    /// Which row, for as long as the form is open: rows come and go.
    pub row: u32,
    /// Name.
    pub name: String,
    /// Code of the relation.
    pub relation: String,
    /// Document.
    pub document: KeyedDocument,
    /// Order.
    pub order: String,
    /// Share, per cent; empty for equal shares.
    pub share: String,
}

impl KeyedBeneficiary {
    fn blank(row: u32) -> Self {
        Self {
            row,
            name: String::new(),
            relation: String::new(),
            document: KeyedDocument::default(),
            order: "1".to_owned(),
            share: String::new(),
        }
    }
}

/// Beneficiaries as typed. Who is named stays while 法定 is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedBeneficiaries {
    /// Those the law names.
    pub statutory: bool,
    /// Those named.
    pub list: Vec<KeyedBeneficiary>,
}

impl Default for KeyedBeneficiaries {
    fn default() -> Self {
        Self { statutory: false, list: vec![KeyedBeneficiary::blank(0)] }
    }
}

impl KeyedBeneficiaries {
    /// Adds a blank row and says which.
    pub fn add(&mut self) -> u32 {
        let row = self.list.iter().map(|one| one.row + 1).max().unwrap_or(0);
        self.list.push(KeyedBeneficiary::blank(row));
        row
    }

    /// Takes a row away.
    pub fn remove(&mut self, row: u32) {
        self.list.retain(|one| one.row != row);
    }

    /// The place of a row, from 0.
    pub fn at(&self, row: u32) -> Option<usize> {
        self.list.iter().position(|one| one.row == row)
    }

    /// Nothing was typed.
    fn is_blank(&self) -> bool {
        let untouched = |one: &KeyedBeneficiary| *one == KeyedBeneficiary::blank(one.row);
        !self.statutory && self.list.iter().all(untouched)
    }
}

/// Why what stands in an input is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Must be given.
    Missing,
    /// No date.
    Date(DateError),
    /// No amount.
    Amount(AmountError),
    /// No percentage.
    Percent,
    /// No order.
    Order,
}

/// What an input says: a value, none where it is empty, and what cannot be read, by pointer below the field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// The value; half of one where something cannot be read.
    pub value: Option<Value>,
    /// What cannot be read.
    pub unread: Vec<(String, Unread)>,
}

impl Read {
    fn of(value: Option<Value>) -> Self {
        Self { value, unread: Vec::new() }
    }
}

impl Keyed {
    /// An empty input for a field.
    pub fn blank(kind: &FieldType) -> Self {
        match kind {
            FieldType::Date => Self::Date(Ok(None)),
            FieldType::Money => Self::Amount(Ok(None)),
            FieldType::Ratio => Self::Percent(String::new()),
            FieldType::Choice(_) | FieldType::Relation | FieldType::PaymentMode => {
                Self::Choice(String::new())
            }
            FieldType::IdentityDocument => Self::Document(KeyedDocument::default()),
            FieldType::Beneficiaries => Self::Beneficiaries(KeyedBeneficiaries::default()),
            FieldType::Text
            | FieldType::Name
            | FieldType::Mobile
            | FieldType::PostalCode
            | FieldType::BankAccount
            | FieldType::PolicyNumber
            | FieldType::Address
            | FieldType::Email => Self::Text(String::new()),
        }
    }

    /// An input that holds a value; a personal value nobody may read here leaves it empty.
    pub fn holding(spec: &FieldSpec, value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Date(day) => Self::Date(Ok(Some(*day))),
            Value::Money(money) => Self::Amount(Ok(Some(money.minor))),
            Value::Ratio(ppm) => Self::Percent(percent(*ppm)),
            Value::Choice(code) => Self::Choice(code.clone()),
            Value::Secret(secret) => Self::Text(match spec.kind {
                FieldType::BankAccount => in_fours(&text_of(secret)),
                _ => text_of(secret),
            }),
            Value::Document(document) => Self::Document(document_of(document)),
            Value::Beneficiaries(Beneficiaries::Statutory) => {
                Self::Beneficiaries(KeyedBeneficiaries { statutory: true, ..KeyedBeneficiaries::default() })
            }
            Value::Beneficiaries(Beneficiaries::Named(list)) => {
                let list = list.iter().zip(0..).map(|(one, row)| KeyedBeneficiary {
                    row,
                    name: one.name.clone(),
                    relation: one.relation.clone(),
                    document: document_of(&one.document),
                    order: one.order.to_string(),
                    share: one.share_ppm.map(percent).unwrap_or_default(),
                });
                Self::Beneficiaries(KeyedBeneficiaries { statutory: false, list: list.collect() })
            }
        }
    }

    /// Reads it as a value of the field's type.
    pub fn read(&self, kind: &FieldType, today: NaiveDate) -> Read {
        match self {
            Self::Text(text) => Read::of(filled(text).map(|text| match kind {
                // In their one spelling, in which two keyings are compared.
                FieldType::Mobile => Value::Secret(Secret::Plain(canonical(SecretKind::Phone, &text))),
                FieldType::BankAccount => Value::Secret(Secret::Plain(canonical(SecretKind::Account, &text))),
                FieldType::Address | FieldType::Email => Value::Secret(Secret::Plain(text)),
                FieldType::PostalCode => Value::Text(domain::secret::normalise(&text)),
                _ => Value::Text(text),
            })),
            Self::Choice(code) => Read::of(filled(code).map(Value::Choice)),
            Self::Date(Ok(day)) => Read::of(day.map(Value::Date)),
            Self::Date(Err(error)) => wrong(Unread::Date(*error)),
            Self::Amount(Ok(minor)) => Read::of(minor.map(|minor| Value::Money(Money::fen(minor)))),
            Self::Amount(Err(error)) => wrong(Unread::Amount(*error)),
            Self::Percent(text) => match (filled(text), parse_percent(text)) {
                (None, _) => Read::default(),
                (Some(_), Some(ppm)) => Read::of(Some(Value::Ratio(ppm))),
                (Some(_), None) => wrong(Unread::Percent),
            },
            Self::Document(document) if *document == KeyedDocument::default() => Read::default(),
            Self::Document(document) => {
                let (document, unread) = read_document("/document", document, today);
                Read { value: Some(Value::Document(document)), unread }
            }
            Self::Beneficiaries(keyed) if keyed.is_blank() => Read::default(),
            Self::Beneficiaries(keyed) => read_beneficiaries(keyed, today),
        }
    }

    /// Whether nothing was typed.
    pub fn is_blank(&self, kind: &FieldType) -> bool {
        match self {
            Self::Text(text) | Self::Percent(text) | Self::Choice(text) => text.trim().is_empty(),
            Self::Beneficiaries(keyed) => keyed.is_blank(),
            other => *other == Self::blank(kind),
        }
    }
}

fn wrong(why: Unread) -> Read {
    Read { value: None, unread: vec![(String::new(), why)] }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn text_of(secret: &Secret) -> String {
    secret.plain().unwrap_or_default().to_owned()
}

fn document_of(document: &IdentityDocument) -> KeyedDocument {
    let number = text_of(&document.number);
    let expires = match document.expires {
        Some(day) => full_date(day),
        // Without its number a document was not readable here, and its last day is asked for again.
        None if number.is_empty() => String::new(),
        None => LONG_TERM.to_owned(),
    };
    KeyedDocument { kind: document.kind, number, expires }
}

/// What is printed on a document without a last day.
pub const LONG_TERM: &str = "长期";

/// Reads the last day of a document: a date, or 长期 (also its first character, or `l` as in *long-term*).
pub fn parse_expiry(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Unread> {
    match text.trim() {
        "" => Err(Unread::Missing),
        "长" | "长期" | "長期" => Ok(None),
        text if text.eq_ignore_ascii_case("l") || text.eq_ignore_ascii_case("long-term") => Ok(None),
        text => parse_date(text, today).map(Some).map_err(Unread::Date),
    }
}

/// Reads a percentage with up to four decimals as parts of a million.
pub fn parse_percent(text: &str) -> Option<u32> {
    let plain: String = domain::secret::normalise(text);
    let plain = plain.strip_suffix('%').unwrap_or(&plain);
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 4 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let parts = format!("{whole}{decimals:0<4}");
    parts.parse().ok()
}

/// Parts of a million as a percentage without needless zeros: `33.3333`.
pub fn percent(ppm: u32) -> String {
    let text = decimal(f64::from(ppm) / 10_000.0, 4);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An account as cards print it: in groups of four.
pub fn in_fours(text: &str) -> String {
    let plain: Vec<char> = domain::secret::normalise(text).chars().filter(|c| *c != '-').collect();
    if plain.iter().any(|c| !c.is_ascii_digit()) {
        return text.trim().to_owned();
    }
    plain.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn read_document(
    at: &str,
    keyed: &KeyedDocument,
    today: NaiveDate,
) -> (IdentityDocument, Vec<(String, Unread)>) {
    let (expires, unread) = match parse_expiry(&keyed.expires, today) {
        Ok(expires) => (expires, Vec::new()),
        Err(why) => (None, vec![(format!("{at}/expires"), why)]),
    };
    let number = Secret::Plain(canonical(SecretKind::Identity, &keyed.number));
    (IdentityDocument { kind: keyed.kind, number, expires }, unread)
}

fn read_beneficiaries(keyed: &KeyedBeneficiaries, today: NaiveDate) -> Read {
    if keyed.statutory {
        return Read::of(Some(Value::Beneficiaries(Beneficiaries::Statutory)));
    }
    let (mut list, mut unread) = (Vec::new(), Vec::new());
    for (one, index) in keyed.list.iter().zip(0_usize..) {
        let at = format!("/beneficiaries/named/{index}");
        let (document, wrong) = read_document(&format!("{at}/document"), &one.document, today);
        unread.extend(wrong);
        let order = domain::secret::normalise(&one.order).parse::<u8>().ok().filter(|order| *order > 0);
        if order.is_none() {
            let why = if one.order.trim().is_empty() { Unread::Missing } else { Unread::Order };
            unread.push((format!("{at}/order"), why));
        }
        let share = filled(&one.share).map(|text| parse_percent(&text));
        if share == Some(None) {
            unread.push((format!("{at}/share_ppm"), Unread::Percent));
        }
        list.push(Beneficiary {
            name: one.name.trim().to_owned(),
            document,
            relation: one.relation.clone(),
            order: order.unwrap_or(1),
            share_ppm: share.flatten(),
        });
    }
    Read { value: Some(Value::Beneficiaries(Beneficiaries::Named(list))), unread }
}

#[cfg(test)]
#[path = "keyed_tests.rs"]
mod tests;
