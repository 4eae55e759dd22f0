//! The typed fields of a registration, refused by the rules whoever sends them.

use crate::common::*;
use chrono::NaiveDate;
use domain::{
    case::{
        Refusal, Registration,
        registration::{Agent, faults},
    },
    catalogue::FieldRule,
    policy::{FactSource, ProductGroup},
    secret::{Secret, SecretKind},
    time::local_date,
    value::{DocumentKind, IdentityDocument},
};

/// A registration with something changed, and the pointers and rules it is refused for.
fn refused(change: impl Fn(&mut Registration)) -> Vec<(String, FieldRule)> {
    let world = World::new();
    let mut registration = registration(&world, &["AM"]);
    change(&mut registration);
    let found = faults(&registration, &world.catalogue, local_date(world.now));
    let told = match world.register_with("INT1", &registration) {
        Ok(_) => Vec::new(),
        Err(Refusal::Fields { faults }) => faults,
        Err(other) => panic!("{other:?}"),
    };
    assert_eq!(told, found, "what the form shows is what is refused");
    found.into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
}

/// What a test changes in a registration.
type Change = fn(&mut Registration);

fn plain(text: &str) -> Secret {
    Secret::Plain(text.into())
}

#[test]
fn a_good_registration_breaks_nothing() {
    assert_eq!(refused(|_| {}), []);
    assert_eq!(
        refused(|r| r.policy.policy_no = "３１００-2184-6621".into()),
        [],
        "width and hyphens are forgiven"
    );
    assert_eq!(refused(|r| r.mobile = plain("+86 138-1234-1234")), []);
}

#[test]
fn every_typed_field_is_refused_at_its_place() {
    let cases: [(Change, &str, FieldRule); 9] = [
        (|r| r.policy.policy_no = "12".into(), "policy/policy_no", FieldRule::PolicyNumber),
        (|r| r.policy.holder = "张\u{202e}立群".into(), "policy/holder", FieldRule::Invisible { at: 2 }),
        (|r| r.policy.insured = "张\u{200b}立群".into(), "policy/insured", FieldRule::Invisible { at: 2 }),
        (|r| r.applicant = "张立群\u{7}".into(), "applicant", FieldRule::Invisible { at: 4 }),
        (|r| r.policy.product = "没有这个险种".into(), "policy/product", FieldRule::UnknownChoice),
        (|r| r.policy.product = " ".into(), "policy/product", FieldRule::Required),
        (|r| r.policy.group = ProductGroup::Universal, "policy/group", FieldRule::UnknownChoice),
        (|r| r.mobile = plain("1381234123"), "mobile", FieldRule::MobileLength { actual: 10 }),
        (|r| r.mobile = plain("12812341234"), "mobile", FieldRule::Mobile),
    ];
    for (change, at, rule) in cases {
        assert_eq!(refused(change), [(format!("/registration/{at}"), rule)]);
    }
}

#[test]
fn what_a_group_is_called_and_what_others_tell_us_is_no_persons_name() {
    let company = "上海浦江（集团）有限公司3厂";
    assert_eq!(refused(|r| r.policy.holder = company.into()).len(), 1);
    assert_eq!(refused(|r| (r.policy.holder, r.policy.group_business) = (company.into(), true)), []);
    let told = |r: &mut Registration| {
        r.policy.source = FactSource::Imported;
        r.policy.product = "他司旧险种".into();
    };
    assert_eq!(refused(told), []);
    let unseen = |r: &mut Registration| {
        (r.policy.source, r.policy.holder) = (FactSource::Imported, "张\u{200b}立群".into());
    };
    assert_eq!(refused(unseen), [("/registration/policy/holder".into(), FieldRule::Invisible { at: 2 })]);
    let short =
        |r: &mut Registration| (r.policy.source, r.policy.policy_no) = (FactSource::Imported, "P-7".into());
    assert_eq!(refused(short), [("/registration/policy/policy_no".into(), FieldRule::PolicyNumber)]);
}

#[test]
fn documents_of_applicant_and_acting_person_keep_the_rules_of_their_kind() {
    let agent = |kind, number: &str| Agent {
        name: "李书怡".into(),
        kind,
        identity: plain(number),
        expires: None,
        authority: true,
    };
    let good = resident_id(11);
    let wrong = format!("{}{}", &good[..17], if good.ends_with('1') { '2' } else { '1' });
    assert_eq!(refused(|r| r.agent = Some(agent(DocumentKind::Passport, "EA1234567"))), []);
    let found = refused(|r| r.agent = Some(agent(DocumentKind::Passport, &wrong)));
    assert!(
        matches!(&found[..], [(at, FieldRule::ResidentId { .. })] if at == "/registration/agent/identity"),
        "a mistyped identity number is no passport: {found:?}"
    );
    let applicant = |number: &str, expires| IdentityDocument {
        kind: DocumentKind::ResidentId,
        number: plain(number),
        expires,
    };
    assert_eq!(refused(|r| r.document = Some(applicant(&good, None))), []);
    let found = refused(|r| r.document = Some(applicant(&wrong, NaiveDate::from_ymd_opt(2020, 1, 1))));
    let places: Vec<&str> = found.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(places, ["/registration/document/expires", "/registration/document/number"]);
}

#[test]
fn a_registration_of_before_the_kind_was_kept_is_read() {
    let world = World::new();
    let mut registration = registration(&world, &["AM"]);
    registration.agent = Some(Agent {
        name: "李书怡".into(),
        kind: DocumentKind::ResidentId,
        identity: sealed(SecretKind::Identity, &resident_id(11)),
        expires: None,
        authority: true,
    });
    let mut old = serde_json::to_value(&registration).unwrap();
    old["agent"].as_object_mut().unwrap().remove("kind");
    assert_eq!(serde_json::from_value::<Registration>(old).unwrap(), registration);
}
