use super::*;
use domain::value::{Beneficiary, DocumentKind, IdentityDocument};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date")
}

fn someone(name: &str, number: &str, share_ppm: Option<u32>) -> Beneficiary {
    Beneficiary {
        name: name.into(),
        document: IdentityDocument {
            kind: DocumentKind::ResidentId,
            number: Secret::Plain(number.into()),
            expires: None,
        },
        relation: "child".into(),
        order: 1,
        share_ppm,
    }
}

fn two() -> Value {
    Value::Beneficiaries(Beneficiaries::Named(vec![
        someone("沈知夏", "310105201408113844", Some(600_000)),
        someone("沈国良", "310105195305206177", Some(400_000)),
    ]))
}

fn spec(catalogue: &Catalogue, item: &str, key: &str) -> FieldSpec {
    catalogue.item(&item.into()).and_then(|item| item.field(&key.into())).cloned().expect("a field")
}

#[test]
fn numbers_and_shares_are_keyed_again_names_are_not() {
    let catalogue = Catalogue::shipped();
    let item = catalogue.item(&"BC".into()).expect("an item");
    let fields =
        Fields::from([("benefit".into(), Value::Choice("death".into())), ("beneficiaries".into(), two())]);
    let aspects: Vec<Aspect> =
        points(item, &catalogue, &fields).into_iter().map(|point| point.aspect).collect();
    assert_eq!(
        aspects,
        [Aspect::Whole, Aspect::NumberOf(0), Aspect::ShareOf(0), Aspect::NumberOf(1), Aspect::ShareOf(1)]
    );
    assert_eq!(points(item, &catalogue, &Fields::new()), []);
}

#[test]
fn what_was_keyed_takes_its_place_in_the_value() {
    let catalogue = Catalogue::shipped();
    let spec = spec(&catalogue, "BC", "beneficiaries");
    let point = |aspect| Point { key: "beneficiaries".into(), aspect };
    let number = point(Aspect::NumberOf(1));
    let keyed = Keyed::Text(" 310105195305201677 ".into());
    let second = replaced(&two(), &number, &spec, &keyed, today()).expect("a value");
    assert_eq!(same(&two(), &second, number.aspect), Some(false));
    assert_eq!(same(&two(), &second, Aspect::NumberOf(0)), Some(true));
    assert_eq!(two().same(&second), Some(false));
    let again = replaced(&second, &number, &spec, &Keyed::Text("310105195305206177".into()), today());
    assert_eq!(again.and_then(|again| again.same(&two())), Some(true));
    let share = point(Aspect::ShareOf(0));
    let put = |text: &str| replaced(&two(), &share, &spec, &Keyed::Percent(text.into()), today());
    assert_eq!(put("60").and_then(|value| value.same(&two())), Some(true));
    assert_eq!(put("").and_then(|value| same(&two(), &value, share.aspect)), Some(false));
    assert_eq!(put("sixty"), None);
}

#[test]
fn the_law_is_a_choice_that_is_keyed_again() {
    let catalogue = Catalogue::shipped();
    let spec = spec(&catalogue, "BC", "beneficiaries");
    let point = Point { key: "beneficiaries".into(), aspect: Aspect::Whole };
    let law = Value::Beneficiaries(Beneficiaries::Statutory);
    let put = |code: &str| replaced(&law, &point, &spec, &Keyed::Choice(code.into()), today());
    assert_eq!(put(STATUTORY).and_then(|value| law.same(&value)), Some(true));
    assert_eq!(put("named").and_then(|value| law.same(&value)), Some(false));
    assert!(is_empty(&blank(&point, &spec)));
}

#[test]
fn a_whole_value_is_compared_by_its_own_rule() {
    let catalogue = Catalogue::shipped();
    let spec = spec(&catalogue, "CT", "account");
    let point = Point { key: "account".into(), aspect: Aspect::Whole };
    let first = Value::Secret(Secret::Plain("6222021001116245702".into()));
    let second = replaced(&first, &point, &spec, &Keyed::Text("6222 0210 0111 6245 702".into()), today());
    assert_eq!(second.and_then(|second| same(&first, &second, point.aspect)), Some(true));
    assert_eq!(replaced(&first, &point, &spec, &Keyed::Text(" ".into()), today()), None);
}
