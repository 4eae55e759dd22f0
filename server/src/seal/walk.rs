//! Where personal values are: in a case, in an event, in a row of the comparison.

use domain::case::compare::Difference;
use domain::case::item::{Asked, CaseItem};
use domain::case::{Case, Event, Fact};
use domain::id::CaseId;
use domain::secret::Secret;
use domain::value::Value;

use super::Vault;

/// Every personal value of a case.
pub fn of_case(case: &mut Case) -> Vec<&mut Secret> {
    let mut secrets = case.registration.secrets_mut();
    secrets.extend(case.items.iter_mut().flat_map(of_item));
    secrets
}

fn of_item(item: &mut CaseItem) -> Vec<&mut Secret> {
    let entered = item.entered.iter_mut().flat_map(|entered| entered.fields.values_mut());
    let core = item.core.iter_mut().flat_map(|core| core.fields.values_mut());
    let asked = item.asked.values_mut().filter_map(stated);
    entered.chain(core).chain(asked).flat_map(Value::secrets_mut).collect()
}

/// Every personal value of an event.
pub fn of_event(event: &mut Event) -> Vec<&mut Secret> {
    match &mut event.fact {
        Fact::Registered { registration, .. } | Fact::RegistrationAmended { registration, .. } => {
            registration.secrets_mut()
        }
        Fact::ChangeEntered { fields, .. }
        | Fact::CoreRecorded { fields, .. }
        | Fact::CoreConfirmed { values: fields, .. } => {
            fields.values_mut().flat_map(Value::secrets_mut).collect()
        }
        Fact::AskedKeyed { asked, .. } => {
            asked.values_mut().filter_map(stated).flat_map(Value::secrets_mut).collect()
        }
        _ => Vec::new(),
    }
}

/// Every personal value of a row of the comparison.
pub fn of_difference(difference: &mut Difference) -> Vec<&mut Secret> {
    let asked = difference.asked.iter_mut().filter_map(stated);
    let others = difference.entered.iter_mut().chain(&mut difference.core);
    asked.chain(others).flat_map(Value::secrets_mut).collect()
}

fn stated(asked: &mut Asked) -> Option<&mut Value> {
    match asked {
        Asked::Stated(value) => Some(value),
        Asked::ByRule(_) => None,
    }
}

/// Leaves nothing of the values but how they are masked: for who reads without the key of the store.
pub fn strip<'s>(secrets: impl IntoIterator<Item = &'s mut Secret>) {
    for secret in secrets {
        if let Secret::Sealed(sealed) = secret {
            sealed.cipher = None;
            sealed.digest.clear();
        }
    }
}

/// Makes values of a case fit to leave the server: without ciphertext, and with digests that say nothing outside the case.
pub fn veil<'s>(vault: &Vault, case: CaseId, secrets: impl IntoIterator<Item = &'s mut Secret>) {
    for secret in secrets {
        if let Secret::Sealed(sealed) = secret {
            sealed.cipher = None;
            sealed.digest = vault.shown_digest(case, &sealed.digest);
        }
    }
}
