//! Values in full, and with their differing characters marked.

use crate::components::comparison::{Segment, differing};
use crate::i18n::value::value;
use crate::i18n::wording::Wording;
use domain::catalogue::FieldSpec;
use domain::secret::{Sealed, Secret};
use domain::value::{Beneficiaries, Value};
use leptos::prelude::*;

/// A value in words, personal values as far as they are known here: in full for who holds the case. Beneficiaries are
/// told with their documents, which are compared too.
pub fn full(of: &Value, spec: Option<&FieldSpec>, wording: &Wording) -> String {
    let mut of = of.clone();
    for secret in of.secrets_mut() {
        if let Secret::Plain(text) = secret {
            // The wording masks what is plain and shows what is sealed as it came.
            let masked = std::mem::take(text);
            *secret = Secret::Sealed(Sealed { masked, digest: String::new(), valid: true, cipher: None });
        }
    }
    let Value::Beneficiaries(Beneficiaries::Named(list)) = &of else { return value(&of, spec, wording) };
    let parts: Vec<String> = list
        .iter()
        .map(|one| {
            let named = Value::Beneficiaries(Beneficiaries::Named(vec![one.clone()]));
            let document = Value::Document(one.document.clone());
            format!("{} {}", value(&named, spec, wording), value(&document, None, wording))
        })
        .collect();
    parts.join("; ")
}

/// Two values with the characters in which they differ marked, and how many those are.
pub fn pair(first: &str, second: &str) -> ([Vec<Segment>; 2], usize) {
    let [first, second, _] = differing([Some(first.to_owned()), Some(second.to_owned()), None]);
    let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
    let count = |segments: &[Segment]| -> usize {
        segments.iter().filter(|segment| segment.differs).map(|segment| segment.text.chars().count()).sum()
    };
    let places = count(&first).max(count(&second));
    ([first, second], places)
}

/// The segments of a value; `wrong` marks them as the side in doubt.
pub fn segments(of: Vec<Segment>, wrong: bool) -> AnyView {
    of.into_iter()
        .map(|segment| {
            if segment.differs {
                view! { <mark data-s=wrong.then_some("over")>{segment.text}</mark> }.into_any()
            } else {
                segment.text.into_any()
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use domain::value::{Beneficiary, DocumentKind, IdentityDocument};
    use std::collections::BTreeMap;

    #[test]
    fn what_is_known_is_shown_in_full_and_what_is_not_stays_masked() {
        let names = BTreeMap::new();
        let wording = Wording { locale: Locale::ZhHans, names: &names, catalogue: None };
        assert_eq!(full(&Value::Secret(Secret::Plain("13816247703".into())), None, &wording), "13816247703");
        let sealed = Sealed { masked: "138****7703".into(), digest: "d".into(), valid: true, cipher: None };
        assert_eq!(full(&Value::Secret(Secret::Sealed(sealed)), None, &wording), "138****7703");
        let someone = Beneficiary {
            name: "沈知夏".into(),
            document: IdentityDocument {
                kind: DocumentKind::ResidentId,
                number: Secret::Plain("310105201408113844".into()),
                expires: None,
            },
            relation: "child".into(),
            order: 1,
            share_ppm: Some(600_000),
        };
        let list = Value::Beneficiaries(Beneficiaries::Named(vec![someone]));
        assert_eq!(
            full(&list, None, &wording),
            "第 1 顺序 沈知夏（child）60% 居民身份证 310105201408113844，长期"
        );
    }

    #[test]
    fn two_digits_swapped_are_two_places() {
        let ([first, second], places) = pair("310105195305206177", "310105195305201677");
        let marked = |of: &[Segment]| {
            of.iter()
                .map(|s| if s.differs { format!("[{}]", s.text) } else { s.text.clone() })
                .collect::<String>()
        };
        assert_eq!(marked(&first), "31010519530520[61]77");
        assert_eq!(marked(&second), "31010519530520[16]77");
        assert_eq!(places, 2);
        assert_eq!(pair("60", "").1, 2);
        assert_eq!(pair("a", "a").1, 0);
    }
}
