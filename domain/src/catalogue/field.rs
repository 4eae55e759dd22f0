//! Fields of an item: type, whether required and double-keyed, and rules as data (process §4).

use super::{
    label::{Choice, Label},
    pattern::{CharClass, PatternPart},
};
use crate::{id::FieldKey, money::Money, policy::PolicyNumber, secret::SecretKind, value::Value};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Type of a field. It fixes the form of the value and the rules every field of the type keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldType {
    /// Free text, one line, at most 200 characters.
    Text,
    /// Name of a person, 2–60 characters.
    Name,
    /// A day.
    Date,
    /// An amount above zero.
    Money,
    /// A ratio, 1–1,000,000 per million.
    Ratio,
    /// One of these.
    Choice(Vec<Choice>),
    /// An identity document.
    IdentityDocument,
    /// A mobile number of the mainland: 11 digits, 13–19.
    Mobile,
    /// A postal code: 6 digits.
    PostalCode,
    /// A bank account: 12–19 digits; the Luhn digit only warns.
    BankAccount,
    /// A policy number: 8–20 letters and digits.
    PolicyNumber,
    /// Beneficiaries with order and share.
    Beneficiaries,
    /// A relation to the insured, of the catalogue's list.
    Relation,
    /// A payment mode, of the catalogue's list.
    PaymentMode,
    /// A postal address, 5–120 characters.
    Address,
    /// An e-mail address.
    Email,
}

impl FieldType {
    /// Free text and addresses: ticked, never keyed blind.
    pub const fn is_prose(&self) -> bool {
        matches!(self, Self::Text | Self::Address)
    }

    /// Identity numbers, accounts, amounts, beneficiary shares: always keyed twice.
    pub const fn is_critical(&self) -> bool {
        matches!(
            self,
            Self::IdentityDocument | Self::BankAccount | Self::Money | Self::Ratio | Self::Beneficiaries
        )
    }

    /// Whether a value has the form of the type.
    pub const fn takes(&self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Name | Self::PostalCode | Self::PolicyNumber => {
                matches!(value, Value::Text(_))
            }
            Self::Date => matches!(value, Value::Date(_)),
            Self::Money => matches!(value, Value::Money(_)),
            Self::Ratio => matches!(value, Value::Ratio(_)),
            Self::Choice(_) | Self::Relation | Self::PaymentMode => matches!(value, Value::Choice(_)),
            Self::IdentityDocument => matches!(value, Value::Document(_)),
            Self::Mobile | Self::BankAccount | Self::Address | Self::Email => {
                matches!(value, Value::Secret(_))
            }
            Self::Beneficiaries => matches!(value, Value::Beneficiaries(_)),
        }
    }

    /// Whether two values of the type say the same; unknown (`None`) where a plain personal value meets a sealed
    /// one. A policy number has one spelling; everything else compares as [`Value::same`] says.
    pub fn same(&self, a: &Value, b: &Value) -> Option<bool> {
        match (self, a, b) {
            (Self::PolicyNumber, Value::Text(a), Value::Text(b)) => {
                Some(PolicyNumber::new(a) == PolicyNumber::new(b))
            }
            _ => a.same(b),
        }
    }

    /// How personal values in it are masked; none where there are none. Identity numbers inside documents
    /// and beneficiaries count.
    pub const fn secret_kind(&self) -> Option<SecretKind> {
        match self {
            Self::IdentityDocument | Self::Beneficiaries => Some(SecretKind::Identity),
            Self::Mobile => Some(SecretKind::Phone),
            Self::BankAccount => Some(SecretKind::Account),
            Self::Address | Self::Email => Some(SecretKind::Address),
            _ => None,
        }
    }
}

/// A fact of the policy a field may be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicyFact {
    /// The holder's name.
    Holder,
    /// The insured's name.
    Insured,
    /// The payment mode.
    PaymentMode,
}

/// A rule of one field, beyond those of its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Rule {
    /// Number of characters.
    Length {
        /// At least.
        min: u16,
        /// At most.
        max: u16,
    },
    /// Every character of one of these classes.
    Characters(Vec<CharClass>),
    /// A pattern from first to last character.
    Pattern(Vec<PatternPart>),
    /// Today or later.
    NotPast,
    /// Today or earlier.
    NotFuture,
    /// A birth date at least so many years ago.
    AgeAtLeast(u8),
    /// An amount between two others, both included.
    MoneyRange {
        /// At least.
        min: Money,
        /// At most.
        max: Money,
    },
    /// None of these choices.
    NoneOf(Vec<Cow<'static, str>>),
    /// The same as the policy has.
    AsPolicy(PolicyFact),
    /// Another than the policy has: a change that changes nothing.
    NotAsPolicy(PolicyFact),
    /// The same as another field.
    AsField(FieldKey),
    /// The birth date the resident ID of another field carries.
    BirthDateOf(FieldKey),
    /// The sex the resident ID of another field carries; choices `male` and `female`.
    SexOf(FieldKey),
}

/// What holds where the application does not state a field that need not be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SilentRule {
    /// Its code, unique in the field.
    pub code: Cow<'static, str>,
    /// What it says.
    pub label: Label,
    /// It gives a value of its own, which Entry and the core then show. Without, the field is left out of both.
    #[serde(default, skip_serializing_if = "is_false")]
    pub gives_value: bool,
}

/// A field of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldSpec {
    /// Its key, unique in the item: `a`–`z`, `0`–`9`, `_`.
    pub key: FieldKey,
    /// Its name.
    pub label: Label,
    /// Its type.
    pub kind: FieldType,
    /// Whether it must be given.
    pub required: bool,
    /// Declared a key field (a date of effect); types that always are need no declaration.
    #[serde(default, skip_serializing_if = "is_false")]
    pub double_keyed: bool,
    /// Its rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What holds where the application does not state it: of these the rechecker names one. None for a required
    /// field; a catalogue of an older version, which named none, lets what is not asked for stay as it was.
    #[serde(default = "unchanged", skip_serializing_if = "is_unchanged")]
    pub when_silent: Vec<SilentRule>,
}

/// Code of the rule that what is not asked for stays as it was.
pub const UNCHANGED: &str = "unchanged";

/// What is not asked for stays as it was.
pub(super) fn unchanged() -> Vec<SilentRule> {
    let label = Label::new("未申请变更，维持原状", "Not asked for; stays as it was");
    vec![SilentRule { code: Cow::Borrowed(UNCHANGED), label, gives_value: false }]
}

fn is_unchanged(rules: &[SilentRule]) -> bool {
    matches!(rules, [rule] if rule.code == UNCHANGED && !rule.gives_value)
}

impl FieldSpec {
    /// The rule of that code that says what holds where the application does not state the field.
    pub fn silent_rule(&self, code: &str) -> Option<&SilentRule> {
        self.when_silent.iter().filter(|_| !self.required).find(|rule| rule.code == code)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// A rule between fields of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldsRule {
    /// At least one of these is given.
    AtLeastOne(Vec<FieldKey>),
    /// A field is required where a choice has been taken.
    RequiredWhen {
        /// The field required.
        field: FieldKey,
        /// The choice field.
        when: FieldKey,
        /// The choice taken.
        is: Cow<'static, str>,
    },
    /// A field is required where another is given.
    RequiredWith {
        /// The field required.
        field: FieldKey,
        /// The field given.
        with: FieldKey,
    },
}
