//! The verdict a personal value carries when it is sealed.

use super::{FieldContext, FieldRule, Values, check_fields, fault};
use crate::{
    catalogue::item::Item,
    id::FieldKey,
    value::{Beneficiaries, Value},
};
use std::collections::BTreeMap;

/// For each field with personal values, whether each of them keeps its rules, in the order of
/// [`Value::secrets`]. The server asks this while the values are plain and seals each with its answer, since
/// nobody can ask afterwards. A birth date or sex that disagrees with a document counts against the document.
pub fn secret_validity(
    item: &Item,
    values: &Values,
    context: &FieldContext<'_>,
) -> BTreeMap<FieldKey, Vec<bool>> {
    let faults = check_fields(item, values, context);
    let valid = |key: &FieldKey, pointer: &str| {
        !faults.iter().any(|fault| {
            let about = match &fault.rule {
                FieldRule::BirthDateDiffers { document } | FieldRule::SexDiffers { document } => {
                    document == key
                }
                _ => fault.pointer == pointer,
            };
            fault.is_error() && about
        })
    };
    values
        .iter()
        .map(|(key, value)| {
            let verdicts = pointers(key, value).iter().map(|pointer| valid(key, pointer)).collect();
            (key.clone(), verdicts)
        })
        .filter(|(_, verdicts): &(_, Vec<bool>)| !verdicts.is_empty())
        .collect()
}

/// Where each personal value of a field is found, in the order of [`Value::secrets`].
fn pointers(key: &FieldKey, value: &Value) -> Vec<String> {
    let at = fault::pointer(key);
    match value {
        Value::Secret(_) => vec![at],
        Value::Document(_) => vec![format!("{at}/document/number")],
        Value::Beneficiaries(Beneficiaries::Named(list)) => {
            (0..list.len()).map(|index| format!("{at}/beneficiaries/named/{index}/document/number")).collect()
        }
        _ => Vec::new(),
    }
}
