//! Rules that could be got round: each tried as a caller would who skips the browser.

use crate::{common::*, explore::others, route::*};
use domain::{
    actor::{Actor, Role},
    api::check::PointVerdict,
    case::{
        Amendment, Case, Command, Fact, Refusal,
        command::{CoreState, FeeInput, ReleaseMethod},
        item::*,
        refusal::{Contradiction, InputRule},
        registration::{Agent, Material},
        returns::{Ground, NoFault},
        state::{ApprovalState, Matter},
    },
    catalogue::{Capacity, Catalogue, FeeDirection, MaterialForm, PolicyBlock, UNCHANGED, compute_fees},
    flow::{StepOutcome, finished_step},
    id::{CheckId, MaterialKind},
    money::Money,
    post::{Post, Stage},
    quality::{check::lifts_bars, points::Verdict},
    secret::SecretKind,
    value::{DocumentKind, Value},
};
use std::collections::BTreeMap;

/// A case of one item claimed at a stage, everything before it done by the first clerk of each post.
fn at_stage(code: &str, stage: Stage) -> (World, Case) {
    let mut world = World::new();
    let case = registered(&world, &[code]);
    let case = brought(&mut world, case, code, stage);
    (world, case)
}

fn brought(world: &mut World, mut case: Case, code: &str, stage: Stage) -> Case {
    if stage == Stage::Intake {
        return case;
    }
    to_post(world, &mut case, "INT1", "ENT1");
    if stage == Stage::Entry {
        return case;
    }
    done(world, &mut case, "ENT1", &review());
    for command in enter(world, 1, code) {
        done(world, &mut case, "ENT1", &command);
    }
    to_post(world, &mut case, "ENT1", "SRV1");
    if stage == Stage::Servicing {
        return case;
    }
    for command in service(world, &case, 1, code) {
        done(world, &mut case, "SRV1", &command);
    }
    to_post(world, &mut case, "SRV1", "REC1");
    if stage == Stage::Recheck {
        return case;
    }
    let command = ask(world, 1, code);
    done(world, &mut case, "REC1", &command);
    done(world, &mut case, "REC1", &pass());
    let command = confirm_core(world, 1, code);
    done(world, &mut case, "REC1", &command);
    to_post(world, &mut case, "REC1", "BND1");
    case
}

#[track_caller]
fn done(world: &mut World, case: &mut Case, who: &str, command: &Command) {
    if let Err(refusal) = world.act(case, who, command) {
        panic!("{who} {command:?}: {refusal:?}");
    }
}

#[track_caller]
fn refused(world: &mut World, case: &mut Case, who: &str, command: &Command) -> Refusal {
    let before = case.clone();
    let refusal = world.act(case, who, command).expect_err("refused");
    assert_eq!(*case, before, "a refusal changes nothing");
    refusal
}

fn input(pointer: &str, rule: InputRule) -> Refusal {
    Refusal::input(pointer, rule)
}

fn record(state: CoreState, fields: Fields) -> Command {
    Command::RecordCoreResult { item: 1, reference: "C1".into(), state, again: fields.clone(), fields }
}

fn back(stage: Stage) -> Command {
    Command::ReturnTo {
        stage,
        items: vec![1],
        grounds: vec![Ground::NoFault(NoFault::NewFact)],
        reason: "需要更正".into(),
    }
}

fn request(matter: Matter) -> Command {
    Command::RequestApproval { matter, reason: "请批准".into() }
}

/// Asks for an approval and has it given.
fn approved(world: &mut World, case: &mut Case, holder: &str, by: &[&str], matter: Matter) -> u16 {
    done(world, case, holder, &request(matter));
    let no = case.approvals.last().expect("asked for").no;
    for who in by {
        done(world, case, who, &Command::Approve { approval: no });
    }
    no
}

// ---- the core's result

#[test]
fn effective_is_what_the_recheck_makes_it_and_nobody_else() {
    let (mut world, mut case) = at_stage("AM", Stage::Servicing);
    let commands = service(&world, &case, 1, "AM");
    done(&mut world, &mut case, "SRV1", &commands[0]);
    let wrong = input("/record_core_result/state", InputRule::OutOfRange);
    let (right, other) = (fields(&world, "AM"), others(&world, "AM"));
    let effective = record(CoreState::Effective, right.clone());
    assert_eq!(refused(&mut world, &mut case, "SRV1", &effective), wrong, "with none recorded");
    done(&mut world, &mut case, "SRV1", &record(CoreState::Pending, right));
    assert_eq!(refused(&mut world, &mut case, "SRV1", &effective), wrong, "over a pending one");
    let otherwise = record(CoreState::Effective, other);
    assert_eq!(
        refused(&mut world, &mut case, "SRV1", &otherwise),
        wrong,
        "over a pending one, with other values"
    );
    let integration = Actor::Integration("core".into());
    assert_eq!(world.act_as(&mut case, &integration, &effective).unwrap_err(), wrong, "by another system");
}

#[test]
fn an_item_the_core_makes_effective_at_once_still_needs_its_recheck() {
    let mut world = World::new();
    let item = world.catalogue.items.iter_mut().find(|item| item.code.as_str() == "AM").unwrap();
    item.effective_at_once = true;
    let case = registered(&world, &["AM"]);
    let mut case = brought(&mut world, case, "AM", Stage::Servicing);
    let commands = service(&world, &case, 1, "AM");
    done(&mut world, &mut case, "SRV1", &commands[0]);
    let at_once = record(CoreState::Effective, fields(&world, "AM"));
    done(&mut world, &mut case, "SRV1", &at_once);
    assert!(case.item(1).unwrap().core_effective());
    done(&mut world, &mut case, "SRV1", &commands[2]);
    to_post(&mut world, &mut case, "SRV1", "REC1");
    let refusal = refused(&mut world, &mut case, "REC1", &Command::HandOver {});
    assert!(matches!(refusal, Refusal::ListOpen { .. }), "{refusal:?}");
}

