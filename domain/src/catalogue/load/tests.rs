use super::*;
use crate::catalogue::{
    FieldType, FieldsRule, PatternPart, PolicyFact, Rule, StageMinutes, item::Finishing, pattern::CharClass,
};
use crate::{money::Money, quality::points::CHECK_POINTS};
use rstest::rstest;

/// What is wrong with the shipped catalogue after a change.
fn errors(change: impl FnOnce(&mut Catalogue)) -> Vec<CatalogueError> {
    let mut catalogue = Catalogue::shipped();
    change(&mut catalogue);
    Catalogue::load(catalogue).err().unwrap_or_default()
}

fn at<'a>(catalogue: &'a mut Catalogue, code: &str) -> &'a mut Item {
    let found = catalogue.items.iter_mut().find(|item| item.code.as_str() == code);
    found.unwrap_or_else(|| panic!("no item {code}"))
}

/// The one error an item change makes.
fn error_of(code: &str, change: impl FnOnce(&mut Item)) -> CatalogueError {
    let mut errors = errors(|catalogue| change(at(catalogue, code)));
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

/// Adds an entry of a table once more.
fn again<T: Clone>(table: &mut Vec<T>, index: usize) {
    table.push(table[index].clone());
}

#[rstest]
#[case(Obligation::Referral, Obligations { referrals: vec!["underwriting".into()], ..Obligations::default() })]
#[case(Obligation::SpecialApproval, Obligations { special_approval: true, ..Obligations::default() })]
#[case(Obligation::Examination, Obligations { examination: true, ..Obligations::default() })]
#[case(Obligation::FinalCheck, Obligations { final_check: true, ..Obligations::default() })]
#[case(Obligation::Notice, Obligations { notices: vec!["decision".into()], ..Obligations::default() })]
#[case(Obligation::Seal, Obligations { seals: vec!["change".into()], ..Obligations::default() })]
#[case(Obligation::Lapse, Obligations { lapses: true, ..Obligations::default() })]
fn refuses_what_it_cannot_carry_out(#[case] obligation: Obligation, #[case] declared: Obligations) {
    let error = error_of("BC", |item| item.obligations = declared);
    assert_eq!(error, CatalogueError::Obligation { item: "BC".into(), obligation });
}

#[rstest]
#[case(Route::Special)]
#[case(Route::Reversal)]
fn refuses_routes_it_does_not_have(#[case] route: Route) {
    let error = error_of("CT", |item| item.route = route);
    assert_eq!(error, CatalogueError::Route { item: "CT".into(), route });
}

#[test]
fn refuses_doubles_in_every_table() {
    let doubled = |change: fn(&mut Catalogue)| match &errors(change)[..] {
        [CatalogueError::Duplicate { table, code }, ..] => format!("{table} {code}"),
        other => format!("{other:?}"),
    };
    assert_eq!(doubled(|c| again(&mut c.items, 0)), "items AM");
    assert_eq!(doubled(|c| again(&mut c.materials, 0)), "materials application");
    assert_eq!(doubled(|c| again(&mut c.relations, 0)), "relations self");
    assert_eq!(doubled(|c| again(&mut c.payment_modes, 0)), "payment_modes single");
    assert_eq!(doubled(|c| again(&mut c.products, 0)), "products 安衡终身寿险");
    assert_eq!(doubled(|c| again(&mut c.documents, 0)), "documents D01");
    assert_eq!(doubled(|c| c.controls[1] = c.controls[0].clone()), "controls N1");
    assert_eq!(doubled(|c| again(&mut c.items[0].fields, 1)), "AM fields mobile");
    assert_eq!(doubled(|c| again(&mut c.items[0].finishing, 0)), "AM finishing endorsement");
    assert_eq!(doubled(|c| again(&mut c.items[0].materials, 0)), "AM materials application");
    let choices = |c: &mut Catalogue| {
        if let FieldType::Choice(list) = &mut c.items[0].fields[0].kind {
            list.push(list[0].clone());
        }
    };
    assert_eq!(doubled(choices), "AM party holder");
}

#[test]
fn refuses_what_dangles() {
    let error = error_of("BC", |item| item.materials[0].kind = "napkin".into());
    assert_eq!(error, CatalogueError::UnknownMaterial { item: "BC".into(), kind: "napkin".into() });
    let error = error_of("BC", |item| item.admission.excludes.push("ZZ".into()));
    assert_eq!(error, CatalogueError::UnknownItem { item: "BC".into(), other: "ZZ".into() });
    let error = error_of("BC", |item| item.documents[0].0 = "D99".into());
    assert_eq!(error, CatalogueError::UnknownDocument { of: "BC".to_owned(), code: "D99".to_owned() });
    let unknown =
        |item: &str, field: &str| CatalogueError::UnknownField { item: item.into(), field: field.into() };
    let error = error_of("AM", |item| item.rules = vec![FieldsRule::AtLeastOne(vec!["fax".into()])]);
    assert_eq!(error, unknown("AM", "fax"));
    let error = error_of("AG", |item| item.fields[5].rules = vec![Rule::AsField("fax".into())]);
    assert_eq!(error, unknown("AG", "fax"));
    let error = error_of("PM", |item| {
        if let Some(FeeRule::PremiumDifference { mode, .. }) = &mut item.fee {
            *mode = "fax".into();
        }
    });
    assert_eq!(error, unknown("PM", "fax"));
    let error = error_of("LR", |item| {
        if let Some(FeeRule::Reissue { free, .. }) = &mut item.fee {
            free.push("weather".into());
        }
    });
    let choice = |item: &str, field: &str, code: &str| CatalogueError::UnknownChoice {
        item: item.into(),
        field: field.into(),
        code: code.to_owned(),
    };
    assert_eq!(error, choice("LR", "reason", "weather"));
    let error = error_of("PM", |item| item.fields[0].rules = vec![Rule::NoneOf(vec!["weekly".into()])]);
    assert_eq!(error, choice("PM", "payment_mode", "weekly"));
    let when = |is: &str| FieldsRule::RequiredWhen {
        field: "lost_on".into(),
        when: "reason".into(),
        is: is.to_owned().into(),
    };
    let error = error_of("LR", |item| item.rules.push(when("weather")));
    assert_eq!(error, choice("LR", "reason", "weather"));
}

/// A rule that never meets a value of its field would be a check that cannot fail.
#[rstest]
#[case("mobile", Rule::NotPast)]
#[case("mobile", Rule::AsPolicy(PolicyFact::Holder))]
#[case("party", Rule::Length { min: 1, max: 2 })]
#[case("email", Rule::MoneyRange { min: Money::ZERO, max: Money::yuan(1) })]
#[case("email", Rule::NotAsPolicy(PolicyFact::PaymentMode))]
#[case("address", Rule::BirthDateOf("party".into()))]
#[case("address", Rule::NoneOf(vec!["x".into()]))]
#[case("address", Rule::AsField("mobile".into()))]
#[case("address", Rule::AsField("address".into()))]
fn refuses_rules_that_do_not_fit(#[case] key: &str, #[case] rule: Rule) {
    let error = error_of("AM", |item| {
        let field = item.fields.iter_mut().find(|field| field.key.as_str() == key);
        field.unwrap_or_else(|| panic!("no field {key}")).rules.push(rule);
    });
    assert!(matches!(error, CatalogueError::WrongFieldType { .. }), "{error:?}");
}

#[rstest]
#[case(Rule::Length { min: 2, max: 1 })]
#[case(Rule::Characters(Vec::new()))]
#[case(Rule::Pattern(vec![PatternPart::new(CharClass::Digit, 2, 1)]))]
fn refuses_rules_nothing_meets(#[case] rule: Rule) {
    let error = error_of("AM", |item| item.fields[1].rules.push(rule));
    assert!(matches!(error, CatalogueError::EmptyRule { .. }), "{error:?}");
}

#[test]
fn refuses_required_fields_in_rules_that_require_them() {
    let rule = FieldsRule::AtLeastOne(vec!["party".into()]);
    let error = error_of("AM", |item| item.rules.push(rule));
    assert!(matches!(error, CatalogueError::WrongFieldType { .. }), "{error:?}");
    let error = error_of("LR", |item| item.fields[0].required = false);
    assert!(matches!(error, CatalogueError::WrongFieldType { .. }), "{error:?}");
}

#[test]
fn refuses_items_that_declare_nothing() {
    let nothing = |change: fn(&mut Item)| match error_of("AM", change) {
        CatalogueError::Nothing { what, .. } => what,
        other => format!("{other:?}"),
    };
    assert_eq!(nothing(|item| item.admission.statuses.clear()), "statuses");
    assert_eq!(nothing(|item| item.admission.capacities.clear()), "capacities");
    assert_eq!(nothing(|item| item.materials.clear()), "materials");
    assert_eq!(nothing(|item| item.finishing.clear()), "finishing");
    assert_eq!(nothing(|item| item.weight_ppm = 0), "weight");
    assert_eq!(nothing(|item| item.promise = crate::time::BusinessDays(0)), "promise");
    let no_fields = |item: &mut Item| {
        item.fields.clear();
        item.rules.clear();
    };
    assert_eq!(nothing(no_fields), "fields");
    assert_eq!(nothing(|item| item.rules.push(FieldsRule::AtLeastOne(Vec::new()))), "fields");
}

#[test]
fn refuses_consent_without_its_paper() {
    let error = error_of("AE", |item| item.materials.retain(|need| need.kind.as_str() != CONSENT));
    assert_eq!(error, CatalogueError::ConsentWithoutPaper { item: "AE".into() });
}

#[rstest]
#[case("A")]
#[case("am")]
#[case("AMX")]
fn refuses_codes_of_another_form(#[case] code: &str) {
    let errors = errors(|catalogue| at(catalogue, "AM").code = code.into());
    assert!(errors.contains(&CatalogueError::BadCode { code: code.to_owned() }), "{errors:?}");
}

#[test]
fn refuses_empty_texts_and_bad_keys() {
    let empty = |change: fn(&mut Catalogue)| match &errors(change)[..] {
        [CatalogueError::EmptyText { of }] => of.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(empty(|c| c.items[0].name.en = " ".into()), "AM");
    assert_eq!(empty(|c| c.items[0].pinyin = "".into()), "AM pinyin");
    assert_eq!(empty(|c| c.items[0].fields[0].label.zh = "".into()), "AM party");
    assert_eq!(empty(|c| c.controls[0].label.en = "".into()), "control N1");
    assert_eq!(empty(|c| c.documents[0].title.en = "".into()), "document D01");
    assert_eq!(empty(|c| c.materials[0].label.en = "".into()), "material application");
    assert_eq!(empty(|c| c.check_points[0].label.en = "".into()), "check point 1");
    assert_eq!(empty(|c| c.error_points[0].label.en = "".into()), "error point E01");
    let blank = Finishing { label: Label::new("", ""), ..Catalogue::shipped().items[0].finishing[0].clone() };
    assert!(matches!(error_of("AM", |item| item.finishing = vec![blank]), CatalogueError::EmptyText { .. }));
    let error = error_of("CT", |item| item.fields[0].key = "Reason/1".into());
    assert_eq!(error, CatalogueError::BadCode { code: "Reason/1".to_owned() });
}

#[test]
fn refuses_incomplete_tables() {
    let incomplete = |change: fn(&mut Catalogue)| match &errors(change)[..] {
        [CatalogueError::Incomplete { table }] => table.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(incomplete(|c| c.check_points.truncate(16)), "check_points");
    assert_eq!(incomplete(|c| c.check_points.push(CHECK_POINTS[0].clone())), "check_points");
    assert_eq!(incomplete(|c| c.error_points.swap(0, 1)), "error_points");
    assert_eq!(incomplete(|c| c.controls.truncate(15)), "controls");
    assert_eq!(incomplete(|c| c.relations.clear()), "relations");
}

#[test]
fn refuses_figures_without_sense() {
    let setting = |change: fn(&mut Catalogue)| match &errors(change)[..] {
        [CatalogueError::Setting { name }] => name.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(setting(|c| c.settings.targets.other = StageMinutes::new([1, 1, 0, 1, 1, 1])), "targets");
    assert_eq!(setting(|c| c.settings.due_soon_percent = 101), "due_soon_percent");
    assert_eq!(setting(|c| c.settings.stuck = BusinessMinutes(0)), "stuck");
    assert_eq!(setting(|c| c.settings.transit = BusinessMinutes(-1)), "transit");
    assert_eq!(setting(|c| c.settings.approval = BusinessMinutes(0)), "approval");
    assert_eq!(setting(|c| c.settings.due_diligence_threshold = Money::fen(-1)), "due_diligence_threshold");
    let factors = |c: &mut Catalogue| {
        if let Some(FeeRule::PremiumDifference { factors, .. }) = &mut at(c, "PM").fee {
            factors.monthly = 0;
        }
    };
    assert_eq!(setting(factors), "PM factors");
    assert_eq!(errors(|c| c.version.0 = 0), [CatalogueError::Version]);
}

#[test]
fn says_everything_that_is_wrong() {
    let errors = errors(|catalogue| {
        catalogue.version.0 = 0;
        at(catalogue, "BC").obligations.lapses = true;
        at(catalogue, "CT").finishing.clear();
    });
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(errors.iter().all(|error| !error.to_string().is_empty()));
}
