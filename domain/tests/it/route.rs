//! The standard route from intake to release, and what each person may not do on the way.

use crate::common::*;
use domain::{
    case::{
        Case, Command, Refusal,
        command::{CoreState, FeeInput, ReleaseMethod},
        compare::compare,
        item::*,
        returns::{Ground, NoFault},
        state::{Ending, State},
    },
    catalogue::compute_fees,
    flow::spans,
    id::FinishLine,
    post::Stage,
    quality::points::{Cause, ErrorPoint, Severity},
    time::{elapsed_clocks, local_date},
};
use std::collections::BTreeMap;

/// Everything Entry does to an item.
pub fn enter(world: &World, no: u8, code: &str) -> Vec<Command> {
    let fields = fields(world, code);
    let item = world.catalogue.item(&code.into()).unwrap();
    let keys: Vec<_> = world.catalogue.key_fields(item).into_iter().map(|spec| spec.key.clone()).collect();
    let key_fields = fields
        .iter()
        .filter(|(key, _)| keys.contains(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    vec![Command::EnterChange { item: no, fields }, Command::ConfirmEntry { item: no, key_fields }]
}

/// Everything Servicing does to an item.
pub fn service(world: &World, case: &Case, no: u8, code: &str) -> Vec<Command> {
    let entered = fields(world, code);
    let item = world.catalogue.item(&code.into()).unwrap();
    let lines = PreparationLine::ALL
        .into_iter()
        .map(|line| {
            let answer =
                if line.only_not_needed() { PreparationAnswer::NotNeeded } else { PreparationAnswer::None };
            (line, Prepared { answer, source: PreparationSource::Core })
        })
        .collect();
    let mut commands = vec![
        Command::CompletePreparation { item: no, lines },
        Command::RecordCoreResult {
            item: no,
            reference: format!("C{no}"),
            state: CoreState::Pending,
            fields: entered.clone(),
            again: Fields::new(),
        },
    ];
    if item.fee.is_some() {
        let computed =
            compute_fees(item, &case.registration.policy, &entered, case.registration.applied_on).unwrap();
        commands.push(Command::SettleFee {
            item: no,
            lines: computed
                .into_iter()
                .map(|fee| FeeInput {
                    kind: fee.kind,
                    direction: fee.direction,
                    settled: fee.amount,
                    again: None,
                    reason: None,
                })
                .collect(),
        });
    }
    let application = case.registration.application();
    let dates = domain::catalogue::effective_dates(
        item,
        &case.registration.policy,
        &application,
        local_date(world.now),
    )
    .unwrap();
    commands.push(Command::Endorse {
        item: no,
        number: format!("P{no}"),
        text: "同意变更".into(),
        effective_date: dates.default,
        effective_date_again: None,
        premium: None,
        premium_again: None,
    });
    commands
}

/// The application's key fields as entered.
pub fn ask(world: &World, no: u8, code: &str) -> Command {
    let fields = fields(world, code);
    let item = world.catalogue.item(&code.into()).unwrap();
    let asked = world
        .catalogue
        .key_fields(item)
        .into_iter()
        .filter_map(|spec| Some((spec.key.clone(), Asked::Stated(fields.get(&spec.key)?.clone()))))
        .collect();
    Command::KeyAsked { item: no, asked }
}

pub fn pass() -> Command {
    Command::PassRecheck { change: true, entry: true, fees: true, explained: BTreeMap::new() }
}

pub fn confirm_core(world: &World, no: u8, code: &str) -> Command {
    Command::ConfirmCore {
        item: no,
        reference: format!("C{no}"),
        effective_at: world.now,
        values: fields(world, code),
        again: Fields::new(),
    }
}

pub fn bind(world: &World, no: u8, code: &str) -> Command {
    let item = world.catalogue.item(&code.into()).unwrap();
    Command::Bind {
        item: no,
        lines: item
            .finishing
            .iter()
            .map(|line| (FinishLine(line.code.to_string()), Finished::Done))
            .collect(),
    }
}

pub fn review() -> Command {
    Command::CompleteReview {
        lines: ReviewLines { time: true, content: true, material: true, identity: true },
    }
}

pub fn receipt(case: &Case) -> Command {
    Command::ConfirmReceipt { counted: case.materials.iter().map(|material| material.pages).collect() }
}

/// Registers with every failing line acknowledged, and mends what review would refuse by dropping it: the
/// rules on dates are tested in the catalogue, here the route counts.
pub fn registered(world: &World, items: &[&str]) -> Case {
    let mut form = registration(world, items);
    if let Err(Refusal::Acknowledge { lines }) = world.register_with("INT1", &form) {
        form.acknowledged = lines;
    }
    let events = world.register_with("INT1", &form).expect("registered");
    let mut case = Case::registered(&events[0]).expect("a registration");
    case.shortfalls.clear();
    case
}

pub fn to_post(world: &mut World, case: &mut Case, giver: &str, receiver: &str) {
    world.act(case, giver, &Command::HandOver {}).unwrap();
    if case.paper {
        let counted = receipt(case);
        world.act(case, receiver, &counted).unwrap();
    }
    world.act(case, receiver, &Command::Claim {}).unwrap();
}

pub fn whole_route(items: &[&str]) -> (World, Case) {
    let mut world = World::new();
    let mut case = registered(&world, items);
    to_post(&mut world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    for (no, code) in (1..).zip(items) {
        for command in enter(&world, no, code) {
            world.act(&mut case, "ENT1", &command).unwrap();
        }
    }
    to_post(&mut world, &mut case, "ENT1", "SRV1");
    for (no, code) in (1..).zip(items) {
        for command in service(&world, &case, no, code) {
            world
                .act(&mut case, "SRV1", &command)
                .unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        }
    }
    to_post(&mut world, &mut case, "SRV1", "REC1");
    for (no, code) in (1..).zip(items) {
        let command = ask(&world, no, code);
        world.act(&mut case, "REC1", &command).unwrap();
    }
    world.act(&mut case, "REC1", &pass()).unwrap();
    for (no, code) in (1..).zip(items) {
        let command = confirm_core(&world, no, code);
        world.act(&mut case, "REC1", &command).unwrap();
    }
    to_post(&mut world, &mut case, "REC1", "BND1");
    for (no, code) in (1..).zip(items) {
        let command = bind(&world, no, code);
        world.act(&mut case, "BND1", &command).unwrap();
    }
    (world, case)
}

#[test]
fn every_item_goes_from_intake_to_release() {
    for item in World::new().catalogue.items.clone() {
        let code = item.code.as_str().to_owned();
        let sound = matches!(code.as_str(), "WT" | "AG" | "PM");
        if sound {
            // Their windows and fees need another policy; the catalogue's own tests cover them.
            continue;
        }
        let (mut world, mut case) = whole_route(&[&code]);
        world
            .act(
                &mut case,
                "BND1",
                &Command::Release { method: ReleaseMethod::Counter, receiver: "张立群".into() },
            )
            .unwrap();
        assert!(matches!(case.state, State::Ended { ending: Ending::Released, .. }), "{code}");
        let clocks = elapsed_clocks(&spans(&case), world.now).expect("gapless history");
        assert_eq!(clocks.total, clocks.visits + clocks.transit, "{code}");
    }
}

#[test]
fn nothing_of_the_core_differs_before_the_core_has_a_result() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    to_post(&mut world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    for command in enter(&world, 1, "AM") {
        world.act(&mut case, "ENT1", &command).unwrap();
    }
    let item = case.item(1).unwrap();
    let rows = compare(item, world.catalogue.item(&item.code).unwrap());
    assert!(!rows.is_empty() && rows.iter().all(|row| row.kind.is_none() && row.core.is_none()));
    // A result with a value left out does differ.
    let mut recorded = item.clone();
    let (_, whole) = whole_route(&["AM"]);
    recorded.core.clone_from(&whole.item(1).unwrap().core);
    recorded.core.as_mut().unwrap().fields.remove(&"mobile".into());
    let rows = compare(&recorded, world.catalogue.item(&recorded.code).unwrap());
    let differing: Vec<_> =
        rows.iter().filter(|row| row.kind.is_some()).map(|row| row.field.as_str()).collect();
    assert_eq!(differing, ["mobile"]);
}

#[test]
fn a_core_reference_is_the_same_in_any_width_and_case() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    to_post(&mut world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    for command in enter(&world, 1, "AM") {
        world.act(&mut case, "ENT1", &command).unwrap();
    }
    to_post(&mut world, &mut case, "ENT1", "SRV1");
    let fields = fields(&world, "AM");
    let record = |reference: &str| Command::RecordCoreResult {
        item: 1,
        reference: reference.into(),
        state: CoreState::Pending,
        fields: fields.clone(),
        again: Fields::new(),
    };
    let preparation = service(&world, &case, 1, "AM").remove(0);
    world.act(&mut case, "SRV1", &preparation).unwrap();
    world.act(&mut case, "SRV1", &record("ps-26 0417a")).unwrap();
    world.act(&mut case, "SRV1", &record(" ＰＳ-260417Ａ")).unwrap();
    let other = world.act(&mut case, "SRV1", &record("PS-260418A"));
    assert!(matches!(other, Err(Refusal::OtherReference { .. })), "{other:?}");
    let cancel =
        Command::CancelCoreResult { item: 1, reference: "Ps-260417a ".into(), reason: "重做".into() };
    world.act(&mut case, "SRV1", &cancel).unwrap();
}

#[test]
fn two_items_share_one_case() {
    let (_, case) = whole_route(&["BC", "AM"]);
    assert_eq!(case.stage(), Some(Stage::Binding));
    assert_eq!(case.visits.len(), 5);
}

#[test]
fn a_clerk_of_another_post_is_refused_by_post_before_anything_else() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC"]);
    let refusal = world.act(&mut case, "ENT1", &Command::HandOver {}).unwrap_err();
    assert!(matches!(refusal, Refusal::HeldByOther { .. } | Refusal::PostNotHeld { .. }), "{refusal:?}");
    assert!(matches!(world.act(&mut case, "FAR1", &Command::Claim {}), Err(Refusal::OutOfScope {})));
}

#[test]
fn who_entered_does_not_recheck() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    case.worked.entry(Stage::Entry).or_default().insert("REC1".into());
    case.state = State::Open { stage: Stage::Recheck, status: domain::case::Status::Ready };
    case.working.insert(Stage::Recheck, branch());
    assert_eq!(
        world.act(&mut case, "REC1", &Command::Claim {}),
        Err(Refusal::Separation { worked_at: Stage::Entry })
    );
}

#[test]
fn the_last_rechecker_is_kept() {
    let mut world = World::new();
    world.people.retain(|person| person.id.as_str() != "REC1");
    let mut case = registered(&world, &["BC"]);
    to_post_unclaimed(&mut world, &mut case);
    assert_eq!(
        world.act(&mut case, "ALL1", &Command::Claim {}),
        Err(Refusal::Reserve { stage: Stage::Recheck })
    );
    world.act(&mut case, "ENT1", &Command::Claim {}).unwrap();
}

pub fn to_post_unclaimed(world: &mut World, case: &mut Case) {
    world.act(case, "INT1", &Command::HandOver {}).unwrap();
    let counted = receipt(case);
    world.act(case, "ENT1", &counted).unwrap();
}

#[test]
fn a_wrong_count_is_counted_again_before_a_difference_is_reported() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC"]);
    world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
    let wrong =
        Command::ConfirmReceipt { counted: case.materials.iter().map(|paper| paper.pages + 1).collect() };
    let report = Command::ReportDifference { difference: "少一页".into() };
    assert_eq!(world.act(&mut case, "ENT1", &report), Err(Refusal::CountFirst { counted: 0 }));
    world.act(&mut case, "ENT1", &wrong).unwrap();
    assert_eq!(world.act(&mut case, "ENT1", &report), Err(Refusal::CountFirst { counted: 1 }));
    world.act(&mut case, "ENT1", &wrong).unwrap();
    world.act(&mut case, "ENT1", &report).unwrap();
    assert_eq!(case.holding().map(|holding| holding.by.as_str()), Some("INT1"));
    assert_eq!(case.stage(), Some(Stage::Intake));
}