#[test]
fn a_result_in_force_is_confirmed_anew_and_never_rewritten() {
    let (mut world, mut case) = at_stage("AM", Stage::Binding);
    let matter = Matter::ReturnEffective { to: Stage::Servicing, items: vec![1] };
    approved(&mut world, &mut case, "BND1", &["MGR1"], matter);
    done(&mut world, &mut case, "BND1", &back(Stage::Servicing));
    let counted = receipt(&case);
    done(&mut world, &mut case, "SRV1", &counted);
    done(&mut world, &mut case, "SRV1", &Command::Claim {});
    let commands = service(&world, &case, 1, "AM");
    done(&mut world, &mut case, "SRV1", &commands[0]);
    let otherwise = record(CoreState::Pending, others(&world, "AM"));
    assert_eq!(refused(&mut world, &mut case, "SRV1", &otherwise), Refusal::AlreadyEffective {});
    let anew = record(CoreState::Pending, fields(&world, "AM"));
    done(&mut world, &mut case, "SRV1", &anew);
    assert!(case.item(1).unwrap().core_effective(), "in force it stays");
}

// ---- approvals

#[test]
fn cancelling_what_is_in_force_needs_a_managers_approval_that_names_the_item() {
    let (mut world, mut case) = at_stage("AM", Stage::Binding);
    let matter = Matter::ReturnEffective { to: Stage::Servicing, items: vec![1] };
    approved(&mut world, &mut case, "BND1", &["MGR1"], matter);
    done(&mut world, &mut case, "BND1", &back(Stage::Servicing));
    let counted = receipt(&case);
    done(&mut world, &mut case, "SRV1", &counted);
    done(&mut world, &mut case, "SRV1", &Command::Claim {});
    let cancel =
        Command::CancelCoreResult { item: 1, reference: "C1".into(), reason: "核心录入有误".into() };
    let needed = Refusal::ApprovalNeeded { who: vec!["MGR1".into()] };
    assert_eq!(
        refused(&mut world, &mut case, "SRV1", &cancel),
        needed,
        "the approval of the return is used up"
    );
    let integration = Actor::Integration("core".into());
    assert!(world.act_as(&mut case, &integration, &cancel).is_err(), "nor by another system");
    done(&mut world, &mut case, "SRV1", &request(Matter::CancelEffective { item: 1 }));
    let no = case.approvals.last().unwrap().no;
    let refusal = refused(&mut world, &mut case, "LEAD", &Command::Approve { approval: no });
    assert_eq!(refusal, needed, "a lead is no manager");
    done(&mut world, &mut case, "MGR1", &Command::Approve { approval: no });
    done(&mut world, &mut case, "SRV1", &cancel);
    assert!(!case.item(1).unwrap().core_outstanding());
    assert_eq!(case.approvals.last().unwrap().state, ApprovalState::Used);
}

#[test]
fn a_pending_result_is_cancelled_without_approval() {
    let (mut world, mut case) = at_stage("AM", Stage::Servicing);
    for command in service(&world, &case, 1, "AM") {
        done(&mut world, &mut case, "SRV1", &command);
    }
    let cancel = Command::CancelCoreResult { item: 1, reference: "C1".into(), reason: "重新变更".into() };
    done(&mut world, &mut case, "SRV1", &cancel);
    let item = case.item(1).unwrap();
    assert!(item.endorsement.is_none() && item.preparation.is_some());
}

#[test]
fn an_approved_return_is_of_the_items_named_and_no_others() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC", "AM"]);
    let stages = [("INT1", "ENT1"), ("ENT1", "SRV1"), ("SRV1", "REC1"), ("REC1", "BND1")];
    for (giver, receiver) in stages {
        match giver {
            "ENT1" => {
                done(&mut world, &mut case, giver, &review());
                for (no, code) in [(1, "BC"), (2, "AM")] {
                    for command in enter(&world, no, code) {
                        done(&mut world, &mut case, giver, &command);
                    }
                }
            }
            "SRV1" => {
                for (no, code) in [(1, "BC"), (2, "AM")] {
                    for command in service(&world, &case, no, code) {
                        done(&mut world, &mut case, giver, &command);
                    }
                }
            }
            "REC1" => {
                for (no, code) in [(1, "BC"), (2, "AM")] {
                    let command = ask(&world, no, code);
                    done(&mut world, &mut case, giver, &command);
                }
                done(&mut world, &mut case, giver, &pass());
                for (no, code) in [(1, "BC"), (2, "AM")] {
                    let command = confirm_core(&world, no, code);
                    done(&mut world, &mut case, giver, &command);
                }
            }
            _ => {}
        }
        to_post(&mut world, &mut case, giver, receiver);
    }
    let unnamed = request(Matter::ReturnEffective { to: Stage::Servicing, items: vec![] });
    let pointer = "/request_approval/matter/return_effective/items";
    assert_eq!(refused(&mut world, &mut case, "BND1", &unnamed), input(pointer, InputRule::Required));
    let matter = Matter::ReturnEffective { to: Stage::Servicing, items: vec![1] };
    approved(&mut world, &mut case, "BND1", &["MGR1"], matter);
    let both = Command::ReturnTo {
        stage: Stage::Servicing,
        items: vec![1, 2],
        grounds: vec![Ground::NoFault(NoFault::NewFact)],
        reason: "需要更正".into(),
    };
    let refusal = refused(&mut world, &mut case, "BND1", &both);
    assert!(matches!(refusal, Refusal::ApprovalNeeded { .. }), "{refusal:?}");
    done(&mut world, &mut case, "BND1", &back(Stage::Servicing));
}

/// The fee of a surrender with so much more or less than computed, keyed twice with a reason.
fn settle(world: &World, case: &Case, more: i64) -> Command {
    let item = world.catalogue.item(&"CT".into()).unwrap();
    let entered = fields(world, "CT");
    let registration = &case.registration;
    let computed = compute_fees(item, &registration.policy, &entered, registration.applied_on).unwrap();
    let lines = computed
        .into_iter()
        .map(|fee| {
            let settled = Money::fen(fee.amount.minor + more);
            FeeInput {
                kind: fee.kind,
                direction: fee.direction,
                settled,
                again: Some(settled),
                reason: Some("协商".into()),
            }
        })
        .collect();
    Command::SettleFee { item: 1, lines }
}

fn at_fees() -> (World, Case) {
    let (mut world, mut case) = at_stage("CT", Stage::Servicing);
    for command in service(&world, &case, 1, "CT").into_iter().take(2) {
        done(&mut world, &mut case, "SRV1", &command);
    }
    (world, case)
}

fn deviation(towards: FeeDirection, fen: i64) -> Matter {
    Matter::FeeDeviation { item: 1, towards: Some(towards), amount: Money::fen(fen) }
}

