use super::*;
use crate::{policy::PaymentMode, time::BusinessMinutes};
use rstest::rstest;

fn codes<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<&'a str> {
    items.into_iter().map(|item| item.code.as_str()).collect()
}

fn item<'a>(catalogue: &'a Catalogue, code: &str) -> &'a Item {
    catalogue.item(&code.into()).unwrap_or_else(|| panic!("no item {code}"))
}

#[test]
fn the_shipped_catalogue_loads_and_survives_the_wire() {
    let catalogue = Catalogue::load(Catalogue::shipped()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let json = serde_json::to_string(&catalogue).unwrap_or_default();
    println!("catalogue as JSON: {} bytes", json.len());
    let back: Catalogue = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back, catalogue);
    assert!(json.len() < 64 * 1024, "{} bytes are too many for a first visit", json.len());
}

#[test]
fn unknown_fields_are_refused() {
    let mut json = serde_json::to_value(Catalogue::shipped()).unwrap_or_default();
    json["items"][0]["surprise"] = true.into();
    let error = serde_json::from_value::<Catalogue>(json).err();
    assert!(error.is_some_and(|error| error.to_string().contains("surprise")));
}

#[test]
fn ships_ten_items_of_three_classes_and_three_routes() {
    let catalogue = Catalogue::shipped();
    assert_eq!(codes(&catalogue.items), ["AM", "BC", "AE", "CM", "PM", "PC", "CT", "WT", "AG", "LR"]);
    let of = |class| codes(catalogue.items.iter().filter(|item| item.class == class));
    assert_eq!(of(ItemClass::Payment), ["CT", "WT", "AG"]);
    assert_eq!(of(ItemClass::Other), ["LR"]);
    assert_eq!(of(ItemClass::Special), Vec::<&str>::new());
    let by = |route| codes(catalogue.items.iter().filter(|item| item.route == route));
    assert_eq!(by(Route::Surrender), ["CT", "WT"]);
    assert_eq!(by(Route::Maturity), ["AG"]);
    assert_eq!(by(Route::Standard).len(), 7);
    assert!(catalogue.items.iter().all(|item| item.obligations.is_empty()));
}

/// Sources say of every item where its window, materials, dates and service come from.
#[test]
fn every_item_names_its_sources() {
    for item in Catalogue::shipped().items {
        let has = |subject| item.sources.iter().any(|source| source.subject == subject);
        assert!(has(Subject::Window) && has(Subject::Materials), "{}", item.code);
        assert!(has(Subject::EffectiveDate) && has(Subject::Service), "{}", item.code);
        assert_eq!(has(Subject::Fee), item.fee.is_some(), "{}", item.code);
        assert_eq!(has(Subject::Consent), item.needs_consent, "{}", item.code);
    }
}

/// If one may not stand beside another, the other may not stand beside it.
#[test]
fn exclusions_are_mutual_and_hold_the_item_itself() {
    let catalogue = Catalogue::shipped();
    for one in &catalogue.items {
        assert!(one.admission.excludes.contains(&one.code), "{} twice", one.code);
        for other in &one.admission.excludes {
            let back = &item(&catalogue, other.as_str()).admission.excludes;
            assert!(back.contains(&one.code), "{} excludes {other}, not the other way", one.code);
        }
    }
    let pair = |a: &str, b: &str| conflicts(&[item(&catalogue, a), item(&catalogue, b)]).len();
    assert_eq!([pair("BC", "PM"), pair("BC", "PC"), pair("AM", "LR")], [0, 0, 0]);
    assert_eq!([pair("BC", "AE"), pair("CT", "AM"), pair("AM", "AM")], [1, 1, 1]);
}

#[rstest]
#[case("AM", &["party", "mobile", "postal_code", "email"])]
#[case("BC", &["benefit", "beneficiaries"])]
#[case("AE", &["new_holder_document", "account"])]
#[case("CM", &["party", "name", "document", "sex", "birth_date"])]
#[case("PM", &["payment_mode"])]
#[case("PC", &["account", "first_debit"])]
#[case("LR", &["reason", "lost_on"])]
#[case("CT", &["reason", "account", "account_name"])]
#[case("WT", &["reason", "account", "account_name"])]
#[case("AG", &["payee_name", "payee_document", "payee_relation", "account", "account_name"])]
fn key_fields_are_critical_ones_and_short_ones_of_short_items(#[case] code: &str, #[case] keys: &[&str]) {
    let catalogue = Catalogue::shipped();
    let found: Vec<&str> =
        catalogue.key_fields(item(&catalogue, code)).iter().map(|field| field.key.as_str()).collect();
    assert_eq!(found, keys);
}

