//! What is keyed a second time: one point for each identity number, share, account, amount, date – not the whole
//! of a value that holds several of them.

use crate::pages::case::forms::field::Keyed;
use crate::pages::case::forms::field::keyed::{KeyedDocument, percent};
use chrono::NaiveDate;
use domain::case::item::Fields;
use domain::catalogue::{Catalogue, FieldSpec, FieldType, Item};
use domain::id::FieldKey;
use domain::secret::{Secret, normalise};
use domain::value::{Beneficiaries, Value};
use serde::{Deserialize, Serialize};

/// Which part of a field's value is keyed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// All of it.
    Whole,
    /// The number of a document.
    Number,
    /// The number of a beneficiary's document, from 0.
    NumberOf(usize),
    /// The share of a beneficiary, from 0.
    ShareOf(usize),
}

/// Something to be keyed a second time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// The field.
    pub key: FieldKey,
    /// Which part of it.
    pub aspect: Aspect,
}

/// What an item's second keying asks for, in the order of its fields.
pub fn points(item: &Item, catalogue: &Catalogue, entered: &Fields) -> Vec<Point> {
    catalogue
        .key_fields(item)
        .into_iter()
        .filter_map(|spec| Some((spec, entered.get(&spec.key)?)))
        .flat_map(|(spec, value)| {
            let of = |aspect| Point { key: spec.key.clone(), aspect };
            match value {
                Value::Document(_) => vec![of(Aspect::Number)],
                Value::Beneficiaries(Beneficiaries::Named(list)) => (0..list.len())
                    .flat_map(|at| [of(Aspect::NumberOf(at)), of(Aspect::ShareOf(at))])
                    .collect(),
                _ => vec![of(Aspect::Whole)],
            }
        })
        .collect()
}

/// What an input of a point looks like while it is empty. Manner of beneficiaries is a choice like any other.
pub fn blank(point: &Point, spec: &FieldSpec) -> Keyed {
    match point.aspect {
        Aspect::Whole => match &spec.kind {
            FieldType::Beneficiaries => Keyed::Choice(String::new()),
            kind => Keyed::blank(kind),
        },
        Aspect::Number | Aspect::NumberOf(_) => Keyed::Text(String::new()),
        Aspect::ShareOf(_) => Keyed::Percent(String::new()),
    }
}

/// The code by which 法定 is chosen in the second keying.
pub const STATUTORY: &str = "statutory";

/// The entered value with what was keyed for a point in its place; none where that cannot be read.
///
/// An empty share stands for equal shares: whether it was keyed is for the caller to know.
pub fn replaced(
    entered: &Value,
    point: &Point,
    spec: &FieldSpec,
    keyed: &Keyed,
    today: NaiveDate,
) -> Option<Value> {
    let mut value = entered.clone();
    match (&mut value, point.aspect, keyed) {
        (Value::Document(document), Aspect::Number, Keyed::Text(text)) => {
            document.number = Secret::Plain(text.trim().to_owned());
        }
        (Value::Beneficiaries(Beneficiaries::Named(list)), Aspect::NumberOf(at), Keyed::Text(text)) => {
            list.get_mut(at)?.document.number = Secret::Plain(text.trim().to_owned());
        }
        (Value::Beneficiaries(Beneficiaries::Named(list)), Aspect::ShareOf(at), Keyed::Percent(text)) => {
            let share = match text.trim() {
                "" => None,
                text => Some(crate::pages::case::forms::field::keyed::parse_percent(text)?),
            };
            list.get_mut(at)?.share_ppm = share;
        }
        (Value::Beneficiaries(_), Aspect::Whole, Keyed::Choice(code)) => {
            if code != STATUTORY {
                return Some(Value::Beneficiaries(Beneficiaries::Named(Vec::new())));
            }
            value = Value::Beneficiaries(Beneficiaries::Statutory);
        }
        (_, Aspect::Whole, keyed) => {
            let read = keyed.read(&spec.kind, today);
            value = read.value.filter(|_| read.unread.is_empty())?;
        }
        _ => return None,
    }
    Some(value)
}

/// What a point says of a value, as text to compare character by character; none where it is sealed.
pub fn text(value: &Value, aspect: Aspect) -> Option<String> {
    let plain = |secret: &Secret| secret.plain().map(normalise).map(|text| text.to_uppercase());
    match (value, aspect) {
        (Value::Document(document), Aspect::Number) => plain(&document.number),
        (Value::Beneficiaries(Beneficiaries::Named(list)), Aspect::NumberOf(at)) => {
            plain(&list.get(at)?.document.number)
        }
        (Value::Beneficiaries(Beneficiaries::Named(list)), Aspect::ShareOf(at)) => {
            Some(list.get(at)?.share_ppm.map(percent).unwrap_or_default())
        }
        _ => None,
    }
}

/// Whether the point says the same of two values; none where nobody here can know.
pub fn same(first: &Value, second: &Value, aspect: Aspect) -> Option<bool> {
    match aspect {
        Aspect::Whole => first.same(second),
        _ => Some(text(first, aspect)? == text(second, aspect)?),
    }
}

/// Whether a point may be left empty: an equal share is not written on the form.
pub const fn may_be_empty(aspect: Aspect) -> bool {
    matches!(aspect, Aspect::ShareOf(_))
}

/// Whether nothing was keyed for a point.
pub fn is_empty(keyed: &Keyed) -> bool {
    match keyed {
        Keyed::Text(text) | Keyed::Percent(text) | Keyed::Choice(text) => text.trim().is_empty(),
        Keyed::Date(day) => *day == Ok(None),
        Keyed::Amount(minor) => *minor == Ok(None),
        Keyed::Document(document) => *document == KeyedDocument::default(),
        Keyed::Beneficiaries(_) => false,
    }
}

#[cfg(test)]
#[path = "point_tests.rs"]
mod tests;