#[test]
fn an_approved_deviation_has_a_direction_and_an_amount() {
    let (mut world, mut case) = at_fees();
    let no_direction = request(Matter::FeeDeviation { item: 1, towards: None, amount: Money::fen(1_000) });
    let pointer = "/request_approval/matter/fee_deviation/towards";
    assert_eq!(refused(&mut world, &mut case, "SRV1", &no_direction), input(pointer, InputRule::Required));
    approved(&mut world, &mut case, "SRV1", &["LEAD"], deviation(FeeDirection::Refund, 1_000));
    for more in [1_001, -1, -1_000] {
        let command = settle(&world, &case, more);
        let refusal = refused(&mut world, &mut case, "SRV1", &command);
        assert!(matches!(refusal, Refusal::ApprovalNeeded { .. }), "{more}: {refusal:?}");
    }
    let command = settle(&world, &case, 1_000);
    done(&mut world, &mut case, "SRV1", &command);
    // It is used up.
    let command = settle(&world, &case, 999);
    let refusal = refused(&mut world, &mut case, "SRV1", &command);
    assert!(matches!(refusal, Refusal::ApprovalNeeded { .. }), "{refusal:?}");
}

#[test]
fn nobody_uses_what_he_approved() {
    let (mut world, mut case) = at_fees();
    let lead = world.people.iter_mut().find(|person| person.id.as_str() == "LEAD").unwrap();
    lead.posts.insert(Post::Servicing);
    lead.grants.fee_deviation = Money::fen(100);
    let no = approved(&mut world, &mut case, "SRV1", &["MGR1"], deviation(FeeDirection::Refund, 1_000));
    assert_eq!(no, 1);
    let manager = world.people.iter_mut().find(|person| person.id.as_str() == "MGR1").unwrap();
    manager.posts.insert(Post::Servicing);
    manager.grants.fee_deviation = Money::fen(100);
    done(&mut world, &mut case, "LEAD", &Command::TransferHolding { to: "MGR1".into() });
    done(&mut world, &mut case, "MGR1", &Command::ConfirmTransfer {});
    let command = settle(&world, &case, 1_000);
    assert_eq!(refused(&mut world, &mut case, "MGR1", &command), Refusal::OwnApproval {});
    done(&mut world, &mut case, "MGR1", &Command::TransferHolding { to: "LEAD".into() });
    done(&mut world, &mut case, "LEAD", &Command::ConfirmTransfer {});
    done(&mut world, &mut case, "LEAD", &command);
}

#[test]
fn beyond_every_grant_two_holders_of_the_highest_sign_and_neither_asked() {
    let (mut world, mut case) = at_fees();
    let top = Money::yuan(1_000);
    let units = [branch(), office()];
    world.people.push(person("MGR2", Role::Manager, &[], &units));
    for person in &mut world.people {
        person.grants.fee_deviation = match person.id.as_str() {
            "MGR1" | "MGR2" => top,
            "LEAD" => Money::yuan(100),
            _ => Money::ZERO,
        };
    }
    done(&mut world, &mut case, "SRV1", &request(deviation(FeeDirection::Refund, 100_001)));
    let approve = Command::Approve { approval: 1 };
    let who = Refusal::ApprovalNeeded { who: vec!["MGR1".into(), "MGR2".into()] };
    assert_eq!(refused(&mut world, &mut case, "LEAD", &approve), who);
    done(&mut world, &mut case, "MGR1", &approve);
    assert_eq!(case.approvals[0].state, ApprovalState::Open, "one of two");
    assert_eq!(refused(&mut world, &mut case, "MGR1", &approve), Refusal::AlreadyDone { done: None });
    let command = settle(&world, &case, 100_001);
    assert!(matches!(refused(&mut world, &mut case, "SRV1", &command), Refusal::ApprovalNeeded { .. }));
    done(&mut world, &mut case, "MGR2", &approve);
    assert_eq!(case.approvals[0].state, ApprovalState::Granted("MGR2".into()));
    done(&mut world, &mut case, "SRV1", &command);
    // Within the highest grant one signature does.
    done(&mut world, &mut case, "SRV1", &request(deviation(FeeDirection::Refund, 100_000)));
    done(&mut world, &mut case, "MGR1", &Command::Approve { approval: 2 });
    assert!(matches!(case.approvals[1].state, ApprovalState::Granted(_)));
}

#[test]
fn a_hold_moves_the_due_time_by_no_more_than_was_approved() {
    let (mut world, mut case) = at_stage("AM", Stage::Servicing);
    let (due, until) = (case.due_at, world.now + chrono::TimeDelta::hours(1));
    approved(&mut world, &mut case, "SRV1", &["LEAD"], Matter::HoldMovesDue { until });
    let hold = |until| Command::PutOnHold { reason: "核心停机".into(), until, moves_due: true };
    let longer = hold(until + chrono::TimeDelta::minutes(1));
    assert!(matches!(refused(&mut world, &mut case, "SRV1", &longer), Refusal::ApprovalNeeded { .. }));
    done(&mut world, &mut case, "SRV1", &hold(until));
    let since = world.now;
    // Taken up again two days late.
    world.now += chrono::TimeDelta::days(2);
    done(&mut world, &mut case, "SRV1", &Command::Resume {});
    let most = world.calendar.add_minutes(due, world.calendar.minutes_between(since, until));
    assert_eq!(case.due_at, most);
}

// ---- what a result rests on

fn paper(kind: &str, form: MaterialForm) -> Command {
    let kind = MaterialKind::from(kind);
    let material = Material { kind, form, copies: 1, pages: 1, return_to_customer: false };
    Command::ReceiveMaterial { material }
}

#[test]
fn a_missing_original_is_cleared_by_an_original_only() {
    let mut world = World::new();
    let mut form = registration(&world, &["BC"]);
    form.materials.retain(|paper| paper.kind.as_str() != "insured_consent");
    let Err(Refusal::Acknowledge { lines }) = world.register_with("INT1", &form) else { panic!("missing") };
    form.acknowledged.clone_from(&lines);
    let events = world.register_with("INT1", &form).unwrap();
    let mut case = Case::registered(&events[0]).unwrap();
    assert_eq!(case.shortfalls, lines);
    done(&mut world, &mut case, "INT1", &paper("insured_consent", MaterialForm::Copy));
    assert_eq!(case.shortfalls, lines, "a copy does not do");
    done(&mut world, &mut case, "INT1", &paper("insured_consent", MaterialForm::Original));
    assert_eq!(case.shortfalls, []);
}

