//! How a value keyed from the core's screen stands against the entered one.

use crate::pages::case::forms::field::keyed::Read;
use domain::value::{Beneficiaries, Value};

/// How a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// To be keyed.
    Open,
    /// Half typed, or not readable.
    Half,
    /// As entered: that counts as its second keying.
    Equal,
    /// Not as entered: to be keyed again.
    Differs,
    /// Not as entered, and keyed twice with one result.
    Twice,
    /// The two keyings differ.
    AgainDiffers,
}

/// How a value stands, by what was entered, what was keyed and what was keyed again.
pub fn standing(entered: &Value, keyed: &Read, again: &Read) -> Row {
    let Some(shown) = &keyed.value else {
        return if keyed.unread.is_empty() { Row::Open } else { Row::Half };
    };
    if !keyed.unread.is_empty() || !is_whole(shown) {
        return Row::Half;
    }
    if entered.same(shown) == Some(true) {
        return Row::Equal;
    }
    match &again.value {
        Some(second) if again.unread.is_empty() && is_whole(second) => {
            if shown.same(second) == Some(true) {
                Row::Twice
            } else {
                Row::AgainDiffers
            }
        }
        _ => Row::Differs,
    }
}

/// Whether a value of several parts has all of them.
fn is_whole(value: &Value) -> bool {
    match value {
        Value::Document(document) => !document.number.is_empty(),
        Value::Beneficiaries(Beneficiaries::Named(list)) => {
            !list.is_empty()
                && list.iter().all(|one| {
                    !one.name.is_empty() && !one.relation.is_empty() && !one.document.number.is_empty()
                })
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::DateError;
    use crate::pages::case::forms::field::keyed::Unread;
    use domain::secret::Secret;

    fn read(text: &str) -> Read {
        let value = (!text.is_empty()).then(|| Value::Secret(Secret::Plain(text.into())));
        Read { value, unread: Vec::new() }
    }

    #[test]
    fn only_what_differs_is_keyed_again() {
        let entered = Value::Secret(Secret::Plain("13816247703".into()));
        let cases = [
            ("", "", Row::Open),
            ("13816247703", "", Row::Equal),
            ("13816247730", "", Row::Differs),
            ("13816247730", "13816247730", Row::Twice),
            ("13816247730", "13816247703", Row::AgainDiffers),
        ];
        for (keyed, again, row) in cases {
            assert_eq!(standing(&entered, &read(keyed), &read(again)), row, "{keyed} {again}");
        }
        let half = Read { value: None, unread: vec![(String::new(), Unread::Date(DateError::Form))] };
        assert_eq!(standing(&entered, &half, &Read::default()), Row::Half);
    }
}
