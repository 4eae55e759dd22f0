//! What is wrong with the typed fields of a registration, each at its JSON pointer (process §4). The page shows it while
//! it is typed, [`register`](crate::case::register) refuses it from anyone.

use super::{Agent, Registration};
use crate::{
    catalogue::{Catalogue, FieldContext, FieldFault, FieldRule, FieldType, check_as},
    policy::FactSource,
    value::{IdentityDocument, Value},
};
use chrono::NaiveDate;

/// Every typed field of a registration that breaks a rule, in the order of the form. Pointers begin with
/// `/registration`. What an imported list or the core says of product and people is looked at for what nobody can see,
/// not for its form: it is not ours to spell.
pub fn faults(registration: &Registration, catalogue: &Catalogue, today: NaiveDate) -> Vec<FieldFault> {
    let context = catalogue.context(today, None);
    let policy = &registration.policy;
    let typed = policy.source == FactSource::Typed;
    // A group's policy is held by a company and insures many: what stands there is no person's name.
    let named = if typed && !policy.group_business { FieldType::Name } else { FieldType::Text };
    let mut faults = Vec::new();
    let mut text = |kind: &FieldType, at: &str, text: &str| {
        let at = format!("/registration/{at}");
        if text.trim().is_empty() {
            faults.push(FieldFault::error(at, FieldRule::Required));
        } else {
            faults.extend(check_as(kind, &at, &Value::Text(text.to_owned()), &context));
        }
    };
    // Its number has one spelling and one rule, whoever tells it.
    text(&FieldType::PolicyNumber, "policy/policy_no", policy.policy_no.as_str());
    text(&named, "policy/holder", &policy.holder);
    text(&named, "policy/insured", &policy.insured);
    if typed || !policy.product.trim().is_empty() {
        text(&FieldType::Text, "policy/product", &policy.product);
    }
    text(&named, "applicant", &registration.applicant);
    if typed && !policy.product.trim().is_empty() {
        faults.extend(product(registration, catalogue));
    }
    let mobile = Value::Secret(registration.mobile.clone());
    if registration.mobile.is_empty() {
        faults.push(FieldFault::error("/registration/mobile".to_owned(), FieldRule::Required));
    } else {
        faults.extend(check_as(&FieldType::Mobile, "/registration/mobile", &mobile, &context));
    }
    if let Some(document) = &registration.document {
        faults.extend(identity(document, &context));
    }
    if let Some(agent) = &registration.agent {
        faults.extend(of_agent(agent, &context));
    }
    faults
}

/// The product is one of the catalogue's, and the group is the product's; a catalogue without products says nothing.
fn product(registration: &Registration, catalogue: &Catalogue) -> Option<FieldFault> {
    let policy = &registration.policy;
    if catalogue.products.is_empty() {
        return None;
    }
    match catalogue.product(&policy.product) {
        None => Some(FieldFault::error("/registration/policy/product".to_owned(), FieldRule::UnknownChoice)),
        Some(product) if product.group != policy.group => {
            Some(FieldFault::error("/registration/policy/group".to_owned(), FieldRule::UnknownChoice))
        }
        Some(_) => None,
    }
}

fn identity(document: &IdentityDocument, context: &FieldContext<'_>) -> Vec<FieldFault> {
    // The form of a document in a value is `{"document": …}`, which is where it stands here too.
    check_as(&FieldType::IdentityDocument, "/registration", &Value::Document(document.clone()), context)
}

fn of_agent(agent: &Agent, context: &FieldContext<'_>) -> Vec<FieldFault> {
    let at = "/registration/agent";
    let mut faults = if agent.name.trim().is_empty() {
        vec![FieldFault::error(format!("{at}/name"), FieldRule::Required)]
    } else {
        check_as(&FieldType::Name, &format!("{at}/name"), &Value::Text(agent.name.clone()), context)
    };
    let document = Value::Document(agent.document());
    faults.extend(check_as(&FieldType::IdentityDocument, at, &document, context).into_iter().map(|fault| {
        let pointer = match fault.pointer.strip_prefix("/registration/agent/document/") {
            Some("number") => format!("{at}/identity"),
            Some(part) => format!("{at}/{part}"),
            None => fault.pointer,
        };
        FieldFault { pointer, ..fault }
    }));
    faults
}
