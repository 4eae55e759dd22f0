//! Checking the fields of an item against their types and rules (process §4).
//!
//! The same code runs in the browser and on the server. A plain personal value is checked in full; of a
//! sealed one only the verdict given when it was sealed is known, which [`secret_validity`] computes.

mod account;
mod beneficiaries;
mod document;
mod fault;
mod rule;
mod secrets;
mod text;

pub use account::luhn_digit;
pub use fault::{FaultSeverity, FieldFault, FieldRule};
pub use secrets::secret_validity;

use super::{
    field::{FieldSpec, FieldType, FieldsRule},
    item::Item,
    label::Choice,
};
use crate::{
    id::FieldKey,
    policy::{PaymentMode, PolicyFacts, PolicyNumber},
    secret::Secret,
    value::{Beneficiaries, Value},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What field rules need to know beside the value; see [`super::Catalogue::context`].
#[derive(Debug, Clone, Copy)]
pub struct FieldContext<'a> {
    /// Relations that may be chosen.
    pub relations: &'a [Choice],
    /// Payment modes that may be chosen.
    pub payment_modes: &'a [Choice],
    /// The policy; without it rules that compare with it are left out.
    pub policy: Option<&'a PolicyFacts>,
    /// The business day.
    pub today: NaiveDate,
}

/// The values of an item's fields.
type Values = BTreeMap<FieldKey, Value>;

/// Checks one value by itself: its type and its own rules. Rules that look at other fields are left to
/// [`check_fields`]. Pointers begin with the field's key.
pub fn check_field(spec: &FieldSpec, value: &Value, context: &FieldContext<'_>) -> Vec<FieldFault> {
    let mut checking = Checking { context, values: None, at: fault::pointer(&spec.key), faults: Vec::new() };
    checking.field(spec, value);
    checking.faults
}

/// Checks a value that is no field of an item by a type of field. Pointers begin with `at`.
pub fn check_as(kind: &FieldType, at: &str, value: &Value, context: &FieldContext<'_>) -> Vec<FieldFault> {
    let mut checking = Checking { context, values: None, at: at.to_owned(), faults: Vec::new() };
    if !checking.typed(kind, value) {
        checking.fail(FieldRule::WrongType);
    }
    checking.faults
}

/// Checks all fields of an item: what is required is there, nothing unknown is, every value keeps its type and
/// rules, and the rules between fields hold. Pointers are relative to the map of fields, into its JSON form.
pub fn check_fields(item: &Item, values: &Values, context: &FieldContext<'_>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for key in values.keys().filter(|key| item.field(key).is_none()) {
        faults.push(FieldFault::error(fault::pointer(key), FieldRule::Unknown));
    }
    for spec in &item.fields {
        let at = fault::pointer(&spec.key);
        match given(values, &spec.key) {
            Some(value) => {
                let mut checking = Checking { context, values: Some(values), at, faults: Vec::new() };
                checking.field(spec, value);
                faults.append(&mut checking.faults);
            }
            None if spec.required => faults.push(FieldFault::error(at, FieldRule::Required)),
            None => {}
        }
    }
    for rule in &item.rules {
        faults.extend(between(rule, values));
    }
    faults
}

/// The value of a field, where one was given: blanks are none.
fn given<'a>(values: &'a Values, key: &FieldKey) -> Option<&'a Value> {
    values.get(key).filter(|value| match value {
        Value::Text(text) | Value::Choice(text) => !text.trim().is_empty(),
        Value::Secret(secret) => !secret.is_empty(),
        _ => true,
    })
}

fn between(rule: &FieldsRule, values: &Values) -> Option<FieldFault> {
    match rule {
        FieldsRule::AtLeastOne(keys) => {
            let none = keys.iter().all(|key| given(values, key).is_none());
            let first = keys.first().filter(|_| none)?;
            Some(FieldFault::error(fault::pointer(first), FieldRule::AtLeastOne { fields: keys.clone() }))
        }
        FieldsRule::RequiredWhen { field, when, is } => {
            let taken = matches!(given(values, when), Some(Value::Choice(code)) if code == is);
            (taken && given(values, field).is_none()).then(|| {
                let rule = FieldRule::RequiredWhen { when: when.clone(), is: is.to_string() };
                FieldFault::error(fault::pointer(field), rule)
            })
        }
        FieldsRule::RequiredWith { field, with } => {
            let needed = given(values, with).is_some() && given(values, field).is_none();
            needed.then(|| {
                FieldFault::error(fault::pointer(field), FieldRule::RequiredWith { with: with.clone() })
            })
        }
    }
}

