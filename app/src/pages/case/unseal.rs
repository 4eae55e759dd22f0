//! Full values for who holds the case: sealed values are opened with what the server sent beside the case.

use domain::case::Case;
use domain::case::item::{Asked, Fields};
use domain::secret::{Sealed, Secret};
use domain::value::Value;
use std::collections::BTreeMap;

/// Plain values by digest.
pub type Plain = BTreeMap<String, String>;

/// Opens a value where its plain form is known.
pub fn open(secret: &mut Secret, plain: &Plain) {
    if let Secret::Sealed(Sealed { digest, .. }) = secret
        && let Some(text) = plain.get(digest)
    {
        *secret = Secret::Plain(text.clone());
    }
}

/// Opens every personal value in a field's value.
pub fn open_value(value: &mut Value, plain: &Plain) {
    for secret in value.secrets_mut() {
        open(secret, plain);
    }
}

/// Opens the values of an item's fields.
pub fn open_fields(fields: &mut Fields, plain: &Plain) {
    for value in fields.values_mut() {
        open_value(value, plain);
    }
}

/// The case with full values, as far as they are known. Decisions on it compare plain with plain.
pub fn unsealed(case: &Case, plain: &Plain) -> Case {
    let mut case = case.clone();
    if plain.is_empty() {
        return case;
    }
    open(&mut case.registration.mobile, plain);
    if let Some(document) = &mut case.registration.document {
        open(&mut document.number, plain);
    }
    if let Some(agent) = &mut case.registration.agent {
        open(&mut agent.identity, plain);
    }
    for item in &mut case.items {
        if let Some(entered) = &mut item.entered {
            open_fields(&mut entered.fields, plain);
        }
        if let Some(core) = &mut item.core {
            open_fields(&mut core.fields, plain);
        }
        for asked in item.asked.values_mut() {
            if let Asked::Stated(value) = asked {
                open_value(value, plain);
            }
        }
    }
    case
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_opened() {
        let sealed = |digest: &str| {
            Secret::Sealed(Sealed {
                masked: "138****1234".into(),
                digest: digest.into(),
                valid: true,
                cipher: None,
            })
        };
        let plain = Plain::from([("a".to_owned(), "13812341234".to_owned())]);
        let mut fields = Fields::from([
            ("m".into(), Value::Secret(sealed("a"))),
            ("n".into(), Value::Secret(sealed("b"))),
        ]);
        open_fields(&mut fields, &plain);
        assert_eq!(fields[&"m".into()], Value::Secret(Secret::Plain("13812341234".into())));
        assert_eq!(fields[&"n".into()], Value::Secret(sealed("b")));
    }
}
