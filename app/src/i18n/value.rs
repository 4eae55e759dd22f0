//! Values of fields in words: what was asked, entered and shown by the core system.

use super::terms::Terms;
use super::wording::Wording;
use super::{Locale, Localised};
use crate::format::{amount, decimal, full_date};
use domain::catalogue::{Choice, FieldSpec, FieldType};
use domain::value::{Beneficiaries, Beneficiary, IdentityDocument, Value};

messages! {
    /// Words inside values.
    pub struct Values {
        statutory: "法定", "By law";
        long_term: "长期", "no end date";
        until(day: &str): |day| format!("至 {day}"), |day| format!("until {day}");
        document(kind: &str, number: &str, until: &str): |kind, number, until| format!("{kind} {number}，{until}"),
            |kind, number, until| format!("{kind} {number}, {until}");
        beneficiary(order: i64, name: &str, relation: &str, share: &str):
            |order, name, relation, share| format!("第 {order} 顺序 {name}（{relation}）{share}"),
            |order, name, relation, share| format!("{order}. {name} ({relation}) {share}");
        equal_shares: "均分", "equal shares";
    }
}

/// A value in words. `spec` is its field, which names choices; without it codes are shown. Personal values stay as
/// masked as they came.
pub fn value(of: &Value, spec: Option<&FieldSpec>, wording: &Wording) -> String {
    match of {
        Value::Text(text) => text.clone(),
        Value::Date(day) => full_date(*day),
        Value::Money(money) => amount(money.minor),
        Value::Ratio(ppm) => share(*ppm),
        Value::Choice(code) => choice(code, spec, wording),
        Value::Secret(secret) => secret.masked(),
        Value::Document(document) => identity(document, wording),
        Value::Beneficiaries(Beneficiaries::Statutory) => words(wording).statutory.to_owned(),
        Value::Beneficiaries(Beneficiaries::Named(list)) => {
            let named: Vec<String> = list.iter().map(|one| beneficiary(one, wording)).collect();
            named.join(match wording.locale {
                Locale::ZhHans => "；",
                Locale::En => "; ",
            })
        }
    }
}

fn words(wording: &Wording) -> &'static Values {
    Values::in_locale(wording.locale)
}

/// A ratio without the zeros it does not need: 500,000 reads `50%`, 333,333 reads `33.3333%`.
fn share(ppm: u32) -> String {
    let text = decimal(f64::from(ppm) / 10_000.0, 4);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

fn choice(code: &str, spec: Option<&FieldSpec>, wording: &Wording) -> String {
    let shared = |list: fn(&domain::catalogue::Catalogue) -> &Vec<Choice>| wording.catalogue.map(list);
    let list = match spec.map(|spec| &spec.kind) {
        Some(FieldType::Choice(list)) => Some(list),
        Some(FieldType::Relation) => shared(|catalogue| &catalogue.relations),
        Some(FieldType::PaymentMode) => shared(|catalogue| &catalogue.payment_modes),
        _ => None,
    };
    named(list.map(Vec::as_slice).unwrap_or_default(), code, wording)
}

fn named(list: &[Choice], code: &str, wording: &Wording) -> String {
    list.iter()
        .find(|choice| choice.code == code)
        .map_or_else(|| code.to_owned(), |choice| wording.label(&choice.label))
}

fn identity(document: &IdentityDocument, wording: &Wording) -> String {
    let t = words(wording);
    let until = document.expires.map_or_else(|| t.long_term.to_owned(), |day| (t.until)(&full_date(day)));
    let kind = Terms::in_locale(wording.locale).document(document.kind);
    (t.document)(kind, &document.number.masked(), &until)
}

fn beneficiary(one: &Beneficiary, wording: &Wording) -> String {
    let t = words(wording);
    let relations = wording.catalogue.map(|catalogue| catalogue.relations.as_slice()).unwrap_or_default();
    let part = one.share_ppm.map_or_else(|| t.equal_shares.to_owned(), share);
    let order = i64::from(one.order);
    (t.beneficiary)(order, &one.name, &named(relations, &one.relation, wording), &part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::Catalogue;
    use domain::money::Money;
    use domain::secret::{Sealed, Secret};
    use domain::value::DocumentKind;
    use std::collections::BTreeMap;

    fn say(of: &Value, locale: Locale) -> String {
        let (names, catalogue) = (BTreeMap::new(), Catalogue::shipped());
        value(of, None, &Wording { locale, names: &names, catalogue: Some(&catalogue) })
    }

    #[test]
    fn plain_values_are_written_as_everywhere() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date");
        assert_eq!(say(&Value::Date(day), Locale::En), "2026-03-18");
        assert_eq!(say(&Value::Money(Money::fen(4_012_000)), Locale::En), "40,120.00");
        assert_eq!(say(&Value::Ratio(500_000), Locale::En), "50%");
        assert_eq!(say(&Value::Ratio(333_333), Locale::En), "33.3333%");
        assert_eq!(say(&Value::Choice("no such code".into()), Locale::En), "no such code");
    }

    #[test]
    fn a_choice_is_called_by_its_name() {
        let catalogue = Catalogue::shipped();
        let (spec, first) = catalogue
            .items
            .iter()
            .flat_map(|item| &item.fields)
            .find_map(|field| match &field.kind {
                FieldType::Choice(list) => Some((field, &list[0])),
                _ => None,
            })
            .expect("an item with a choice");
        let names = BTreeMap::new();
        let wording = Wording { locale: Locale::ZhHans, names: &names, catalogue: Some(&catalogue) };
        assert_eq!(value(&Value::Choice(first.code.to_string()), Some(spec), &wording), first.label.zh);
    }

    #[test]
    fn beneficiaries_stay_masked_and_in_order() {
        let sealed = Sealed { masked: "310***2847".into(), digest: "d".into(), valid: true, cipher: None };
        let document = IdentityDocument {
            kind: DocumentKind::ResidentId,
            number: Secret::Sealed(sealed),
            expires: None,
        };
        let one = |name: &str, order, share_ppm| Beneficiary {
            name: name.into(),
            document: document.clone(),
            relation: "spouse".into(),
            order,
            share_ppm,
        };
        let list = vec![one("林悦", 1, Some(600_000)), one("何佳", 2, None)];
        let text = say(&Value::Beneficiaries(Beneficiaries::Named(list)), Locale::ZhHans);
        assert!(text.starts_with("第 1 顺序 林悦（"), "{text}");
        assert!(text.contains("60%；第 2 顺序 何佳") && text.ends_with("均分"), "{text}");
        assert_eq!(say(&Value::Document(document), Locale::En), "Resident ID 310***2847, no end date");
        assert_eq!(say(&Value::Beneficiaries(Beneficiaries::Statutory), Locale::ZhHans), "法定");
    }
}