#[test]
fn a_new_application_paper_takes_down_review_and_what_was_asked() {
    let (mut world, mut case) = at_stage("AM", Stage::Binding);
    let command = bind(&world, 1, "AM");
    done(&mut world, &mut case, "BND1", &command);
    done(&mut world, &mut case, "BND1", &paper("applicant_id", MaterialForm::Copy));
    assert!(case.item(1).unwrap().pass.is_some(), "another paper takes nothing away");
    done(&mut world, &mut case, "INT1", &paper("application", MaterialForm::Original));
    let item = case.item(1).unwrap();
    assert!(item.review.is_none() && item.asked.is_empty() && item.pass.is_none());
    assert!(item.confirmed().is_some() && item.core_effective(), "what was entered and made stays");
    let release = Command::Release { method: ReleaseMethod::Counter, receiver: "张立群".into() };
    for command in [release, command] {
        let refusal = refused(&mut world, &mut case, "BND1", &command);
        assert!(matches!(refusal, Refusal::EarlierListOpen { .. } | Refusal::ListOpen { .. }), "{refusal:?}");
    }
}

#[test]
fn nothing_goes_on_over_a_review_that_fell() {
    for stage in [Stage::Servicing, Stage::Recheck] {
        let (mut world, mut case) = at_stage("AM", stage);
        let holder = if stage == Stage::Servicing { "SRV1" } else { "REC1" };
        if stage == Stage::Servicing {
            for command in service(&world, &case, 1, "AM") {
                done(&mut world, &mut case, holder, &command);
            }
        }
        done(&mut world, &mut case, "INT1", &paper("application", MaterialForm::Original));
        let refusal = refused(&mut world, &mut case, holder, &Command::HandOver {});
        assert!(matches!(refusal, Refusal::EarlierListOpen { .. }), "{stage:?}: {refusal:?}");
        done(&mut world, &mut case, holder, &back(Stage::Entry));
    }
}

/// Brought to Recheck, keyed, and returned to Intake on account of the second item: the first keeps its results.
fn back_at_intake(world: &mut World) -> Case {
    let mut case = registered(world, &["BC", "AM"]);
    to_post(world, &mut case, "INT1", "ENT1");
    done(world, &mut case, "ENT1", &review());
    for (no, code) in [(1, "BC"), (2, "AM")] {
        for command in enter(world, no, code) {
            done(world, &mut case, "ENT1", &command);
        }
    }
    to_post(world, &mut case, "ENT1", "SRV1");
    for (no, code) in [(1, "BC"), (2, "AM")] {
        for command in service(world, &case, no, code) {
            done(world, &mut case, "SRV1", &command);
        }
    }
    to_post(world, &mut case, "SRV1", "REC1");
    for (no, code) in [(1, "BC"), (2, "AM")] {
        let command = ask(world, no, code);
        done(world, &mut case, "REC1", &command);
    }
    done(world, &mut case, "REC1", &pass());
    let to_intake = Command::ReturnTo {
        stage: Stage::Intake,
        items: vec![2],
        grounds: vec![Ground::NoFault(NoFault::Customer)],
        reason: "客户更正".into(),
    };
    done(world, &mut case, "REC1", &to_intake);
    let counted = receipt(&case);
    done(world, &mut case, "INT1", &counted);
    done(world, &mut case, "INT1", &Command::Claim {});
    let kept = case.item(1).unwrap();
    assert!(
        kept.review.is_some() && !kept.asked.is_empty() && kept.pass.is_some() && kept.endorsement.is_some()
    );
    case
}

fn amend(case: &Case, change: impl FnOnce(&mut Amendment)) -> Command {
    let mut amendment = Amendment::of(&case.registration);
    amendment.acknowledged.clone_from(&case.shortfalls);
    change(&mut amendment);
    Command::AmendRegistration { amendment: Box::new(amendment) }
}

#[test]
fn another_applicant_or_agent_takes_down_review_asked_and_pass() {
    let changes: [fn(&mut Amendment); 3] = [
        |amendment| amendment.applicant = "李书怡".into(),
        |amendment| amendment.capacity = Capacity::Insured,
        |amendment| {
            let identity = sealed(SecretKind::Identity, &resident_id(21));
            amendment.agent = Some(Agent {
                name: "王代办".into(),
                kind: DocumentKind::ResidentId,
                identity,
                expires: None,
                authority: true,
            });
        },
    ];
    for change in changes {
        let mut world = World::new();
        let mut case = back_at_intake(&mut world);
        let mut command = amend(&case, change);
        if let Err(Refusal::Acknowledge { lines }) = world.act(&mut case, "INT1", &command)
            && let Command::AmendRegistration { amendment } = &mut command
        {
            amendment.acknowledged = lines;
        }
        done(&mut world, &mut case, "INT1", &command);
        let item = case.item(1).unwrap();
        assert!(item.review.is_none() && item.asked.is_empty() && item.pass.is_none());
        assert!(item.confirmed().is_some() && item.endorsement.is_some(), "the rest stands");
    }
}

#[test]
fn other_policy_facts_take_down_whatever_is_computed_from_them() {
    let mut world = World::new();
    let mut case = back_at_intake(&mut world);
    let command = amend(&case, |amendment| amendment.policy.cash_value = Money::yuan(1));
    done(&mut world, &mut case, "INT1", &command);
    let item = case.item(1).unwrap();
    assert!(item.review.is_none() && item.preparation.is_none() && item.endorsement.is_none());
    assert!(item.core.as_ref().is_some_and(|core| !core.compared), "the core keeps what it holds");
    assert!(!item.asked.is_empty(), "the paper says what it said");
}

#[test]
fn a_value_that_differs_when_it_takes_effect_takes_pass_fees_and_endorsement_down() {
    let (mut world, mut case) = at_stage("CT", Stage::Recheck);
    let command = ask(&world, 1, "CT");
    done(&mut world, &mut case, "REC1", &command);
    done(&mut world, &mut case, "REC1", &pass());
    let (values, effective_at) = (others(&world, "CT"), world.now);
    let confirm = |again: Fields| Command::ConfirmCore {
        item: 1,
        reference: "C1".into(),
        effective_at,
        values: values.clone(),
        again,
    };
    let pointer = "/confirm_core/values/account";
    let once = confirm(Fields::new());
    assert_eq!(refused(&mut world, &mut case, "REC1", &once), input(pointer, InputRule::KeyAgain));
    let otherwise = confirm(fields(&world, "CT"));
    let refusal = refused(&mut world, &mut case, "REC1", &otherwise);
    assert_eq!(refusal, Refusal::KeyedDifferently { fields: vec!["account".into()] });
    done(&mut world, &mut case, "REC1", &confirm(values.clone()));
    let item = case.item(1).unwrap();
    assert!(
        item.core_effective() && item.pass.is_none() && item.fees.is_none() && item.endorsement.is_none()
    );
    let refusal = refused(&mut world, &mut case, "REC1", &pass());
    assert!(matches!(refusal, Refusal::EarlierListOpen { .. }), "{refusal:?}");
}

