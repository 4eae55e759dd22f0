//! What an application says, field by field, and slips of the key.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::case::item::Fields;
use domain::catalogue::{
    Catalogue, FieldFault, FieldSpec, FieldType, FieldsRule, Item, PolicyFact, Rule, check_fields,
};
use domain::id::FieldKey;
use domain::policy::{PaymentMode, PolicyFacts};
use domain::secret::Secret;
use domain::value::{Beneficiaries, Beneficiary, Value};

use super::super::chance::Chance;
use super::super::names;
use super::customer::{Customers, Identity};
use super::policy::{earlier, later};

/// How likely a field that need not be given is.
const OPTIONAL: f64 = 0.6;

/// Values for an item that keep all its rules.
pub(super) fn values(
    catalogue: &Catalogue,
    item: &Item,
    policy: &PolicyFacts,
    mut customers: Customers<'_>,
) -> Fields {
    let mut wanted: Vec<&FieldSpec> = Vec::new();
    for spec in &item.fields {
        if spec.required || customers.chance.happens(OPTIONAL) {
            wanted.push(spec);
        }
    }
    let mut making = Making { catalogue, item, policy, identities: BTreeMap::new(), fields: Fields::new() };
    for spec in wanted {
        making.add(spec, &mut customers);
    }
    while let Some(spec) = making.lacks() {
        making.add(spec, &mut customers);
    }
    making.fields
}

struct Making<'a> {
    catalogue: &'a Catalogue,
    item: &'a Item,
    policy: &'a PolicyFacts,
    identities: BTreeMap<FieldKey, Identity>,
    fields: Fields,
}

impl<'a> Making<'a> {
    fn add(&mut self, spec: &'a FieldSpec, customers: &mut Customers<'_>) {
        let value = self.value(spec, customers);
        self.fields.insert(spec.key.clone(), value);
    }

    /// A field that the rules between fields ask for and that is not there.
    fn lacks(&self) -> Option<&'a FieldSpec> {
        let has = |key: &FieldKey| self.fields.contains_key(key);
        let chosen = |key: &FieldKey, code: &str| matches!(self.fields.get(key), Some(Value::Choice(choice)) if choice == code);
        let key = self.item.rules.iter().find_map(|rule| match rule {
            FieldsRule::AtLeastOne(keys) if !keys.iter().any(has) => keys.first(),
            FieldsRule::RequiredWhen { field, when, is } if chosen(when, is) && !has(field) => Some(field),
            FieldsRule::RequiredWith { field, with } if has(with) && !has(field) => Some(field),
            _ => None,
        })?;
        self.item.field(key)
    }

    fn value(&mut self, spec: &'a FieldSpec, customers: &mut Customers<'_>) -> Value {
        match &spec.kind {
            FieldType::Text => Value::Text(customers.bank()),
            FieldType::Name => Value::Text(self.name(spec, customers.chance)),
            FieldType::Date => Value::Date(self.date(spec, customers)),
            FieldType::Money => {
                Value::Money(domain::money::Money::yuan(customers.chance.between(100, 9_000)))
            }
            FieldType::Ratio => Value::Ratio(500_000),
            FieldType::Choice(choices) => {
                let sex = spec.rules.iter().find_map(|rule| match rule {
                    Rule::SexOf(document) => Some(self.identity(document, customers).sex.to_owned()),
                    _ => None,
                });
                // Lists name the usual first.
                let usual = customers.chance.happens(0.5);
                let choice = if usual { &choices[0] } else { customers.chance.one(choices) };
                Value::Choice(sex.unwrap_or_else(|| choice.code.to_string()))
            }
            FieldType::IdentityDocument => Value::Document(self.identity(&spec.key, customers).document),
            FieldType::Mobile => Value::Secret(customers.mobile()),
            FieldType::PostalCode => Value::Text(customers.postal_code()),
            FieldType::BankAccount => Value::Secret(customers.account()),
            FieldType::PolicyNumber => Value::Text(self.policy.policy_no.to_string()),
            FieldType::Beneficiaries => Value::Beneficiaries(self.beneficiaries(customers)),
            FieldType::Relation => Value::Choice(relation(customers.chance).to_owned()),
            FieldType::PaymentMode => Value::Choice(self.mode(customers.chance)),
            FieldType::Address => Value::Secret(customers.address()),
            FieldType::Email => Value::Secret(customers.email()),
        }
    }

    /// The identity document of a field: made when first asked for, because other fields must agree with it.
    fn identity(&mut self, key: &FieldKey, customers: &mut Customers<'_>) -> Identity {
        self.identities.entry(key.clone()).or_insert_with(|| customers.identity()).clone()
    }

    fn name(&self, spec: &FieldSpec, chance: &mut Chance) -> String {
        spec.rules
            .iter()
            .find_map(|rule| match rule {
                Rule::AsPolicy(PolicyFact::Holder) => Some(self.policy.holder.clone()),
                Rule::AsPolicy(PolicyFact::Insured) => Some(self.policy.insured.clone()),
                Rule::AsField(field) => match self.fields.get(field) {
                    Some(Value::Text(name)) => Some(name.clone()),
                    _ => None,
                },
                _ => None,
            })
            .unwrap_or_else(|| names::relative(chance, &self.policy.holder))
    }

    fn date(&mut self, spec: &FieldSpec, customers: &mut Customers<'_>) -> NaiveDate {
        let birth = spec.rules.iter().find_map(|rule| match rule {
            Rule::BirthDateOf(document) => Some(self.identity(document, customers).birth),
            _ => None,
        });
        let on = customers.on;
        birth.unwrap_or_else(|| {
            if spec.rules.contains(&Rule::NotPast) {
                // Far enough that it is not past when the case is entered at last.
                later(on, customers.chance.between(40, 75))
            } else {
                earlier(on, customers.chance.between(1, 40))
            }
        })
    }

    fn mode(&self, chance: &mut Chance) -> String {
        let present = match self.policy.payment_mode {
            PaymentMode::Single => "single",
            PaymentMode::Annual => "annual",
            PaymentMode::HalfYearly => "half_yearly",
            PaymentMode::Quarterly => "quarterly",
            PaymentMode::Monthly => "monthly",
        };
        let other: Vec<&str> = self
            .catalogue
            .payment_modes
            .iter()
            .map(|mode| mode.code.as_ref())
            .filter(|code| *code != present && *code != "single")
            .collect();
        (*chance.one(&other)).to_owned()
    }

    fn beneficiaries(&self, customers: &mut Customers<'_>) -> Beneficiaries {
        let count = 1 + customers.chance.weighted([5.0, 3.0, 1.0].into_iter());
        let shares: [&[u32]; 3] = [&[1_000_000], &[600_000, 400_000], &[500_000, 300_000, 200_000]];
        let equal = customers.chance.happens(0.2);
        let mut named: Vec<Beneficiary> = Vec::with_capacity(count);
        for share in shares[count - 1] {
            let name = loop {
                let name = names::relative(customers.chance, &self.policy.insured);
                if named.iter().all(|other| other.name != name) {
                    break name;
                }
            };
            named.push(Beneficiary {
                name,
                document: customers.identity().document,
                relation: relation(customers.chance).to_owned(),
                order: 1,
                share_ppm: (!equal).then_some(*share),
            });
        }
        Beneficiaries::Named(named)
    }
}