#[test]
fn a_longer_item_keeps_only_its_critical_key_fields() {
    let catalogue = Catalogue::shipped();
    let keys: Vec<&str> =
        key_fields(item(&catalogue, "CT"), 3).iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["account"]);
}

#[rstest]
#[case("bc", &["BC"])]
#[case("syr", &["BC"])]
#[case("退保", &["CT", "WT"])]
#[case("tb", &["CT", "AE", "WT"])]
#[case("Surr", &["CT"])]
#[case("变更 ", &["AM", "BC", "AE", "CM", "PM", "PC"])]
#[case("xyz", &[])]
fn search_meets_code_name_and_initials(#[case] query: &str, #[case] found: &[&str]) {
    assert_eq!(codes(Catalogue::shipped().search(query)), found);
}

#[test]
fn an_empty_search_gives_all() {
    let catalogue = Catalogue::shipped();
    assert_eq!(codes(catalogue.search("  ")), codes(&catalogue.items));
}

/// Process §5.
#[test]
fn targets_are_those_of_the_specification() {
    let targets = Settings::default().targets;
    let row = |class| Stage::ALL.map(|stage| targets.of(class, stage).get());
    assert_eq!(row(ItemClass::Change), [30, 120, 180, 120, 120, 60]);
    assert_eq!(row(ItemClass::Payment), [30, 120, 240, 180, 60, 60]);
    assert_eq!(row(ItemClass::Other), [30, 60, 60, 60, 60, 60]);
    assert_eq!(row(ItemClass::Special), [60, 240, 480, 240, 120, 120]);
    let mut classes = ItemClass::ALL;
    classes.sort();
    assert!(classes.is_sorted_by_key(|class| row(*class).iter().sum::<i64>()));
}

#[test]
fn a_case_has_the_longest_target_and_the_earliest_promise_of_its_items() {
    let catalogue = Catalogue::shipped();
    let both = [item(&catalogue, "PC"), item(&catalogue, "LR")];
    assert_eq!(catalogue.target(&both, Stage::Servicing), Some(BusinessMinutes(180)));
    assert_eq!(catalogue.promise(&both), Some(BusinessDays(3)));
    assert_eq!(catalogue.promise(&[item(&catalogue, "BC"), item(&catalogue, "PC")]), Some(BusinessDays(3)));
    assert_eq!(catalogue.promise(&[item(&catalogue, "BC")]), Some(BusinessDays(5)));
    assert_eq!((catalogue.target(&[], Stage::Entry), catalogue.promise(&[])), (None, None));
}

#[test]
fn due_diligence_is_for_payments_above_the_threshold() {
    let catalogue = Catalogue::shipped();
    let needs = |code, amount| catalogue.needs_due_diligence(item(&catalogue, code), amount);
    assert!(!needs("CT", Money::yuan(10_000)));
    assert!(needs("CT", Money::fen(1_000_001)));
    assert!(!needs("PM", Money::yuan(50_000)));
}

#[test]
fn payment_modes_bear_the_names_of_the_policy_facts() {
    let modes = Catalogue::shipped().payment_modes;
    let all = [
        PaymentMode::Single,
        PaymentMode::Annual,
        PaymentMode::HalfYearly,
        PaymentMode::Quarterly,
        PaymentMode::Monthly,
    ];
    for (mode, choice) in all.into_iter().zip(&modes) {
        assert_eq!(serde_json::to_string(&mode).unwrap_or_default(), format!("\"{}\"", choice.code));
        assert_eq!(check::payment_mode(&choice.code), Some(mode));
    }
    assert_eq!(modes.len(), all.len());
}

