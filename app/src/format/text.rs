//! Names and masked values.

use domain::secret::SecretKind;
use std::cmp::Ordering;

/// The one character that stands for a person: the family name of a Chinese name, the first letter of another.
pub fn initial(name: &str) -> String {
    name.trim().chars().next().map_or_else(|| "?".to_owned(), |c| c.to_ascii_uppercase().to_string())
}

/// A value as everyone but its case's holder sees it: `138****1234`.
///
/// The rule is the server's own ([`domain::secret::mask`]); the browser needs it for what was typed here and not yet sent.
pub fn masked(kind: SecretKind, plain: &str) -> String {
    domain::secret::mask(kind, plain)
}

/// The order of two names in a list, by the browser's collation for the language (Chinese by pinyin).
#[cfg(target_arch = "wasm32")]
pub fn compare(language: &str, a: &str, b: &str) -> Ordering {
    use wasm_bindgen::JsValue;
    let locales = js_sys::Array::of1(&JsValue::from_str(language));
    let compare = js_sys::Intl::Collator::new(&locales, &js_sys::Object::new()).compare();
    let order = compare.call2(&JsValue::UNDEFINED, &a.into(), &b.into()).ok().and_then(|v| v.as_f64());
    order.map_or_else(|| a.cmp(b), |order| order.total_cmp(&0.0))
}

/// The order of two names in a list; outside a browser there is no collation, and code points decide.
#[cfg(not(target_arch = "wasm32"))]
pub fn compare(_language: &str, a: &str, b: &str) -> Ordering {
    a.cmp(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_one_character() {
        assert_eq!(["陈思远", "  anna", ""].map(initial), ["陈", "A", "?"]);
    }

    #[test]
    fn masks_keep_what_the_rule_keeps() {
        assert_eq!(masked(SecretKind::Phone, "13812341234"), "138****1234");
    }
}
