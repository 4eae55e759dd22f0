//! Personal values in an event: all must be sealed before they are stored, and each is found by its keyed hash.

use crate::StoreError;
use domain::{
    case::{Fact, Registration, item::Asked},
    secret::Secret,
    value::Value,
};
use std::collections::BTreeSet;

/// Keyed hashes of all personal values of a fact.
///
/// # Errors
/// `Invalid` if one is plain and not empty: it would stand readable in a log that never changes.
pub(super) fn digests(fact: &Fact) -> Result<BTreeSet<String>, StoreError> {
    let mut digests = BTreeSet::new();
    for secret in secrets(fact) {
        match secret {
            Secret::Sealed(sealed) => {
                digests.insert(sealed.digest.clone());
            }
            Secret::Plain(_) if secret.is_empty() => {}
            Secret::Plain(_) => return Err(StoreError::Invalid("a personal value that is not sealed")),
        }
    }
    Ok(digests)
}

fn secrets(fact: &Fact) -> Vec<&Secret> {
    match fact {
        Fact::Registered { registration, .. } | Fact::RegistrationAmended { registration, .. } => {
            of_registration(registration)
        }
        Fact::ChangeEntered { fields, .. } | Fact::CoreRecorded { fields, .. } => {
            fields.values().flat_map(Value::secrets).collect()
        }
        Fact::CoreConfirmed { values, .. } => values.values().flat_map(Value::secrets).collect(),
        Fact::AskedKeyed { asked, .. } => asked.values().flat_map(of_asked).collect(),
        _ => Vec::new(),
    }
}

fn of_registration(registration: &Registration) -> Vec<&Secret> {
    let mut secrets = vec![&registration.mobile];
    secrets.extend(registration.document.as_ref().map(|document| &document.number));
    secrets.extend(registration.agent.as_ref().map(|agent| &agent.identity));
    secrets
}

fn of_asked(asked: &Asked) -> Vec<&Secret> {
    match asked {
        Asked::Stated(value) => value.secrets(),
        Asked::ByRule(_) => Vec::new(),
    }
}
