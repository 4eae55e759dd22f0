use super::*;
use crate::{
    catalogue::{
        Catalogue, FaultSeverity, Label, PatternPart, PolicyFact, ResidentIdFault, Rule, check_character,
        pattern::CharClass,
        test_policy::{day, policy},
    },
    money::Money,
    secret::Sealed,
    value::{Beneficiary, DocumentKind, IdentityDocument},
};
use proptest::prelude::*;
use rstest::rstest;

/// GB 11643-1999's own example: a woman born on 31 December 1949.
const CITIZEN: &str = "11010519491231002X";

fn plain(text: &str) -> Secret {
    Secret::Plain(text.to_owned())
}

fn sealed(valid: bool) -> Secret {
    Secret::Sealed(Sealed { masked: "***".to_owned(), digest: "d1".to_owned(), valid, cipher: None })
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn chosen(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

fn secret(text: &str) -> Value {
    Value::Secret(plain(text))
}

fn document(kind: DocumentKind, number: &str) -> Value {
    Value::Document(IdentityDocument { kind, number: plain(number), expires: None })
}

fn spec(kind: FieldType, rules: Vec<Rule>) -> FieldSpec {
    FieldSpec {
        when_silent: Vec::new(),
        key: "f".into(),
        label: Label::new("项", "Field"),
        kind,
        required: true,
        double_keyed: false,
        rules,
    }
}

fn one(kind: FieldType, rules: Vec<Rule>, value: &Value) -> Vec<FieldFault> {
    let catalogue = Catalogue::shipped();
    let policy = policy();
    check_field(&spec(kind, rules), value, &catalogue.context(day("2026-03-18"), Some(&policy)))
}

fn rules(faults: &[FieldFault]) -> Vec<&FieldRule> {
    faults.iter().map(|fault| &fault.rule).collect()
}

fn all(code: &str, values: &[(&str, Value)]) -> Vec<FieldFault> {
    let catalogue = Catalogue::shipped();
    let policy = policy();
    let item = catalogue.item(&code.into()).unwrap_or_else(|| panic!("no item {code}"));
    check_fields(item, &map(values), &catalogue.context(day("2026-03-18"), Some(&policy)))
}

fn map(values: &[(&str, Value)]) -> Values {
    values.iter().map(|(key, value)| ((*key).into(), value.clone())).collect()
}

#[rstest]
#[case(FieldType::Text, text("中国工商银行"))]
#[case(FieldType::Name, text("买买提·艾力"))]
#[case(FieldType::Name, text("O'Neil-Smith"))]
#[case(FieldType::Date, Value::Date(NaiveDate::MIN))]
#[case(FieldType::Money, Value::Money(Money::fen(1)))]
#[case(FieldType::Ratio, Value::Ratio(1_000_000))]
#[case(FieldType::Mobile, secret("138 1234 1234"))]
#[case(FieldType::Mobile, secret("１９９００００００００"))]
#[case(FieldType::Mobile, secret("+86 138-1234-1234"))]
#[case(FieldType::Mobile, secret("008613812341234"))]
#[case(FieldType::PostalCode, text("200120"))]
#[case(FieldType::BankAccount, secret("6222 0212 3456 7894"))]
#[case(FieldType::PolicyNumber, text("310021846621"))]
#[case(FieldType::PolicyNumber, text("31002184-6621"))]
#[case(FieldType::Relation, chosen("daughter"))]
#[case(FieldType::PaymentMode, chosen("half_yearly"))]
#[case(FieldType::Address, secret("上海市浦东新区世纪大道1号"))]
#[case(FieldType::Email, secret("wenjuan.gu+1@mail.example.com.cn"))]
#[case(FieldType::Beneficiaries, Value::Beneficiaries(Beneficiaries::Statutory))]
#[case(FieldType::IdentityDocument, document(DocumentKind::ResidentId, CITIZEN))]
#[case(FieldType::IdentityDocument, document(DocumentKind::HouseholdRegister, CITIZEN))]
#[case(FieldType::IdentityDocument, document(DocumentKind::HouseholdRegister, "00123456"))]
#[case(FieldType::IdentityDocument, document(DocumentKind::Passport, "EA1234567"))]
#[case(FieldType::IdentityDocument, document(DocumentKind::PermanentResidence, "USA123456789012"))]
#[case(FieldType::IdentityDocument, document(DocumentKind::PermanentResidence, "911840198001010013"))]
#[case(FieldType::IdentityDocument, document(DocumentKind::BirthCertificate, "K310123456"))]
fn good_values_pass(#[case] kind: FieldType, #[case] value: Value) {
    assert_eq!(one(kind, vec![], &value), []);
}

#[rstest]
#[case(FieldType::Text, text(&"长".repeat(201)), FieldRule::Length { min: 1, max: 200, actual: 201 })]
#[case(FieldType::Text, text("a\u{0}b"), FieldRule::Invisible { at: 2 })]
#[case(FieldType::Text, text("两行\n字"), FieldRule::Characters { allowed: vec![CharClass::Visible] })]
#[case(FieldType::Text, text("abc\u{202e}cba"), FieldRule::Invisible { at: 4 })]
#[case(FieldType::Name, text("顾\u{200b}文娟"), FieldRule::Invisible { at: 2 })]
#[case(FieldType::Name, text("顾文娟\u{3164}"), FieldRule::Invisible { at: 4 })]
#[case(FieldType::Name, text("顾文\u{7}娟"), FieldRule::Invisible { at: 3 })]
#[case(FieldType::Address, secret("上海市\u{2066}世纪大道1号"), FieldRule::Invisible { at: 4 })]
#[case(FieldType::Name, text("顾"), FieldRule::Length { min: 2, max: 60, actual: 1 })]
#[case(FieldType::Name, text("顾文娟2"), FieldRule::Characters { allowed: vec![CharClass::Name] })]
#[case(FieldType::Money, Value::Money(Money::ZERO), FieldRule::NotPositive)]
#[case(FieldType::Money, Value::Money(Money::fen(-1)), FieldRule::NotPositive)]
#[case(FieldType::Ratio, Value::Ratio(0), FieldRule::Ratio)]
#[case(FieldType::Ratio, Value::Ratio(1_000_001), FieldRule::Ratio)]
#[case(FieldType::Mobile, secret("12812341234"), FieldRule::Mobile)]
#[case(FieldType::Mobile, secret("1381234123"), FieldRule::MobileLength { actual: 10 })]
#[case(FieldType::Mobile, secret("+86 138 1234 12345"), FieldRule::MobileLength { actual: 12 })]
#[case(FieldType::Mobile, secret("23812341234"), FieldRule::Mobile)]
#[case(FieldType::Mobile, secret("1381234123a"), FieldRule::Mobile)]
#[case(FieldType::Mobile, secret("+1 3812341234"), FieldRule::Mobile)]
#[case(FieldType::Mobile, secret("1"), FieldRule::MobileLength { actual: 1 })]
#[case(FieldType::PostalCode, text("20012"), FieldRule::PostalCode)]
#[case(FieldType::PolicyNumber, text("1234567"), FieldRule::PolicyNumber)]
#[case(FieldType::PolicyNumber, text("31002184/6621"), FieldRule::PolicyNumber)]
#[case(FieldType::BankAccount, secret("62220212345"), FieldRule::AccountLength { actual: 11 })]
#[case(FieldType::BankAccount, secret("6222021234567890123456"), FieldRule::AccountLength { actual: 22 })]
#[case(FieldType::BankAccount, secret("622202123456789X"), FieldRule::AccountLength { actual: 16 })]
#[case(FieldType::Relation, chosen("cousin"), FieldRule::UnknownChoice)]
#[case(FieldType::PaymentMode, chosen("weekly"), FieldRule::UnknownChoice)]
#[case(FieldType::Address, secret("上海"), FieldRule::Length { min: 5, max: 120, actual: 2 })]
#[case(FieldType::Email, secret("gu@example"), FieldRule::Email)]
#[case(FieldType::Email, secret("gu.example.com"), FieldRule::Email)]
#[case(FieldType::Email, secret("a..b@example.com"), FieldRule::Email)]
#[case(FieldType::Email, secret("a@-example.com"), FieldRule::Email)]
#[case(FieldType::Text, chosen("x"), FieldRule::WrongType)]
#[case(FieldType::Mobile, text("13812341234"), FieldRule::WrongType)]
fn bad_values_name_their_rule(#[case] kind: FieldType, #[case] value: Value, #[case] rule: FieldRule) {
    let faults = one(kind, vec![], &value);
    assert_eq!(faults, [FieldFault { pointer: "/f".to_owned(), rule, severity: FaultSeverity::Error }]);
}

#[rstest]
#[case(DocumentKind::ResidentId, "110105194912310021", FieldRule::ResidentId { fault: ResidentIdFault::CheckCharacter })]
#[case(DocumentKind::ResidentId, "110105491231002", FieldRule::ResidentId { fault: ResidentIdFault::Length { actual: 15 } })]
#[case(DocumentKind::HouseholdRegister, "110105194912310021", FieldRule::ResidentId { fault: ResidentIdFault::CheckCharacter })]
#[case(DocumentKind::HkMoTwResidence, CITIZEN, FieldRule::DocumentNumber { kind: DocumentKind::HkMoTwResidence })]
#[case(DocumentKind::HouseholdRegister, "11010519491231002", FieldRule::ResidentId { fault: ResidentIdFault::Length { actual: 17 } })]
#[case(DocumentKind::PermanentResidence, "911840198001010018", FieldRule::ResidentId { fault: ResidentIdFault::CheckCharacter })]
#[case(DocumentKind::PermanentResidence, CITIZEN, FieldRule::DocumentNumber { kind: DocumentKind::PermanentResidence })]
#[case(DocumentKind::PermanentResidence, "110105194912310021", FieldRule::ResidentId { fault: ResidentIdFault::CheckCharacter })]
#[case(DocumentKind::ResidentId, "911840198001010013", FieldRule::DocumentNumber { kind: DocumentKind::ResidentId })]
#[case(DocumentKind::Passport, CITIZEN, FieldRule::DocumentNumber { kind: DocumentKind::Passport })]
#[case(DocumentKind::Passport, "110105194912310021", FieldRule::ResidentId { fault: ResidentIdFault::CheckCharacter })]
#[case(DocumentKind::Passport, "110105491231002", FieldRule::ResidentId { fault: ResidentIdFault::Length { actual: 15 } })]
#[case(DocumentKind::BirthCertificate, "11010519491231002", FieldRule::ResidentId { fault: ResidentIdFault::Length { actual: 17 } })]
#[case(DocumentKind::Passport, "E12", FieldRule::DocumentNumber { kind: DocumentKind::Passport })]
#[case(DocumentKind::PermanentResidence, "123456789012", FieldRule::DocumentNumber { kind: DocumentKind::PermanentResidence })]
#[case(DocumentKind::BirthCertificate, "310123456", FieldRule::DocumentNumber { kind: DocumentKind::BirthCertificate })]
#[case(DocumentKind::Passport, " ", FieldRule::Required)]
fn bad_numbers_are_found_by_kind(#[case] kind: DocumentKind, #[case] number: &str, #[case] rule: FieldRule) {
    let faults = one(FieldType::IdentityDocument, vec![], &document(kind, number));
    assert_eq!(rules(&faults), [&rule]);
    assert_eq!(faults[0].pointer, "/f/document/number");
}

#[test]
fn residence_permits_carry_their_own_regions() {
    let body = "81000019900101001";
    let number: String = body.chars().chain(check_character(body)).collect();
    let check = |kind| rules(&one(FieldType::IdentityDocument, vec![], &document(kind, &number))).len();
    assert_eq!(check(DocumentKind::HkMoTwResidence), 0);
    assert_eq!(check(DocumentKind::ResidentId), 1);
}

#[test]
fn documents_expire_after_their_last_day() {
    let expiring = |on: &str| {
        let number = plain(CITIZEN);
        let document = IdentityDocument { kind: DocumentKind::ResidentId, number, expires: Some(day(on)) };
        one(FieldType::IdentityDocument, vec![], &Value::Document(document))
    };
    assert_eq!(expiring("2026-03-18"), []);
    let rule = FieldRule::DocumentExpired { expired: day("2026-03-17"), today: day("2026-03-18") };
    assert_eq!(rules(&expiring("2026-03-17")), [&rule]);
}

/// 7992 7398 713 is the usual example of the Luhn digit.
#[test]
fn the_luhn_digit_only_warns() {
    assert_eq!(luhn_digit("7992739871"), Some('3'));
    assert_eq!(luhn_digit("79927a"), None);
    let faults = one(FieldType::BankAccount, vec![], &secret("6222021234567890"));
    assert_eq!(rules(&faults), [&FieldRule::AccountLuhn]);
    assert!(!faults[0].is_error());
}

#[test]
fn sealed_values_are_judged_by_their_flag() {
    for kind in [FieldType::Mobile, FieldType::BankAccount, FieldType::Address, FieldType::Email] {
        assert_eq!(one(kind.clone(), vec![], &Value::Secret(sealed(true))), []);
        let faults = one(kind, vec![Rule::Length { min: 1, max: 2 }], &Value::Secret(sealed(false)));
        assert_eq!(rules(&faults), [&FieldRule::SealedInvalid]);
    }
    let number = sealed(false);
    let document = IdentityDocument { kind: DocumentKind::ResidentId, number, expires: None };
    let faults = one(FieldType::IdentityDocument, vec![], &Value::Document(document));
    assert_eq!(rules(&faults), [&FieldRule::SealedInvalid]);
}

#[rstest]
#[case(FieldType::Date, Rule::NotPast, Value::Date(day("2026-03-17")))]
#[case(FieldType::Date, Rule::NotFuture, Value::Date(day("2026-03-19")))]
#[case(FieldType::Date, Rule::AgeAtLeast(18), Value::Date(day("2008-03-19")))]
#[case(FieldType::Text, Rule::Length { min: 2, max: 3 }, text("a"))]
#[case(FieldType::Text, Rule::Characters(vec![CharClass::Han]), text("工行a"))]
#[case(FieldType::Text, Rule::Pattern(vec![PatternPart::exactly(CharClass::Digit, 2)]), text("1a"))]
#[case(FieldType::Mobile, Rule::Pattern(vec![PatternPart::exactly(CharClass::Digit, 2)]), secret("13812341234"))]
#[case(FieldType::Money, Rule::MoneyRange { min: Money::yuan(1), max: Money::yuan(2) }, Value::Money(Money::fen(201)))]
#[case(FieldType::PaymentMode, Rule::NoneOf(vec!["single".into()]), chosen("single"))]
#[case(FieldType::PaymentMode, Rule::NotAsPolicy(PolicyFact::PaymentMode), chosen("annual"))]
#[case(FieldType::Name, Rule::AsPolicy(PolicyFact::Holder), text("沈嘉树"))]
#[case(FieldType::Name, Rule::AsPolicy(PolicyFact::Insured), text("顾文娟"))]
fn declared_rules_refuse(#[case] kind: FieldType, #[case] rule: Rule, #[case] value: Value) {
    let faults = one(kind, vec![rule], &value);
    assert!(matches!(&faults[..], [fault] if fault.is_error()), "{faults:?}");
}

#[rstest]
#[case(FieldType::Date, Rule::NotPast, Value::Date(day("2026-03-18")))]
#[case(FieldType::Date, Rule::NotFuture, Value::Date(day("2026-03-18")))]
#[case(FieldType::Date, Rule::AgeAtLeast(18), Value::Date(day("2008-03-18")))]
#[case(FieldType::Text, Rule::Pattern(vec![PatternPart::exactly(CharClass::Digit, 2)]), text("12"))]
#[case(FieldType::Money, Rule::MoneyRange { min: Money::yuan(1), max: Money::yuan(2) }, Value::Money(Money::yuan(2)))]
#[case(FieldType::PaymentMode, Rule::NotAsPolicy(PolicyFact::PaymentMode), chosen("monthly"))]
#[case(FieldType::Name, Rule::AsPolicy(PolicyFact::Holder), text("顾 文娟"))]
fn declared_rules_let_pass(#[case] kind: FieldType, #[case] rule: Rule, #[case] value: Value) {
    assert_eq!(one(kind, vec![rule], &value), []);
}

#[test]
fn the_holders_own_name_only_warns() {
    let faults = one(FieldType::Name, vec![Rule::NotAsPolicy(PolicyFact::Holder)], &text("顾文娟"));
    assert_eq!(rules(&faults), [&FieldRule::NotAsPolicy { fact: PolicyFact::Holder }]);
    assert!(!faults[0].is_error());
}

#[test]
fn rules_on_the_policy_wait_for_a_policy() {
    let catalogue = Catalogue::shipped();
    let context = catalogue.context(day("2026-03-18"), None);
    let spec = spec(FieldType::Name, vec![Rule::AsPolicy(PolicyFact::Holder)]);
    assert_eq!(check_field(&spec, &text("沈嘉树"), &context), []);
}

#[test]
fn required_unknown_and_blank_fields_are_seen() {
    let faults = all("CT", &[("reason", chosen(" ")), ("bank", text("")), ("a/b", text("x"))]);
    let found: Vec<(&str, &FieldRule)> =
        faults.iter().map(|fault| (fault.pointer.as_str(), &fault.rule)).collect();
    let required = &FieldRule::Required;
    assert_eq!(
        found,
        [
            ("/a~1b", &FieldRule::Unknown),
            ("/reason", required),
            ("/bank", required),
            ("/account", required),
            ("/account_name", required),
        ]
    );
}

#[test]
fn contact_details_need_one_thing_to_change() {
    let party = ("party", chosen("holder"));
    let none = all("AM", std::slice::from_ref(&party));
    assert!(matches!(rules(&none)[..], [FieldRule::AtLeastOne { fields }] if fields.len() == 3));
    let address = ("address", secret("上海市浦东新区世纪大道1号"));
    let faults = all("AM", &[party.clone(), address.clone()]);
    assert_eq!(rules(&faults), [&FieldRule::RequiredWith { with: "address".into() }]);
    assert_eq!(all("AM", &[party, address, ("postal_code", text("200120"))]), []);
}

#[test]
fn a_transfer_needs_its_account_and_cash_does_not() {
    assert_eq!(all("PC", &[("method", chosen("cash"))]), []);
    let faults = all("PC", &[("method", chosen("transfer")), ("on_failure", chosen("sms"))]);
    let pointers: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        ["/bank", "/account_kind", "/account", "/account_name", "/first_debit", "/reminder_mobile"]
    );
}

/// A holder change in full, to be spoilt field by field.
fn holder_change() -> Vec<(&'static str, Value)> {
    vec![
        ("new_holder_name", text("陈静")),
        ("new_holder_document", document(DocumentKind::ResidentId, CITIZEN)),
        ("new_holder_sex", chosen("female")),
        ("new_holder_birth", Value::Date(day("1949-12-31"))),
        ("relation", chosen("mother")),
        ("mobile", secret("13812341234")),
        ("address", secret("上海市浦东新区世纪大道1号")),
        ("postal_code", text("200120")),
    ]
}

#[test]
fn birth_date_and_sex_agree_with_the_identity_number() {
    assert_eq!(all("AE", &holder_change()), []);
    let mut values = holder_change();
    values[2].1 = chosen("male");
    values[3].1 = Value::Date(day("1949-12-30"));
    let faults = all("AE", &values);
    assert_eq!(
        rules(&faults),
        [
            &FieldRule::SexDiffers { document: "new_holder_document".into() },
            &FieldRule::BirthDateDiffers { document: "new_holder_document".into() },
        ]
    );
    values[1].1 = document(DocumentKind::Passport, "EA1234567");
    assert_eq!(all("AE", &values), []);
}

#[test]
fn an_account_is_kept_in_the_payees_name() {
    let payee = [
        ("payee_name", text("沈嘉树")),
        ("payee_document", document(DocumentKind::ResidentId, CITIZEN)),
        ("payee_relation", chosen("self")),
        ("bank", text("招商银行（上海）")),
        ("account", secret("6222021234567894")),
    ];
    let with = |name: &str| all("AG", &[&payee[..], &[("account_name", text(name))]].concat());
    assert_eq!(with("沈 嘉树"), []);
    assert_eq!(rules(&with("顾文娟")), [&FieldRule::AsField { field: "payee_name".into() }]);
}

fn beneficiary(name: &str, number: Secret, order: u8, share_ppm: Option<u32>) -> Beneficiary {
    let document = IdentityDocument { kind: DocumentKind::Passport, number, expires: None };
    Beneficiary { name: name.to_owned(), document, relation: "son".to_owned(), order, share_ppm }
}

/// Beneficiaries by order and share, everybody another person.
fn named(shares: &[(u8, Option<u32>)]) -> Value {
    let list = shares
        .iter()
        .enumerate()
        .map(|(index, (order, share))| beneficiary("陈静", plain(&format!("EA{index:07}")), *order, *share));
    Value::Beneficiaries(Beneficiaries::Named(list.collect()))
}

#[rstest]
#[case(&[(1, None), (1, None), (2, None)], &[])]
#[case(&[(1, Some(500_000)), (1, Some(500_000)), (2, None)], &[])]
#[case(&[(1, Some(600_000)), (1, Some(300_000))], &[FieldRule::ShareSum { order: 1, sum_ppm: 900_000 }])]
#[case(&[(1, Some(1_000_000)), (1, None)], &[FieldRule::ShareMissing { order: 1 }])]
#[case(&[(1, Some(1_000_000)), (1, Some(0))], &[FieldRule::ShareZero])]
#[case(&[(1, None), (3, None)], &[FieldRule::OrderGap { missing: 2 }])]
#[case(&[(2, None)], &[FieldRule::OrderGap { missing: 1 }])]
#[case(&[(0, None), (1, None)], &[FieldRule::OrderGap { missing: 1 }])]
#[case(&[], &[FieldRule::NoBeneficiary])]
#[case(&[(1, None); 21], &[FieldRule::TooManyBeneficiaries { max: 20 }])]
#[case(&[(1, Some(u32::MAX)), (1, Some(u32::MAX))], &[FieldRule::ShareSum { order: 1, sum_ppm: 8_589_934_590 }])]
fn orders_and_shares_make_a_whole(#[case] shares: &[(u8, Option<u32>)], #[case] expected: &[FieldRule]) {
    let faults = one(FieldType::Beneficiaries, vec![], &named(shares));
    assert_eq!(rules(&faults), expected.iter().collect::<Vec<_>>());
}

#[test]
fn nobody_is_named_twice() {
    let list = |numbers: [Secret; 2]| {
        let list = numbers.map(|number| beneficiary("陈静", number, 1, None)).to_vec();
        one(FieldType::Beneficiaries, vec![], &Value::Beneficiaries(Beneficiaries::Named(list)))
    };
    let same = FieldRule::SameBeneficiary { other: 0 };
    assert_eq!(rules(&list([plain("EA0000001"), plain("ea 0000001")])), [&same]);
    assert_eq!(rules(&list([sealed(true), sealed(true)])), [&same]);
    assert_eq!(list([sealed(true), plain("EA0000001")]), []);
}

#[test]
fn each_beneficiary_is_checked_where_he_stands() {
    let mut wrong = beneficiary("", plain("E1"), 1, Some(400_000));
    wrong.relation = "cousin".to_owned();
    wrong.document.expires = Some(day("2020-01-01"));
    let list = vec![beneficiary("陈静", plain("EA0000001"), 1, Some(500_000)), wrong];
    let values = map(&[
        ("benefit", chosen("death")),
        ("beneficiaries", Value::Beneficiaries(Beneficiaries::Named(list))),
    ]);
    let catalogue = Catalogue::shipped();
    let item = catalogue.item(&"BC".into()).unwrap_or_else(|| panic!("no item BC"));
    let faults = check_fields(item, &values, &catalogue.context(day("2026-03-18"), None));
    let at = |fault: &FieldFault| {
        fault.pointer.trim_start_matches("/beneficiaries/beneficiaries/named").to_owned()
    };
    let pointers: Vec<String> = faults.iter().map(at).collect();
    assert_eq!(
        pointers,
        ["/1/name", "/1/relation", "/1/document/expires", "/1/document/number", "/0/share_ppm"]
    );
    // Every pointer leads somewhere in the wire form of the map.
    let wire = serde_json::to_value(&values).unwrap_or_default();
    for fault in &faults {
        assert!(wire.pointer(&fault.pointer).is_some(), "{}", fault.pointer);
    }
}

#[test]
fn seals_are_told_what_was_wrong() {
    let catalogue = Catalogue::shipped();
    let context = catalogue.context(day("2026-03-18"), None);
    let verdicts = |code: &str, values: &[(&str, Value)]| {
        let item = catalogue.item(&code.into()).unwrap_or_else(|| panic!("no item {code}"));
        secret_validity(item, &map(values), &context)
    };
    let expected = |rows: &[(&str, &[bool])]| -> BTreeMap<FieldKey, Vec<bool>> {
        rows.iter().map(|(key, verdicts)| ((*key).into(), verdicts.to_vec())).collect()
    };
    let good: &[(&str, &[bool])] =
        &[("new_holder_document", &[true]), ("mobile", &[true]), ("address", &[true])];
    assert_eq!(verdicts("AE", &holder_change()), expected(good));
    let mut values = holder_change();
    values[3].1 = Value::Date(day("1949-12-30"));
    values[5].1 = secret("123");
    let bad: &[(&str, &[bool])] =
        &[("new_holder_document", &[false]), ("mobile", &[false]), ("address", &[true])];
    assert_eq!(verdicts("AE", &values), expected(bad));
    let list =
        vec![beneficiary("陈静", plain("E1"), 1, None), beneficiary("陈静", plain("EA0000001"), 1, None)];
    let list = Value::Beneficiaries(Beneficiaries::Named(list));
    assert_eq!(verdicts("BC", &[("beneficiaries", list)]), expected(&[("beneficiaries", &[false, true])]));
    // A Luhn digit that only warns does not make an account wrong.
    let account = ("account", secret("6222021234567890"));
    assert_eq!(verdicts("CT", &[account]), expected(&[("account", &[true])]));
}

proptest! {
    /// However shares are dealt, only the whole passes, and equal shares need none.
    #[test]
    fn only_the_whole_passes(cuts in prop::collection::vec(1_u32..1_000_000, 0..6), off in -3_i64..4) {
        let mut cuts: Vec<u32> = cuts.into_iter().chain([0, 1_000_000]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut shares: Vec<(u8, Option<u32>)> =
            cuts.windows(2).map(|pair| (1, Some(pair[1] - pair[0]))).collect();
        prop_assert!(one(FieldType::Beneficiaries, vec![], &named(&shares)).is_empty());
        if let Some((_, Some(share))) = shares.first_mut() {
            *share = u32::try_from(i64::from(*share) + off).unwrap_or(0);
        }
        let faults = one(FieldType::Beneficiaries, vec![], &named(&shares));
        prop_assert_eq!(faults.is_empty(), off == 0, "{:?}", shares);
        let equal: Vec<(u8, Option<u32>)> = shares.iter().map(|(order, _)| (*order, None)).collect();
        prop_assert!(one(FieldType::Beneficiaries, vec![], &named(&equal)).is_empty());
    }

    /// No text makes a check panic, and none that is wrong shows in what comes back.
    #[test]
    fn no_text_breaks_a_check(typed in "\\PC{0,40}") {
        let catalogue = Catalogue::shipped();
        for item in &catalogue.items {
            for field in &item.fields {
                let value = match field.kind.secret_kind() {
                    Some(_) if field.kind == FieldType::IdentityDocument => document(DocumentKind::ResidentId, &typed),
                    Some(_) => secret(&typed),
                    None => text(&typed),
                };
                let faults = check_field(field, &value, &catalogue.context(day("2026-03-18"), None));
                if typed.chars().count() > 8 && typed.chars().any(|c| c.is_ascii_digit()) {
                    let shown = format!("{faults:?}");
                    prop_assert!(!shown.contains(&typed));
                }
            }
        }
    }

    /// The Luhn digit finds every single wrong digit.
    #[test]
    fn luhn_finds_one_wrong_digit(body in "[0-9]{15}", at in 0_usize..15, other in 0_u8..10) {
        let mut wrong = body.clone().into_bytes();
        wrong[at] = b'0' + other;
        let wrong = String::from_utf8_lossy(&wrong).into_owned();
        prop_assert_eq!(luhn_digit(&wrong) == luhn_digit(&body), wrong == body);
    }
}
