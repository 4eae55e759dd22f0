//! What is wrong with a field: where, which rule, and the facts needed to word it. No fault carries a value.

use crate::{
    catalogue::{field::PolicyFact, identity::ResidentIdFault, pattern::CharClass},
    id::FieldKey,
    money::Money,
    value::DocumentKind,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether a fault refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FaultSeverity {
    /// Shown; the value may stand.
    Warn,
    /// Refuses.
    Error,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// JSON pointer relative to the map of fields: `/beneficiaries/beneficiaries/named/1/share_ppm`.
    pub pointer: String,
    /// The rule broken.
    pub rule: FieldRule,
    /// Whether it refuses.
    pub severity: FaultSeverity,
}

impl FieldFault {
    /// A fault that refuses.
    pub(crate) const fn error(pointer: String, rule: FieldRule) -> Self {
        Self { pointer, rule, severity: FaultSeverity::Error }
    }

    pub(super) const fn warn(pointer: String, rule: FieldRule) -> Self {
        Self { pointer, rule, severity: FaultSeverity::Warn }
    }

    /// Whether it refuses.
    pub fn is_error(&self) -> bool {
        self.severity == FaultSeverity::Error
    }
}

/// The rule a value breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldRule {
    /// Must be given.
    Required,
    /// Must be given because of a choice.
    RequiredWhen {
        /// The choice field.
        when: FieldKey,
        /// The choice taken.
        is: String,
    },
    /// Must be given because another is.
    RequiredWith {
        /// The field given.
        with: FieldKey,
    },
    /// One of these must be given.
    AtLeastOne {
        /// The fields.
        fields: Vec<FieldKey>,
    },
    /// The item has no such field.
    Unknown,
    /// A value of another form.
    WrongType,
    /// Too short or too long.
    Length {
        /// At least, characters.
        min: u16,
        /// At most, characters.
        max: u16,
        /// There are.
        actual: u16,
    },
    /// A character that has no place here.
    Characters {
        /// What may stand.
        allowed: Vec<CharClass>,
    },
    /// Not the field's pattern.
    Pattern,
    /// A day gone by.
    NotPast {
        /// The day.
        day: NaiveDate,
        /// The business day.
        today: NaiveDate,
    },
    /// A day to come.
    NotFuture {
        /// The day.
        day: NaiveDate,
        /// The business day.
        today: NaiveDate,
    },
    /// Too young.
    AgeAtLeast {
        /// Full years.
        years: u8,
    },
    /// Must be above zero.
    NotPositive,
    /// Out of range.
    MoneyRange {
        /// At least.
        min: Money,
        /// At most.
        max: Money,
    },
    /// Not between 1 and 1,000,000 per million.
    Ratio,
    /// No such choice.
    UnknownChoice,
    /// Not as the policy has it.
    AsPolicy {
        /// Which fact.
        fact: PolicyFact,
    },
    /// What the policy has already.
    NotAsPolicy {
        /// Which fact.
        fact: PolicyFact,
    },
    /// Not as another field has it.
    AsField {
        /// The other field.
        field: FieldKey,
    },
    /// Not a resident ID, or not one that can be.
    ResidentId {
        /// Why.
        fault: ResidentIdFault,
    },
    /// Not a number of that kind of document.
    DocumentNumber {
        /// The kind.
        kind: DocumentKind,
    },
    /// The document has expired.
    DocumentExpired {
        /// Its last day.
        expired: NaiveDate,
        /// The business day.
        today: NaiveDate,
    },
    /// Not the birth date the identity number carries.
    BirthDateDiffers {
        /// The document's field.
        document: FieldKey,
    },
    /// Not the sex the identity number carries.
    SexDiffers {
        /// The document's field.
        document: FieldKey,
    },
    /// A character that nobody sees, or that turns the direction of others.
    Invisible {
        /// Which character, from 1.
        at: u16,
    },
    /// Not digits from 13 to 19.
    Mobile,
    /// Not 11 digits.
    MobileLength {
        /// Digits there are, without country code.
        actual: u16,
    },
    /// Not 6 digits.
    PostalCode,
    /// Not 8–20 letters and digits.
    PolicyNumber,
    /// Not an e-mail address.
    Email,
    /// Not 12–19 digits.
    AccountLength {
        /// Characters there are.
        actual: u16,
    },
    /// The last digit is not the Luhn digit; not every bank keeps to it, hence a warning.
    AccountLuhn,
    /// Found wrong when it was sealed.
    SealedInvalid,
    /// Nobody named.
    NoBeneficiary,
    /// Too many.
    TooManyBeneficiaries {
        /// At most.
        max: u8,
    },
    /// An order between the first and the last has nobody.
    OrderGap {
        /// The order missing.
        missing: u8,
    },
    /// Shares of an order do not make the whole.
    ShareSum {
        /// The order.
        order: u8,
        /// Their sum, per million.
        sum_ppm: u64,
    },
    /// Some of an order have a share, others not.
    ShareMissing {
        /// The order.
        order: u8,
    },
    /// A share of nothing.
    ShareZero,
    /// The same person as another.
    SameBeneficiary {
        /// Index of the other.
        other: u16,
    },
}

/// The pointer of a field in the map of fields (RFC 6901).
pub(super) fn pointer(key: &FieldKey) -> String {
    format!("/{}", key.as_str().replace('~', "~0").replace('/', "~1"))
}
