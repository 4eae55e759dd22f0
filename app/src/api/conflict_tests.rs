use super::*;
use domain::case::Registration;
use domain::case::item::CaseItem;
use domain::case::item::{Done, Entered};
use domain::case::state::{Holding, Origin, Priority, State, Status};
use domain::catalogue::{Capacity, CatalogueVersion, Channel};
use domain::id::{CaseId, PersonId, UnitId};
use domain::money::Money;
use domain::policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup};
use domain::post::Stage;
use domain::secret::Secret;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_timestamp(1_773_800_000 + minute * 60, 0).expect("a test instant")
}

fn fields(values: &[(&str, &str)]) -> Fields {
    values.iter().map(|(key, text)| (FieldKey::from(*key), Value::Text((*text).to_owned()))).collect()
}

fn case(entered: Fields) -> Case {
    let day = at(0).date_naive();
    let unit = UnitId::from("SH");
    let mut item = CaseItem::new(1, "AM".into());
    item.entered = Some(Entered {
        fields: entered,
        done: Done { by: By::Person("SH1".into()), at: at(0) },
        confirmed: None,
        differing: Vec::new(),
    });
    Case {
        id: CaseId(Uuid::nil()),
        number: "SH-260318-0001".into(),
        version: 7,
        catalogue: CatalogueVersion(1),
        origin: Origin::Registered,
        accepting: unit.clone(),
        working: BTreeMap::new(),
        registration: Registration {
            policy: PolicyFacts {
                policy_no: "310022173390".into(),
                product: "安享".into(),
                group: ProductGroup::Traditional,
                group_business: false,
                status: PolicyStatus::InForce,
                effective: day,
                receipt_signed: None,
                free_look_days: 15,
                paid_to: None,
                anniversary: None,
                lapsed_on: None,
                matures_on: None,
                payment_mode: PaymentMode::Annual,
                premium: Money::ZERO,
                premium_paid: Money::ZERO,
                cash_value: Money::ZERO,
                dividends: Money::ZERO,
                survival_benefits: Money::ZERO,
                maturity_benefit: Money::ZERO,
                overpaid: Money::ZERO,
                unexpired_rider: Money::ZERO,
                loan: Money::ZERO,
                loan_interest: Money::ZERO,
                apl: Money::ZERO,
                arrears: Money::ZERO,
                open_claim: false,
                frozen: false,
                loss_reported: false,
                holder: "顾文娟".into(),
                insured: "沈嘉树".into(),
                source: FactSource::Typed,
                as_of: at(0),
            },
            managing: unit,
            applicant: "顾文娟".into(),
            mobile: Secret::Plain("13816247703".into()),
            document: None,
            capacity: Capacity::Holder,
            channel: Channel::Counter,
            agent: None,
            applied_on: day,
            received_at: at(0),
            items: vec!["AM".into()],
            materials: Vec::new(),
            acknowledged: Vec::new(),
        },
        shortfalls: Vec::new(),
        registered_at: at(0),
        items: vec![item],
        materials: Vec::new(),
        paper: true,
        state: State::Open {
            stage: Stage::Entry,
            status: Status::Claimed(Holding {
                by: "SH1".into(),
                since: at(0),
                active_at: at(0),
                transfer: None,
            }),
        },
        priority: Priority::None,
        breach_at: None,
        due_at: at(120),
        arrived_at: at(0),
        visits: Vec::new(),
        transits: Vec::new(),
        worked: BTreeMap::from([(Stage::Intake, BTreeSet::from([PersonId::from("SH1")]))]),
        last_done: BTreeMap::new(),
        recheck_rounds: 0,
        returns: 0,
        returned: None,
        reserved: None,
        proposal: None,
        approvals: Vec::new(),
        bars: Vec::new(),
        moved_at: at(0),
    }
}

fn event(version: u64, fact: Fact) -> Event {
    Event {
        case: CaseId(Uuid::nil()),
        version,
        at: at(i64::try_from(version).expect("a small version")),
        by: By::Person("SH2".into()),
        stage: Some(Stage::Entry),
        unit: "SH".into(),
        catalogue: CatalogueVersion(1),
        fact,
    }
}

#[test]
fn different_fields_merge() {
    let base = case(fields(&[("a", "1"), ("b", "1"), ("c", "1")]));
    let mine = Command::EnterChange { item: 1, fields: fields(&[("a", "2"), ("b", "1"), ("c", "1")]) };
    let theirs = Fact::ChangeEntered { item: 1, fields: fields(&[("a", "1"), ("b", "3")]) };
    let Settled::Again { command, merged } = settle(&base, &mine, &[event(8, theirs)]) else {
        panic!("nothing clashes");
    };
    assert_eq!(*command, Command::EnterChange { item: 1, fields: fields(&[("a", "2"), ("b", "3")]) });
    assert_eq!(merged, 2);
}

#[test]
fn the_same_field_asks() {
    let base = case(fields(&[("a", "1")]));
    let mine = Command::EnterChange { item: 1, fields: fields(&[("a", "2")]) };
    let theirs = Fact::ChangeEntered { item: 1, fields: fields(&[("a", "3")]) };
    let settled = settle(&base, &mine, &[event(8, theirs)]);
    let Settled::Ask { by, clashes, .. } = settled else { panic!("both changed a") };
    assert_eq!(by, By::Person("SH2".into()));
    assert_eq!(
        clashes,
        vec![Clash {
            field: "a".into(),
            theirs: Some(Value::Text("3".into())),
            mine: Some(Value::Text("2".into())),
        }]
    );
}

#[test]
fn the_same_change_is_no_clash() {
    let base = case(fields(&[("a", "1")]));
    let mine = Command::EnterChange { item: 1, fields: fields(&[("a", "2")]) };
    let theirs = Fact::ChangeEntered { item: 1, fields: fields(&[("a", "2")]) };
    assert!(matches!(settle(&base, &mine, &[event(8, theirs)]), Settled::Again { merged: 0, .. }));
}

#[test]
fn what_was_known_already_asks_nothing() {
    let base = case(fields(&[("a", "1")]));
    let mine = Command::EnterChange { item: 1, fields: fields(&[("a", "2")]) };
    let theirs = Fact::ChangeEntered { item: 1, fields: fields(&[("a", "3")]) };
    assert!(matches!(settle(&base, &mine, &[event(7, theirs)]), Settled::Again { .. }));
}

#[test]
fn a_note_of_another_changes_nothing() {
    let base = case(Fields::new());
    let news = [event(8, Fact::Noted { text: "客户来电".into() })];
    assert_eq!(catch_up(&base, &news).version, 8);
    let mine = Command::Claim {};
    assert!(matches!(settle(&base, &mine, &news), Settled::Again { command, .. } if *command == mine));
}