/// Two items passed at Recheck; then one of them, the first, goes back to a stage and is taken up there.
fn second_kept(stage: Stage, who: &str) -> (World, Case) {
    let mut world = World::new();
    let mut case = registered(&world, &["AM", "LR"]);
    let items = [(1, "AM"), (2, "LR")];
    to_post(&mut world, &mut case, "INT1", "ENT1");
    done(&mut world, &mut case, "ENT1", &review());
    for command in items.iter().flat_map(|(no, code)| enter(&world, *no, code)).collect::<Vec<_>>() {
        done(&mut world, &mut case, "ENT1", &command);
    }
    to_post(&mut world, &mut case, "ENT1", "SRV1");
    for (no, code) in items {
        for command in service(&world, &case, no, code) {
            done(&mut world, &mut case, "SRV1", &command);
        }
    }
    to_post(&mut world, &mut case, "SRV1", "REC1");
    for (no, code) in items {
        let command = ask(&world, no, code);
        done(&mut world, &mut case, "REC1", &command);
    }
    done(&mut world, &mut case, "REC1", &pass());
    if stage < Stage::Recheck {
        done(&mut world, &mut case, "REC1", &back(stage));
        let counted = receipt(&case);
        done(&mut world, &mut case, who, &counted);
        done(&mut world, &mut case, who, &Command::Claim {});
    }
    assert!(case.items[1].pass.is_some(), "the item not named keeps its pass");
    (world, case)
}

#[test]
fn an_entry_made_anew_takes_down_all_that_was_done_with_it() {
    let (mut world, mut case) = second_kept(Stage::Entry, "ENT1");
    let other = others(&world, "LR");
    done(&mut world, &mut case, "ENT1", &Command::EnterChange { item: 2, fields: other });
    let item = &case.items[1];
    assert!(item.preparation.is_none() && item.fees.is_none() && item.endorsement.is_none());
    assert!(item.core.as_ref().is_some_and(|core| !core.compared) && item.pass.is_none());
}

#[test]
fn preparation_fees_and_endorsement_given_anew_take_the_pass_down() {
    let servicing = |world: &World, case: &Case| service(world, case, 2, "LR");
    // Another finding of the preparation.
    let (mut world, mut case) = second_kept(Stage::Servicing, "SRV1");
    let Command::CompletePreparation { item, mut lines } = servicing(&world, &case).remove(0) else {
        panic!("preparation comes first");
    };
    lines.get_mut(&PreparationLine::Loan).expect("a line").source = PreparationSource::Facts;
    done(&mut world, &mut case, "SRV1", &Command::CompletePreparation { item, lines });
    assert!(case.items[1].fees.is_none() && case.items[1].endorsement.is_none());
    assert!(case.items[1].pass.is_none());
    // Other fees.
    let (mut world, mut case) = second_kept(Stage::Servicing, "SRV1");
    let settled = servicing(&world, &case).into_iter().find_map(|command| match command {
        Command::SettleFee { item, mut lines } => {
            lines[0].settled += Money::yuan(1);
            (lines[0].again, lines[0].reason) = (Some(lines[0].settled), Some("协商".into()));
            Some(Command::SettleFee { item, lines })
        }
        _ => None,
    });
    let towards = Some(FeeDirection::Collect);
    let matter = Matter::FeeDeviation { item: 2, towards, amount: Money::yuan(1) };
    approved(&mut world, &mut case, "SRV1", &["LEAD"], matter);
    done(&mut world, &mut case, "SRV1", &settled.expect("a fee"));
    assert!(case.items[1].endorsement.is_some() && case.items[1].pass.is_none());
    // Another endorsement.
    let (mut world, mut case) = second_kept(Stage::Servicing, "SRV1");
    let endorse = servicing(&world, &case).pop().expect("the endorsement comes last");
    done(&mut world, &mut case, "SRV1", &endorse);
    assert!(case.items[1].fees.is_some() && case.items[1].pass.is_none());
}

#[test]
fn what_was_asked_keyed_otherwise_takes_the_pass_down() {
    let (mut world, mut case) = second_kept(Stage::Recheck, "REC1");
    let (Command::KeyAsked { item, mut asked }, other) = (ask(&world, 2, "LR"), others(&world, "LR")) else {
        panic!("asked");
    };
    for (key, value) in &mut asked {
        *value = Asked::Stated(other[key].clone());
    }
    done(&mut world, &mut case, "REC1", &Command::KeyAsked { item, asked });
    assert!(case.items[1].pass.is_none());
}

#[test]
fn a_core_value_recorded_anew_otherwise_takes_fees_and_endorsement_down() {
    let (mut world, mut case) = at_stage("CT", Stage::Servicing);
    for command in service(&world, &case, 1, "CT") {
        done(&mut world, &mut case, "SRV1", &command);
    }
    let otherwise = record(CoreState::Pending, others(&world, "CT"));
    done(&mut world, &mut case, "SRV1", &otherwise);
    let item = case.item(1).unwrap();
    assert!(item.fees.is_none() && item.endorsement.is_none() && item.core.as_ref().unwrap().compared);
}

// ---- policy facts and preparation