/// One value being checked.
struct Checking<'a> {
    context: &'a FieldContext<'a>,
    values: Option<&'a Values>,
    at: String,
    faults: Vec<FieldFault>,
}

impl Checking<'_> {
    fn fail(&mut self, rule: FieldRule) {
        self.faults.push(FieldFault::error(self.at.clone(), rule));
    }

    fn fail_if(&mut self, broken: Option<FieldRule>) {
        if let Some(rule) = broken {
            self.fail(rule);
        }
    }

    fn field(&mut self, spec: &FieldSpec, value: &Value) {
        if !self.typed(&spec.kind, value) {
            return self.fail(FieldRule::WrongType);
        }
        for rule in &spec.rules {
            self.rule(rule, value);
        }
    }

    /// Checks what every value of the type keeps; false where the value has another form.
    fn typed(&mut self, kind: &FieldType, value: &Value) -> bool {
        match (kind, value) {
            (FieldType::Text, Value::Text(text)) => self.prose(text, 1, 200),
            (FieldType::Name, Value::Text(text)) => self.name(text),
            (FieldType::PostalCode, Value::Text(text)) => {
                self.formatted(text, text::POSTAL_CODE, FieldRule::PostalCode);
            }
            (FieldType::PolicyNumber, Value::Text(text)) => {
                if !PolicyNumber::new(text).is_valid() {
                    self.fail(FieldRule::PolicyNumber);
                }
            }
            (FieldType::Money, Value::Money(amount)) => {
                if amount.minor <= 0 {
                    self.fail(FieldRule::NotPositive);
                }
            }
            (FieldType::Ratio, Value::Ratio(ppm)) => {
                if !(1..=1_000_000).contains(ppm) {
                    self.fail(FieldRule::Ratio);
                }
            }
            (FieldType::Choice(choices), Value::Choice(code)) => self.chosen(choices, code),
            (FieldType::Relation, Value::Choice(code)) => self.chosen(self.context.relations, code),
            (FieldType::PaymentMode, Value::Choice(code)) => self.chosen(self.context.payment_modes, code),
            (FieldType::Mobile, Value::Secret(secret)) => self.secret(secret, Self::mobile),
            (FieldType::BankAccount, Value::Secret(secret)) => self.secret(secret, Self::account),
            (FieldType::Address, Value::Secret(secret)) => {
                self.secret(secret, |checking, text| checking.prose(text, 5, 120));
            }
            (FieldType::Email, Value::Secret(secret)) => self.secret(secret, Self::email),
            (FieldType::IdentityDocument, Value::Document(document)) => {
                let at = format!("{}/document", self.at);
                self.document(&at, document);
            }
            (FieldType::Date, Value::Date(_))
            | (FieldType::Beneficiaries, Value::Beneficiaries(Beneficiaries::Statutory)) => {}
            (FieldType::Beneficiaries, Value::Beneficiaries(Beneficiaries::Named(list))) => {
                self.beneficiaries(list);
            }
            _ => return false,
        }
        true
    }

    fn chosen(&mut self, choices: &[Choice], code: &str) {
        if !choices.iter().any(|choice| choice.code == code) {
            self.fail(FieldRule::UnknownChoice);
        }
    }

    /// Checks a plain personal value in full; a sealed one by the verdict it carries.
    fn secret(&mut self, secret: &Secret, check: impl FnOnce(&mut Self, &str)) {
        match secret {
            Secret::Plain(text) => check(self, text),
            Secret::Sealed(sealed) if !sealed.valid => self.fail(FieldRule::SealedInvalid),
            Secret::Sealed(_) => {}
        }
    }
}

/// The payment mode of a choice code: the wire name of [`PaymentMode`].
pub(super) fn payment_mode(code: &str) -> Option<PaymentMode> {
    [
        ("single", PaymentMode::Single),
        ("annual", PaymentMode::Annual),
        ("half_yearly", PaymentMode::HalfYearly),
        ("quarterly", PaymentMode::Quarterly),
        ("monthly", PaymentMode::Monthly),
    ]
    .into_iter()
    .find_map(|(name, mode)| (name == code).then_some(mode))
}

#[cfg(test)]
mod tests;