#[test]
fn a_return_takes_the_results_of_the_item_concerned_and_leaves_the_others() {
    let mut world = World::new();
    let items = ["BC", "AM"];
    let mut case = registered(&world, &items);
    to_post(&mut world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    for (no, code) in (1..).zip(items) {
        for command in enter(&world, no, code) {
            world.act(&mut case, "ENT1", &command).unwrap();
        }
    }
    to_post(&mut world, &mut case, "ENT1", "SRV1");
    for (no, code) in (1..).zip(items) {
        for command in service(&world, &case, no, code) {
            world.act(&mut case, "SRV1", &command).unwrap();
        }
    }
    to_post(&mut world, &mut case, "SRV1", "REC1");
    let back = Command::ReturnTo {
        stage: Stage::Entry,
        items: vec![2],
        grounds: vec![Ground::Finding {
            error_point: ErrorPoint::E03,
            severity: Severity::Ordinary,
            cause: Cause::Care,
            field: None,
        }],
        reason: "联系电话尾号不符".into(),
    };
    world.act(&mut case, "REC1", &back).unwrap();
    let counted = receipt(&case);
    world.act(&mut case, "ENT1", &counted).unwrap();
    assert_eq!(case.stage(), Some(Stage::Entry));
    assert_eq!(case.reserved.as_ref().map(|reserved| reserved.person.as_str()), Some("ENT1"));
    let (kept, fallen) = (case.item(1).unwrap(), case.item(2).unwrap());
    assert!(kept.review.is_some() && kept.confirmed().is_some() && kept.endorsement.is_some());
    assert!(fallen.review.is_none() && fallen.entered.is_none() && fallen.endorsement.is_none());
    // What the core holds does not fall, only its comparison.
    assert!(fallen.core_outstanding() && !fallen.core.as_ref().unwrap().compared);
}

#[test]
fn a_proposal_that_is_declined_for_some_items_returns_the_rest_without_fault() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC", "AM"]);
    to_post(&mut world, &mut case, "INT1", "ENT1");
    world
        .act(&mut case, "ENT1", &Command::ProposeDecline { reason: "被保险人不同意".into(), items: vec![1] })
        .unwrap();
    assert_eq!(world.act(&mut case, "ENT1", &review()), Err(Refusal::ProposalOpen {}));
    to_post(&mut world, &mut case, "ENT1", "REC1");
    world.act(&mut case, "REC1", &Command::Decline {}).unwrap();
    let line = case.line().expect("on a slip back");
    assert_eq!(line.to, Stage::Entry);
    assert_eq!(line.returned.as_ref().unwrap().grounds, vec![Ground::NoFault(NoFault::Proposal)]);
    let counted = receipt(&case);
    world.act(&mut case, "ENT1", &counted).unwrap();
    assert_eq!(case.open_items().count(), 1);
    assert!(case.proposal.is_none());
}

#[test]
fn an_ended_case_takes_notes_only() {
    let (mut world, mut case) = whole_route(&["AM"]);
    let release = Command::Release { method: ReleaseMethod::Post, receiver: "张立群".into() };
    world.act(&mut case, "BND1", &release).unwrap();
    assert!(matches!(world.act(&mut case, "BND1", &release), Err(Refusal::Ended { .. })));
    world.act(&mut case, "BND1", &Command::AddNote { text: "客户来电".into() }).unwrap();
}