#[test]
fn what_cannot_be_is_not_registered() {
    let world = World::new();
    let try_with = |change: &dyn Fn(&mut domain::case::Registration)| {
        let mut form = registration(&world, &["AM"]);
        change(&mut form);
        world.register_with("INT1", &form).map(|_| ())
    };
    let fault = |pointer: &str, rule| Err(input(&format!("/registration/{pointer}"), rule));
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let negative = try_with(&|form| form.policy.loan = Money::fen(-1));
    assert_eq!(negative, fault("policy/loan", InputRule::Negative));
    let absurd = try_with(&|form| form.policy.cash_value = Money::fen(i64::MAX));
    assert_eq!(absurd, fault("policy/cash_value", InputRule::TooLarge));
    let never = try_with(&|form| form.policy.paid_to = Some(day("9999-12-31")));
    assert_eq!(never, fault("policy/paid_to", InputRule::OutOfRange));
    let before = try_with(&|form| form.policy.paid_to = Some(day("2001-01-01")));
    assert_eq!(before, fault("policy/paid_to", InputRule::DateOrder));
    let ancient = try_with(&|form| form.policy.effective = day("0001-01-01"));
    assert_eq!(ancient, fault("policy/effective", InputRule::OutOfRange));
    let unsigned = try_with(&|form| form.applied_on = day("2026-11-17"));
    assert_eq!(unsigned, fault("received_at", InputRule::BeforeApplication));
    let long_ago = try_with(&|form| {
        form.received_at -= chrono::TimeDelta::days(367);
        form.applied_on = day("2025-11-01");
    });
    assert_eq!(long_ago, fault("received_at", InputRule::TooOld));
    for number in ["", "--- ", "12345", "保单310021846621"] {
        let refused = try_with(&|form| form.policy.policy_no = number.into());
        assert!(
            matches!(refused, Err(Refusal::Input { .. } | Refusal::Fields { .. })),
            "{number:?}: {refused:?}"
        );
    }
    assert_eq!(try_with(&|form| form.policy.policy_no = " 3100-2184 ６６２１ ".into()), Ok(()));
}

fn prepare(line: PreparationLine) -> Command {
    let answers = PreparationLine::ALL.into_iter().map(|of| {
        let answer = match of {
            of if of == line => PreparationAnswer::Present,
            of if of.only_not_needed() => PreparationAnswer::NotNeeded,
            _ => PreparationAnswer::None,
        };
        (of, Prepared { answer, source: PreparationSource::Core })
    });
    Command::CompletePreparation { item: 1, lines: answers.collect() }
}

#[test]
fn an_answer_that_contradicts_the_facts_is_shown_beside_them() {
    let (mut world, mut case) = at_stage("AM", Stage::Servicing);
    let refusal = refused(&mut world, &mut case, "SRV1", &prepare(PreparationLine::Loan));
    let contradiction =
        Contradiction { line: PreparationLine::Loan, answer: PreparationAnswer::Present, in_facts: false };
    assert_eq!(refusal, Refusal::ContradictsFacts { lines: vec![contradiction] });
    // The other way round too.
    case.registration.policy.apl = Money::yuan(1);
    let refusal = refused(&mut world, &mut case, "SRV1", &prepare(PreparationLine::Referrals));
    assert!(matches!(refusal, Refusal::Input { .. }), "{refusal:?}");
    let nothing = service(&world, &case, 1, "AM").swap_remove(0);
    let contradiction =
        Contradiction { line: PreparationLine::Apl, answer: PreparationAnswer::None, in_facts: true };
    let refusal = refused(&mut world, &mut case, "SRV1", &nothing);
    assert_eq!(refusal, Refusal::ContradictsFacts { lines: vec![contradiction] });
    done(&mut world, &mut case, "SRV1", &prepare(PreparationLine::Apl));
}

#[test]
fn what_is_present_and_blocks_the_item_refuses() {
    for (line, block) in [
        (PreparationLine::Loan, PolicyBlock::Loan),
        (PreparationLine::Apl, PolicyBlock::PremiumLoan),
        (PreparationLine::Claim, PolicyBlock::OpenClaim),
        (PreparationLine::Freeze, PolicyBlock::Frozen),
        (PreparationLine::LossReport, PolicyBlock::LossReported),
    ] {
        let (mut world, mut case) = at_stage("AM", Stage::Servicing);
        let item = world.catalogue.items.iter_mut().find(|item| item.code.as_str() == "AM").unwrap();
        item.admission.blocked_by = vec![block];
        let policy = &mut case.registration.policy;
        match line {
            PreparationLine::Loan => policy.loan = Money::yuan(1),
            PreparationLine::Apl => policy.apl = Money::yuan(1),
            PreparationLine::Claim => policy.open_claim = true,
            PreparationLine::Freeze => policy.frozen = true,
            _ => policy.loss_reported = true,
        }
        let refusal = refused(&mut world, &mut case, "SRV1", &prepare(line));
        assert_eq!(refusal, Refusal::Blocked { by: vec![block] });
        world.catalogue = Catalogue::shipped();
        done(&mut world, &mut case, "SRV1", &prepare(line));
    }
}

// ---- second keying

#[test]
fn a_settled_fee_that_deviates_is_keyed_twice() {
    let (mut world, mut case) = at_fees();
    world.people.iter_mut().for_each(|person| person.grants.fee_deviation = Money::yuan(1_000));
    let Command::SettleFee { item, lines } = settle(&world, &case, 5) else { unreachable!("a fee") };
    let with = |again: Option<Money>| {
        let mut lines = lines.clone();
        lines[0].again = again;
        Command::SettleFee { item, lines }
    };
    let pointer = "/settle_fee/lines/0/again";
    let refusal = refused(&mut world, &mut case, "SRV1", &with(None));
    assert_eq!(refusal, input(pointer, InputRule::KeyAgain));
    let refusal = refused(&mut world, &mut case, "SRV1", &with(Some(Money::fen(1))));
    assert_eq!(refusal, input(pointer, InputRule::KeyedOtherwise));
    done(&mut world, &mut case, "SRV1", &with(lines[0].again));
    // The computed amount counts as its second keying.
    let Command::SettleFee { item, mut lines } = settle(&world, &case, 0) else { unreachable!("a fee") };
    lines[0].again = None;
    done(&mut world, &mut case, "SRV1", &Command::SettleFee { item, lines });
}

#[test]
fn premium_and_effective_date_are_keyed_twice() {
    let (mut world, mut case) = at_stage("AM", Stage::Servicing);
    let commands = service(&world, &case, 1, "AM");
    for command in &commands[..2] {
        done(&mut world, &mut case, "SRV1", command);
    }
    world.now += chrono::TimeDelta::days(2);
    let first = domain::time::local_date(case.registration.received_at);
    let endorse = |date_again, premium: Option<i64>, premium_again: Option<i64>| Command::Endorse {
        item: 1,
        number: "P1".into(),
        text: "同意变更".into(),
        effective_date: first,
        effective_date_again: date_again,
        premium: premium.map(Money::fen),
        premium_again: premium_again.map(Money::fen),
    };
    let (date, premium) = ("/endorse/effective_date_again", "/endorse/premium_again");
    for (command, pointer, rule) in [
        (endorse(None, None, None), date, InputRule::KeyAgain),
        (endorse(first.succ_opt(), None, None), date, InputRule::KeyedOtherwise),
        (endorse(Some(first), Some(100), None), premium, InputRule::KeyAgain),
        (endorse(Some(first), Some(100), Some(101)), premium, InputRule::KeyedOtherwise),
        (endorse(Some(first), Some(-1), Some(-1)), "/endorse/premium", InputRule::Negative),
    ] {
        assert_eq!(refused(&mut world, &mut case, "SRV1", &command), input(pointer, rule));
    }
    done(&mut world, &mut case, "SRV1", &endorse(Some(first), Some(100), Some(100)));
}