/// Reference, part 6.6: how many controls the document states for each error point. E11 and E14 have none.
#[test]
fn controls_cover_what_the_document_states() {
    let controls = Catalogue::shipped().controls;
    let stated = ErrorPoint::ALL
        .map(|point| controls.iter().filter(|control| control.covers.contains(&point)).count());
    assert_eq!(stated, [2, 2, 3, 4, 3, 2, 1, 2, 2, 1, 0, 1, 2, 0]);
    let of = |target| controls.iter().filter(|control| control.target == target).count();
    assert_eq!(
        [of(ControlTarget::Conformity), of(ControlTarget::CycleTime), of(ControlTarget::ErrorRate)],
        [4, 4, 8]
    );
    let mut added = controls[15].clone();
    assert!(!added.covers(ErrorPoint::E11));
    added.adds.push(ErrorPoint::E11);
    assert!(added.covers(ErrorPoint::E11));
}

/// Reference, part 6.9.
#[test]
fn three_of_ten_documents_are_unfinished() {
    let documents = Catalogue::shipped().documents;
    let unfinished = documents.iter().filter(|document| document.state != DocumentState::Exists);
    let titles: Vec<&str> = unfinished.map(|document| document.title.zh.as_ref()).collect();
    assert_eq!(titles, ["变更标准作业流程", "实时监控制度", "复核制度"]);
    assert_eq!(documents.len(), 10);
}

#[test]
fn points_are_found_by_code() {
    let catalogue = Catalogue::shipped();
    let point = CheckPoint::new(8).and_then(|number| catalogue.check_point(number));
    assert_eq!(point.map(|point| point.label.zh.as_ref()), Some("变更费用调整"));
    assert_eq!(catalogue.error_point(ErrorPoint::E05).map(|point| point.code), Some(ErrorPoint::E05));
    assert_eq!(catalogue.check_points_for(Stage::Binding).len(), 4);
}

fn papers(kinds: &[(&str, MaterialForm)]) -> Vec<HandedIn> {
    kinds.iter().map(|(kind, form)| HandedIn { kind: (*kind).into(), form: *form }).collect()
}

#[test]
fn names_missing_materials_once_with_the_items_that_need_them() {
    use MaterialForm::{Copy, Original};
    let catalogue = Catalogue::shipped();
    let items = [item(&catalogue, "BC"), item(&catalogue, "PM")];
    let handed_in = papers(&[
        ("application", Original),
        ("contract", Copy),
        ("insured_id", Original),
        ("beneficiary_id", Copy),
        ("relation_proof", Copy),
    ]);
    let missing = |by_agent| -> Vec<(String, String, Missing, bool)> {
        missing_materials(&items, &handed_in, by_agent)
            .into_iter()
            .map(|lack| {
                let items: Vec<&str> = lack.items.iter().map(ItemCode::as_str).collect();
                (lack.kind.to_string(), items.join(" "), lack.missing, lack.waivable)
            })
            .collect()
    };
    let row =
        |kind: &str, items: &str, missing, waivable| (kind.to_owned(), items.to_owned(), missing, waivable);
    let mut expected = vec![
        row("contract", "BC PM", Missing::CopyOnly, false),
        row("holder_id", "BC PM", Missing::Absent, false),
        row("insured_consent", "BC", Missing::Absent, false),
        row("premium_receipt", "PM", Missing::Absent, true),
    ];
    assert_eq!(missing(false), expected);
    expected.insert(3, row("authority_letter", "BC PM", Missing::Absent, false));
    expected.insert(4, row("agent_id", "BC PM", Missing::Absent, false));
    assert_eq!(missing(true), expected);
}

/// What the interface publishes: texts are strings and lists are arrays, although they are borrowed in Rust.
#[cfg(feature = "openapi")]
#[test]
fn schemas_show_texts_and_lists() {
    use utoipa::PartialSchema;
    let schema = |schema| serde_json::to_value(schema).unwrap_or_default();
    let label = schema(Label::schema());
    assert_eq!(label["properties"]["zh"]["type"], "string", "{label}");
    let point = schema(CheckPointSpec::schema());
    assert_eq!(point["properties"]["posts"]["type"], "array", "{point}");
    assert_eq!(point["properties"]["wording"]["type"], "string", "{point}");
    let rule = schema(Rule::schema());
    assert!(rule.to_string().contains("none_of"), "{rule}");
}