/// Whom people name.
const RELATIONS: [&str; 5] = ["spouse", "son", "daughter", "father", "mother"];

fn relation(chance: &mut Chance) -> &'static str {
    chance.one::<&str>(&RELATIONS)
}

/// The same values with one key field wrong, as fingers and eyes get it wrong, and which; none where no slip would
/// pass the rules of the fields.
pub(in crate::seed) fn altered(
    catalogue: &Catalogue,
    item: &Item,
    policy: &PolicyFacts,
    (right, on): (&Fields, NaiveDate),
    chance: &mut Chance,
) -> Option<(FieldKey, Fields)> {
    let keys = catalogue.key_fields(item);
    let candidates: Vec<&FieldSpec> = keys.into_iter().filter(|spec| right.contains_key(&spec.key)).collect();
    if candidates.is_empty() {
        return None;
    }
    let context = catalogue.context(on, Some(policy));
    for _ in 0..4 {
        let spec = *chance.one(&candidates);
        let Some(value) = right.get(&spec.key).and_then(|value| slip(spec, value, chance)) else { continue };
        let mut wrong = right.clone();
        wrong.insert(spec.key.clone(), value);
        if !check_fields(item, &wrong, &context).iter().any(FieldFault::is_error) {
            return Some((spec.key.clone(), wrong));
        }
    }
    None
}

fn slip(spec: &FieldSpec, value: &Value, chance: &mut Chance) -> Option<Value> {
    match (&spec.kind, value) {
        (FieldType::Mobile | FieldType::BankAccount, Value::Secret(Secret::Plain(text))) => {
            Some(Value::Secret(Secret::Plain(wrong_digit(text, chance)?)))
        }
        (FieldType::PostalCode, Value::Text(text)) => Some(Value::Text(wrong_digit(text, chance)?)),
        (FieldType::Date, Value::Date(day)) => Some(Value::Date(later(*day, chance.between(1, 9)))),
        (FieldType::Choice(choices), Value::Choice(code)) => {
            let other = chance.one(choices).code.to_string();
            (other != *code).then_some(Value::Choice(other))
        }
        (FieldType::Beneficiaries, Value::Beneficiaries(Beneficiaries::Named(list))) => {
            let mut list = list.clone();
            match list.as_mut_slice() {
                [one, other, ..] if one.share_ppm != other.share_ppm => {
                    std::mem::swap(&mut one.share_ppm, &mut other.share_ppm);
                }
                [one, ..] => {
                    let other = if one.relation == "son" { "daughter" } else { "son" };
                    other.clone_into(&mut one.relation);
                }
                [] => return None,
            }
            Some(Value::Beneficiaries(Beneficiaries::Named(list)))
        }
        _ => None,
    }
}

/// One of the last digits is another.
fn wrong_digit(text: &str, chance: &mut Chance) -> Option<String> {
    let mut digits: Vec<char> = text.chars().collect();
    let back = usize::try_from(chance.between(1, 4)).ok()?;
    let at = digits.len().checked_sub(back)?;
    let digit = digits.get(at)?.to_digit(10)?;
    digits[at] = char::from_digit((digit + 1 + u32::try_from(chance.below(9)).ok()?) % 10, 10)?;
    (digits.iter().copied().ne(text.chars())).then(|| digits.into_iter().collect())
}