#[test]
fn nothing_is_in_force_before_its_pass() {
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    let command = ask(&world, 1, "AM");
    done(&mut world, &mut case, "REC1", &command);
    done(&mut world, &mut case, "REC1", &pass());
    let (passed, values) = (world.now, fields(&world, "AM"));
    let confirm = |effective_at| Command::ConfirmCore {
        item: 1,
        reference: "C1".into(),
        effective_at,
        values: values.clone(),
        again: Fields::new(),
    };
    let early = confirm(passed - chrono::TimeDelta::minutes(1));
    let pointer = "/confirm_core/effective_at";
    assert_eq!(refused(&mut world, &mut case, "REC1", &early), input(pointer, InputRule::BeforePass));
    done(&mut world, &mut case, "REC1", &confirm(passed));
}

// ---- blind keying at recheck

/// What the application asks for, keyed, with some fields not stated.
fn asked_without(world: &World, code: &str, silent: &[&str], rule: &str) -> Command {
    let Command::KeyAsked { item, mut asked } = ask(world, 1, code) else { unreachable!("asked") };
    for key in silent {
        asked.insert((*key).into(), Asked::ByRule(rule.into()));
    }
    Command::KeyAsked { item, asked }
}

#[test]
fn not_stated_is_by_a_rule_the_catalogue_names_for_that_field() {
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    let at = |key: &str| format!("/key_asked/asked/{key}");
    let invented = asked_without(&world, "AM", &["mobile"], "条款 5.2");
    let refusal = refused(&mut world, &mut case, "REC1", &invented);
    assert_eq!(refusal, input(&at("mobile"), InputRule::RuleUnknown));
    let required = asked_without(&world, "AM", &["party"], UNCHANGED);
    let refusal = refused(&mut world, &mut case, "REC1", &required);
    assert_eq!(refusal, input(&at("party"), InputRule::RuleUnknown));
    // Of an account transfer the account is stated.
    let (mut other, mut transfer) = at_stage("PC", Stage::Recheck);
    let needed = asked_without(&other, "PC", &["account"], UNCHANGED);
    let refusal = refused(&mut other, &mut transfer, "REC1", &needed);
    assert_eq!(refusal, input(&at("account"), InputRule::RuleUnknown));
}

#[test]
fn what_is_entered_though_nobody_asked_for_it_is_an_entry_difference() {
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    let command = asked_without(&world, "AM", &["mobile"], UNCHANGED);
    done(&mut world, &mut case, "REC1", &command);
    let refusal = refused(&mut world, &mut case, "REC1", &pass());
    assert_eq!(refusal, Refusal::Differences { fields: vec![(1, "mobile".into())] });
}

#[test]
fn every_key_field_is_asked_also_one_that_entry_left_out() {
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    case.items[0].entered.as_mut().unwrap().fields.remove(&"mobile".into());
    case.items[0].core.as_mut().unwrap().fields.remove(&"mobile".into());
    let Command::KeyAsked { item, mut asked } = ask(&world, 1, "AM") else { unreachable!("asked") };
    let mobile = asked.remove(&"mobile".into()).unwrap();
    let short = Command::KeyAsked { item, asked: asked.clone() };
    let refusal = refused(&mut world, &mut case, "REC1", &short);
    assert_eq!(refusal, input("/key_asked/asked/mobile", InputRule::Required));
    // Nor is it passed where an older version let it be keyed so.
    case.items[0].asked.clone_from(&asked);
    let refusal = refused(&mut world, &mut case, "REC1", &pass());
    assert_eq!(refusal, Refusal::AskedMissing { fields: vec![(1, "mobile".into())] });
    asked.insert("mobile".into(), mobile);
    done(&mut world, &mut case, "REC1", &Command::KeyAsked { item, asked });
    let refusal = refused(&mut world, &mut case, "REC1", &pass());
    assert_eq!(refusal, Refusal::Differences { fields: vec![(1, "mobile".into())] });
}

fn explain(field: &str) -> Command {
    let reason = "以核心为准".to_owned();
    let explained = BTreeMap::from([(1, vec![Explained { field: field.into(), reason }])]);
    Command::PassRecheck { change: true, entry: true, fees: true, explained }
}

#[test]
fn only_a_difference_that_is_there_and_may_be_is_explained() {
    let key = |world: &mut World, case: &mut Case| {
        let command = ask(world, 1, "AM");
        done(world, case, "REC1", &command);
    };
    // Nothing differs: nothing to explain, nor of an item that is not there.
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    key(&mut world, &mut case);
    let refusal = refused(&mut world, &mut case, "REC1", &explain("mobile"));
    assert_eq!(refusal, input("/pass_recheck/explained/1/0", InputRule::NotExplainable));
    // A core difference of a key field goes back to Servicing.
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    case.items[0].core.as_mut().unwrap().fields = others(&world, "AM");
    key(&mut world, &mut case);
    let refusal = refused(&mut world, &mut case, "REC1", &explain("mobile"));
    assert_eq!(refusal, Refusal::Differences { fields: vec![(1, "mobile".into())] });
    // An entry difference goes back to Entry.
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    case.items[0].entered.as_mut().unwrap().fields = others(&world, "AM");
    case.items[0].core.as_mut().unwrap().fields = others(&world, "AM");
    key(&mut world, &mut case);
    let refusal = refused(&mut world, &mut case, "REC1", &explain("mobile"));
    assert_eq!(refusal, Refusal::Differences { fields: vec![(1, "mobile".into())] });
    // Free text is ticked.
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    let address = Value::Secret(sealed(SecretKind::Address, "上海市浦东新区世纪大道100号8层"));
    case.items[0].core.as_mut().unwrap().fields.insert("address".into(), address);
    key(&mut world, &mut case);
    let refusal = refused(&mut world, &mut case, "REC1", &pass());
    assert_eq!(refusal, Refusal::Differences { fields: vec![(1, "address".into())] });
    done(&mut world, &mut case, "REC1", &explain("address"));
}

