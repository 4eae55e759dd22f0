use super::super::point::{Aspect, points};
use super::*;
use domain::actor::By;
use domain::case::item::Done;
use domain::catalogue::Catalogue;
use domain::secret::Secret;
use domain::value::Value;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date")
}

fn secret(text: &str) -> Value {
    Value::Secret(Secret::Plain(text.into()))
}

/// A premium account: account and day of the first debit are keyed twice.
fn entered() -> (Item, Vec<Point>, Entered) {
    let catalogue = Catalogue::shipped();
    let item = catalogue.item(&"PC".into()).cloned().expect("an item");
    let fields = Fields::from([
        ("method".into(), Value::Choice("transfer".into())),
        ("account".into(), secret("6222021001116245702")),
        ("first_debit".into(), Value::Date(NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date"))),
    ]);
    let points = points(&item, &catalogue, &fields);
    let done = Done { by: By::System, at: domain::time::Timestamp::UNIX_EPOCH };
    (item, points, Entered { fields, done, confirmed: None, differing: Vec::new() })
}

fn point(points: &[Point], key: &str) -> Point {
    points.iter().find(|point| point.key == key.into()).cloned().expect("a point")
}

#[test]
fn nothing_is_compared_before_all_is_keyed() {
    let (item, points, entered) = entered();
    let keys: Vec<&str> = points.iter().map(|point| point.key.as_str()).collect();
    assert_eq!(keys, ["account", "first_debit"]);
    assert!(points.iter().all(|point| point.aspect == Aspect::Whole));
    let mut keying = Keying::default();
    let account = point(&points, "account");
    keying.typed.insert(account.clone(), Keyed::Text("6222021001116245702".into()));
    assert_eq!(keying.confirm(1, &item, &points, &entered.fields, today()), None);
    let standing = |keying: &Keying, point| keying.standing(point, &item, &entered, false, today());
    assert_eq!(standing(&keying, &account), Standing::Keyed);
    assert_eq!(standing(&keying, &point(&points, "first_debit")), Standing::Open);
    let day = NaiveDate::from_ymd_opt(2026, 9, 1);
    keying.typed.insert(point(&points, "first_debit"), Keyed::Date(Ok(day)));
    let Some(Command::ConfirmEntry { key_fields, .. }) =
        keying.confirm(1, &item, &points, &entered.fields, today())
    else {
        panic!("all is keyed");
    };
    assert_eq!(key_fields.len(), 2);
}

#[test]
fn a_difference_is_settled_by_taking_one_and_keying_it_again() {
    let (item, points, mut entered) = entered();
    let (account, debit) = (point(&points, "account"), point(&points, "first_debit"));
    let mut keying = Keying::default();
    keying.typed.insert(account.clone(), Keyed::Text("6222021001116245720".into()));
    keying.typed.insert(debit.clone(), Keyed::Date(Ok(NaiveDate::from_ymd_opt(2026, 9, 1))));
    entered.differing = vec!["account".into()];
    assert!(keying.is_disputed(&entered, &points));
    assert_eq!(keying.standing(&account, &item, &entered, true, today()), Standing::Differs);
    assert_eq!(keying.standing(&debit, &item, &entered, true, today()), Standing::Equal);
    let differing = [account.clone()];
    assert!(!keying.is_settled(&differing));

    keying.taken.insert(account.clone(), Taken::First);
    keying.again.insert(account.clone(), Keyed::Text("6222021001116245702".into()));
    assert!(keying.is_settled(&differing));
    assert_eq!(keying.corrected(&item, &differing, &entered.fields, today()), None);
    let confirmed = keying.with_again().confirm(1, &item, &points, &entered.fields, today());
    let Some(Command::ConfirmEntry { key_fields, .. }) = confirmed else { panic!("all is keyed") };
    assert_eq!(key_fields[&"account".into()].same(&entered.fields[&"account".into()]), Some(true));

    keying.taken.insert(account.clone(), Taken::Second);
    let corrected = keying.corrected(&item, &differing, &entered.fields, today()).expect("a change");
    assert_eq!(corrected[&"account".into()], secret("6222021001116245720"));
    assert_eq!(corrected[&"method".into()], entered.fields[&"method".into()]);
    keying.take_again();
    assert!(keying.taken.is_empty() && keying.again.is_empty());
    assert_eq!(keying.typed[&account], Keyed::Text("6222021001116245702".into()));
}

#[test]
fn a_second_keying_that_is_gone_is_asked_for_again() {
    let (_, points, mut entered) = entered();
    entered.differing = vec!["account".into()];
    assert!(!Keying::default().is_disputed(&entered, &points));
}
