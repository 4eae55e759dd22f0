//! What is keyed blind from the application: a value, or that the paper does not state one and by which rule it then
//! follows.

use crate::pages::case::forms::field::keyed::Read;
use domain::case::CaseItem;
use domain::case::item::Asked;
use domain::catalogue::{Catalogue, Item};
use domain::id::FieldKey;
use serde::{Deserialize, Serialize};

/// What stands beside the value of a key field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AskedTyped {
    /// The paper does not state it.
    pub silent: bool,
    /// The rule it then follows.
    pub rule: String,
}

/// How a row stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// To be keyed.
    Open,
    /// Half typed, or not readable.
    Half,
    /// Keyed.
    Keyed(Asked),
}

/// How a key field stands, by what was keyed.
pub fn row(read: &Read, typed: &AskedTyped) -> Row {
    if typed.silent {
        let rule = typed.rule.trim();
        return if rule.is_empty() { Row::Half } else { Row::Keyed(Asked::ByRule(rule.to_owned())) };
    }
    match &read.value {
        _ if !read.unread.is_empty() => Row::Half,
        Some(value) => Row::Keyed(Asked::Stated(value.clone())),
        None => Row::Open,
    }
}

/// Key fields of an item, in the order of the form.
pub fn keys(item: &Item, catalogue: &Catalogue) -> Vec<FieldKey> {
    catalogue.key_fields(item).into_iter().map(|spec| spec.key.clone()).collect()
}

/// Whether the application was keyed for every key field, also one that Entry left out: then the comparison may be
/// seen.
pub fn is_keyed(item: &CaseItem, entry: &Item, catalogue: &Catalogue) -> bool {
    !item.blind && keys(entry, catalogue).iter().all(|key| item.asked.contains_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::value::Value;

    #[test]
    fn silence_needs_the_rule_it_follows() {
        let stated = Read { value: Some(Value::Text("李书怡".into())), unread: Vec::new() };
        let silent = |rule: &str| AskedTyped { silent: true, rule: rule.into() };
        assert_eq!(row(&stated, &silent(" ")), Row::Half);
        assert_eq!(row(&stated, &silent("unchanged")), Row::Keyed(Asked::ByRule("unchanged".into())));
        let said = AskedTyped::default();
        assert_eq!(row(&stated, &said), Row::Keyed(Asked::Stated(Value::Text("李书怡".into()))));
        assert_eq!(row(&Read::default(), &said), Row::Open);
    }

    #[test]
    fn the_comparison_opens_when_every_key_field_is_keyed() {
        let catalogue = Catalogue::shipped();
        let entry = catalogue.item(&"PM".into()).expect("an item");
        let mut item = CaseItem::new(1, "PM".into());
        assert!(!is_keyed(&item, entry, &catalogue), "also what Entry left out");
        item.asked.insert("payment_mode".into(), Asked::Stated(Value::Choice("monthly".into())));
        assert!(is_keyed(&item, entry, &catalogue));
    }
}