#[test]
fn a_third_keying_is_a_leads() {
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    let right = ask(&world, 1, "AM");
    let Command::KeyAsked { item, mut asked } = right.clone() else { unreachable!("asked") };
    asked.insert("mobile".into(), Asked::Stated(others(&world, "AM")[&"mobile".into()].clone()));
    let wrong = Command::KeyAsked { item, asked };
    done(&mut world, &mut case, "REC1", &wrong);
    let events = world.act(&mut case, "REC1", &right).unwrap();
    let Fact::AskedKeyed { differing, .. } = &events[0].fact else { panic!("{events:?}") };
    assert_eq!(*differing, ["mobile".into()], "shown");
    done(&mut world, &mut case, "REC1", &right);
    let refusal = refused(&mut world, &mut case, "REC1", &wrong);
    assert!(matches!(refusal, Refusal::ApprovalNeeded { .. }), "{refusal:?}");
    approved(&mut world, &mut case, "REC1", &["LEAD"], Matter::AskedAgain { item: 1 });
    done(&mut world, &mut case, "REC1", &wrong);
    assert!(world.act(&mut case, "REC1", &right).is_err(), "each further one");
}

// ---- amending a registration

#[test]
fn an_amendment_keeps_its_hands_off_papers_items_and_numbers() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC"]);
    done(&mut world, &mut case, "INT1", &paper("change_proof", MaterialForm::Original));
    approved(&mut world, &mut case, "INT1", &["LEAD"], Matter::AmendCount { material: 0, pages: 9 });
    let recount = Command::AmendCount { material: 0, pages: 9, reason: "点错".into() };
    done(&mut world, &mut case, "INT1", &recount);
    let papers = case.materials.clone();
    let add = |code: &str| {
        let code = code.into();
        move |amendment: &mut Amendment| {
            amendment.managing = office();
            amendment.add = vec![code];
        }
    };
    let twice = amend(&case, add("BC"));
    let pointer = "/amend_registration/amendment/add/0";
    assert_eq!(refused(&mut world, &mut case, "INT1", &twice), input(pointer, InputRule::Twice));
    let mut command = amend(&case, add("AM"));
    if let Err(Refusal::Acknowledge { lines }) = world.act(&mut case, "INT1", &command)
        && let Command::AmendRegistration { amendment } = &mut command
    {
        amendment.acknowledged = lines;
    }
    let (received, before) = (case.registration.received_at, case.items[0].clone());
    done(&mut world, &mut case, "INT1", &command);
    assert_eq!(case.materials, papers, "a late paper and a mended count stay");
    assert_eq!(case.registration.received_at, received);
    assert_eq!(case.items[0], before);
    assert_eq!(case.items.iter().map(|item| item.no).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(case.registration.managing, office());
}

#[test]
fn an_item_declined_comes_back_under_a_new_number_only_when_asked_for() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC", "AM"]);
    case.items[0].dropped = Some(Dropped::Declined);
    let nothing = amend(&case, |amendment| amendment.applicant = "张立群先生".into());
    done(&mut world, &mut case, "INT1", &nothing);
    assert_eq!(case.items.len(), 2, "an amendment does not bring it back");
    let again = amend(&case, |amendment| amendment.add = vec!["BC".into()]);
    done(&mut world, &mut case, "INT1", &again);
    assert_eq!(case.items.iter().map(|item| item.no).collect::<Vec<_>>(), [1, 2, 3]);
}

// ---- what counts as a recheck

#[test]
fn refusing_a_proposal_declines_nothing() {
    let steps = |answer: Command| {
        let mut world = World::new();
        let mut case = registered(&world, &["BC", "AM"]);
        to_post(&mut world, &mut case, "INT1", "ENT1");
        let propose = Command::ProposeDecline { reason: "不符规定".into(), items: vec![1] };
        done(&mut world, &mut case, "ENT1", &propose);
        to_post(&mut world, &mut case, "ENT1", "REC1");
        let mut before = case.clone();
        let events = world.act(&mut case, "REC1", &answer).unwrap();
        let mut outcomes = Vec::new();
        for event in &events {
            outcomes.extend(finished_step(&before, event).map(|step| step.outcome));
            before.apply(event);
        }
        outcomes
    };
    let refused = steps(Command::RefuseProposal { reason: "可以办理".into() });
    assert_eq!(refused, [StepOutcome::Returned(vec![Ground::NoFault(NoFault::Proposal)])]);
    assert_eq!(steps(Command::Decline {}), [StepOutcome::Declined]);
}

#[test]
fn a_leads_return_from_the_pool_is_no_recheck() {
    let mut world = World::new();
    let case = registered(&world, &["AM"]);
    let mut case = brought(&mut world, case, "AM", Stage::Recheck);
    done(&mut world, &mut case, "REC1", &Command::Unclaim {});
    let bar = Command::BarRelease { check: CheckId(uuid::Uuid::from_u128(3)), stage: Stage::Entry };
    done(&mut world, &mut case, "INS1", &bar);
    let before = case.clone();
    let events = world.act(&mut case, "LEAD", &back(Stage::Entry)).unwrap();
    assert_eq!(events.iter().find_map(|event| finished_step(&before, event)), None);
    let counted = receipt(&case);
    done(&mut world, &mut case, "ENT1", &counted);
    assert_eq!((case.recheck_rounds, case.last_done.get(&Stage::Recheck)), (0, None));
    // The rechecker's own return is one.
    let (mut world, mut case) = at_stage("AM", Stage::Recheck);
    let before = case.clone();
    let events = world.act(&mut case, "REC1", &back(Stage::Entry)).unwrap();
    assert!(events.iter().any(|event| finished_step(&before, event).is_some()));
    let counted = receipt(&case);
    done(&mut world, &mut case, "ENT1", &counted);
    assert_eq!(case.recheck_rounds, 1);
}

#[test]
fn a_second_check_lifts_by_what_it_looked_at() {
    use Verdict::{Conforms, DoesNot, NotApplicable};
    let verdicts = |of: &[Verdict]| {
        (1..)
            .zip(of)
            .map(|(point, verdict)| PointVerdict {
                point,
                verdict: *verdict,
                evidence: String::new(),
                cause: None,
            })
            .collect::<Vec<_>>()
    };
    assert!(lifts_bars(&verdicts(&[NotApplicable, Conforms])));
    assert!(!lifts_bars(&verdicts(&[NotApplicable, NotApplicable])));
    assert!(!lifts_bars(&verdicts(&[Conforms, DoesNot])));
    assert!(!lifts_bars(&[]));
}
