use super::*;
use domain::catalogue::Catalogue;
use domain::id::FieldKey;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date")
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a date")
}

/// An invented number with a right check character.
const NUMBER: &str = "310105198304127825";

fn someone(share: &str) -> KeyedBeneficiary {
    KeyedBeneficiary {
        row: 0,
        name: "沈知夏".into(),
        relation: "child".into(),
        document: KeyedDocument {
            kind: DocumentKind::ResidentId,
            number: NUMBER.into(),
            expires: "0810".into(),
        },
        order: "1".into(),
        share: share.into(),
    }
}

#[test]
fn every_field_of_the_catalogue_reads_back_what_it_holds() {
    let catalogue = Catalogue::shipped();
    for item in &catalogue.items {
        for spec in &item.fields {
            assert_eq!(Keyed::blank(&spec.kind).read(&spec.kind, today()), Read::default(), "{}", spec.key);
            let value = match &spec.kind {
                FieldType::Date => Value::Date(day(2025, 12, 30)),
                FieldType::Money => Value::Money(Money::fen(1_248_005)),
                FieldType::Ratio => Value::Ratio(333_333),
                FieldType::Choice(choices) => Value::Choice(choices[0].code.to_string()),
                FieldType::Relation => Value::Choice(catalogue.relations[0].code.to_string()),
                FieldType::PaymentMode => Value::Choice("monthly".into()),
                FieldType::IdentityDocument => Value::Document(IdentityDocument {
                    kind: DocumentKind::Passport,
                    number: Secret::Plain("E12345678".into()),
                    expires: None,
                }),
                FieldType::Beneficiaries => Value::Beneficiaries(Beneficiaries::Named(vec![Beneficiary {
                    name: "沈知夏".into(),
                    document: IdentityDocument {
                        kind: DocumentKind::ResidentId,
                        number: Secret::Plain(NUMBER.into()),
                        expires: Some(day(2029, 8, 10)),
                    },
                    relation: "child".into(),
                    order: 2,
                    share_ppm: Some(333_333),
                }])),
                FieldType::Mobile | FieldType::Address | FieldType::Email => {
                    Value::Secret(Secret::Plain("13816247703".into()))
                }
                FieldType::BankAccount => Value::Secret(Secret::Plain("6222021001116245702".into())),
                _ => Value::Text("中国工商银行".into()),
            };
            let keyed = Keyed::holding(spec, &value);
            let read = keyed.read(&spec.kind, today());
            assert_eq!(read.unread, [], "{}", spec.key);
            let same = read.value.as_ref().and_then(|read| read.same(&value));
            assert_eq!(same, Some(true), "{}: {:?}", spec.key, read.value);
            assert!(!keyed.is_blank(&spec.kind) && Keyed::blank(&spec.kind).is_blank(&spec.kind));
        }
    }
}

#[test]
fn a_sealed_value_leaves_its_input_empty() {
    let sealed = Secret::Sealed(domain::secret::Sealed {
        masked: "138****1234".into(),
        digest: "d".into(),
        valid: true,
        cipher: None,
    });
    let spec = Catalogue::shipped()
        .items
        .iter()
        .flat_map(|item| item.fields.clone())
        .find(|spec| spec.key == FieldKey::from("mobile"))
        .expect("a mobile field");
    assert_eq!(Keyed::holding(&spec, &Value::Secret(sealed)), Keyed::Text(String::new()));
}

#[test]
fn percentages_are_parts_of_a_million() {
    let cases = [
        ("60", Some(600_000)),
        ("33.3333", Some(333_333)),
        ("６０％", Some(600_000)),
        ("0.5", Some(5_000)),
        ("100%", Some(1_000_000)),
        ("1/3", None),
        ("33.33333", None),
        (".5", None),
        ("-5", None),
    ];
    for (text, ppm) in cases {
        assert_eq!(parse_percent(text), ppm, "{text}");
    }
    assert_eq!([percent(600_000), percent(333_333), percent(1_000_000)], ["60", "33.3333", "100"]);
}

#[test]
fn a_last_day_is_a_date_or_long_term() {
    assert_eq!(parse_expiry("0810", today()), Ok(Some(day(2026, 8, 10))));
    assert_eq!([parse_expiry("长期", today()), parse_expiry("L", today())], [Ok(None), Ok(None)]);
    assert_eq!(parse_expiry(" ", today()), Err(Unread::Missing));
    assert_eq!(parse_expiry("soon", today()), Err(Unread::Date(DateError::Form)));
}

#[test]
fn accounts_are_shown_in_fours() {
    assert_eq!(in_fours("6222021001114454582"), "6222 0210 0111 4454 582");
    assert_eq!(in_fours("6222 0210-0111"), "6222 0210 0111");
    assert_eq!(in_fours("62ab"), "62ab");
}

#[test]
fn what_cannot_be_read_is_named_by_pointer() {
    let mut keyed = KeyedBeneficiaries { statutory: false, list: vec![someone("sixty")] };
    let row = keyed.add();
    keyed.list[1] = KeyedBeneficiary { row, order: "0".into(), ..someone("") };
    keyed.list[1].document.expires = String::new();
    let read = Keyed::Beneficiaries(keyed.clone()).read(&FieldType::Beneficiaries, today());
    assert_eq!(
        read.unread,
        [
            ("/beneficiaries/named/0/share_ppm".to_owned(), Unread::Percent),
            ("/beneficiaries/named/1/document/expires".to_owned(), Unread::Missing),
            ("/beneficiaries/named/1/order".to_owned(), Unread::Order),
        ]
    );
    keyed.remove(0);
    assert_eq!((keyed.at(row), keyed.at(0)), (Some(0), None));
    keyed.statutory = true;
    let read = Keyed::Beneficiaries(keyed).read(&FieldType::Beneficiaries, today());
    assert_eq!(read.value, Some(Value::Beneficiaries(Beneficiaries::Statutory)));
}
