//! Fields of an item and the rules that name them.

use super::{CatalogueError, choices, text, unique};
use crate::{
    catalogue::{
        Catalogue,
        fee::FeeRule,
        field::{FieldSpec, FieldType, FieldsRule, PolicyFact, Rule},
        item::Item,
    },
    id::FieldKey,
};

pub(super) fn check(item: &Item, catalogue: &Catalogue, errors: &mut Vec<CatalogueError>) {
    unique(&format!("{} fields", item.code), item.fields.iter().map(|field| field.key.as_str()), errors);
    for field in &item.fields {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if field.key.as_str().is_empty() || !field.key.as_str().bytes().all(good) {
            errors.push(CatalogueError::BadCode { code: field.key.to_string() });
        }
        let of = format!("{} {}", item.code, field.key);
        text(&of, &field.label, errors);
        if let FieldType::Choice(list) = &field.kind {
            choices(&of, list, errors);
        }
        unique(&format!("{of} when silent"), field.when_silent.iter().map(|rule| rule.code.as_ref()), errors);
        for rule in &field.when_silent {
            text(&format!("{of} {}", rule.code), &rule.label, errors);
        }
        for rule in &field.rules {
            errors.extend(wrong(item, catalogue, field, rule));
        }
    }
    for rule in &item.rules {
        errors.extend(between(item, catalogue, rule));
    }
    match &item.fee {
        Some(FeeRule::Reissue { reason, free, .. }) => {
            errors.extend(free.iter().filter_map(|code| taken(item, catalogue, reason, code)));
            errors.extend(required_choice(item, reason));
        }
        Some(FeeRule::PremiumDifference { mode, .. }) => {
            let is_mode = |field: &FieldSpec| field.kind == FieldType::PaymentMode;
            errors.extend(named(item, mode, is_mode).or_else(|| required_choice(item, mode)));
        }
        Some(FeeRule::FreeLook { .. } | FeeRule::Surrender | FeeRule::Maturity) | None => {}
    }
}

/// A formula that reads a field needs it to be given.
fn required_choice(item: &Item, key: &FieldKey) -> Option<CatalogueError> {
    named(item, key, |field| field.required)
}

/// What is wrong with naming a field that must be so.
fn named(item: &Item, key: &FieldKey, so: impl Fn(&FieldSpec) -> bool) -> Option<CatalogueError> {
    match item.field(key) {
        None => Some(CatalogueError::UnknownField { item: item.code.clone(), field: key.clone() }),
        Some(field) if !so(field) => {
            Some(CatalogueError::WrongFieldType { item: item.code.clone(), field: key.clone() })
        }
        Some(_) => None,
    }
}

/// What is wrong with naming a choice of a field.
fn taken(item: &Item, catalogue: &Catalogue, key: &FieldKey, code: &str) -> Option<CatalogueError> {
    let Some(field) = item.field(key) else {
        return Some(CatalogueError::UnknownField { item: item.code.clone(), field: key.clone() });
    };
    let list = match &field.kind {
        FieldType::Choice(list) => list,
        FieldType::Relation => &catalogue.relations,
        FieldType::PaymentMode => &catalogue.payment_modes,
        _ => return Some(CatalogueError::WrongFieldType { item: item.code.clone(), field: key.clone() }),
    };
    (!list.iter().any(|choice| choice.code == code)).then(|| CatalogueError::UnknownChoice {
        item: item.code.clone(),
        field: key.clone(),
        code: code.to_owned(),
    })
}

/// What is wrong with a rule of a field: a rule its type never meets would be a check that cannot fail.
fn wrong(item: &Item, catalogue: &Catalogue, field: &FieldSpec, rule: &Rule) -> Option<CatalogueError> {
    let empty = || Some(CatalogueError::EmptyRule { item: item.code.clone(), field: field.key.clone() });
    let document = |named: &FieldSpec| named.kind == FieldType::IdentityDocument;
    let is_text = matches!(
        field.kind,
        FieldType::Text
            | FieldType::Name
            | FieldType::PostalCode
            | FieldType::PolicyNumber
            | FieldType::Mobile
            | FieldType::BankAccount
            | FieldType::Address
            | FieldType::Email
    );
    let is_date = field.kind == FieldType::Date;
    let fits = match rule {
        Rule::Length { min, max } if min > max => return empty(),
        Rule::Characters(classes) if classes.is_empty() => return empty(),
        Rule::Pattern(parts) if parts.iter().any(|part| part.min > part.max) => return empty(),
        Rule::MoneyRange { min, max } if min > max => return empty(),
        Rule::NoneOf(codes) => {
            return codes.iter().find_map(|code| taken(item, catalogue, &field.key, code));
        }
        Rule::AsField(other) => {
            let same = |named: &FieldSpec| named.key != field.key && named.kind == field.kind;
            return named(item, other, same);
        }
        Rule::BirthDateOf(other) if is_date => return named(item, other, document),
        Rule::SexOf(other) => {
            return ["male", "female"]
                .into_iter()
                .find_map(|sex| taken(item, catalogue, &field.key, sex))
                .or_else(|| named(item, other, document));
        }
        Rule::Length { .. } | Rule::Characters(_) | Rule::Pattern(_) => is_text,
        Rule::NotPast | Rule::NotFuture | Rule::AgeAtLeast(_) => is_date,
        Rule::MoneyRange { .. } => field.kind == FieldType::Money,
        Rule::AsPolicy(PolicyFact::PaymentMode) | Rule::NotAsPolicy(PolicyFact::PaymentMode) => {
            field.kind == FieldType::PaymentMode
        }
        Rule::AsPolicy(_) | Rule::NotAsPolicy(_) => field.kind == FieldType::Name,
        Rule::BirthDateOf(_) => false,
    };
    (!fits).then(|| CatalogueError::WrongFieldType { item: item.code.clone(), field: field.key.clone() })
}

fn between(item: &Item, catalogue: &Catalogue, rule: &FieldsRule) -> Option<CatalogueError> {
    let optional = |field: &FieldSpec| !field.required;
    match rule {
        FieldsRule::AtLeastOne(keys) => match keys.as_slice() {
            [] => Some(CatalogueError::Nothing { item: item.code.clone(), what: "fields".to_owned() }),
            keys => keys.iter().find_map(|key| named(item, key, optional)),
        },
        FieldsRule::RequiredWhen { field, when, is } => {
            named(item, field, optional).or_else(|| taken(item, catalogue, when, is))
        }
        FieldsRule::RequiredWith { field, with } => {
            named(item, field, optional).or_else(|| named(item, with, |named| named.key != *field))
        }
    }
}
