//! The way a department that knows its work brings a case to its release.

use crate::{common::*, explore::candidates, route::ask, walk::Who};
use domain::{
    case::{
        Case, Command, State,
        item::{Asked, Fields},
        list::open_lines,
        registration::Shortfall,
        state::{ApprovalState, Matter},
    },
    id::FieldKey,
    post::Stage,
};
use std::collections::BTreeMap;

/// The next command on the way to release: forward work first, then what clears the way, then back to the stage
/// whose results fell or differ.
pub fn onwards(world: &World, case: &Case) -> Option<(Who, Command)> {
    let back = back_to(world, case);
    let all: Vec<u8> = case.open_items().map(|item| item.no).collect();
    let asked_for = |matter: &Matter| {
        case.approvals.iter().any(|approval| {
            approval.matter == *matter
                && matches!(approval.state, ApprovalState::Open | ApprovalState::Granted(_))
        })
    };
    let order = |command: &Command| match command {
        Command::Release { .. } => Some(0),
        Command::LiftBar { .. } => Some(1),
        Command::Bind { .. } => Some(2),
        Command::ConfirmCore { values, item, .. } => right(world, case, *item, values).then_some(3),
        Command::PassRecheck { .. } => Some(4),
        Command::CancelProposal {} | Command::RefuseProposal { .. } => Some(5),
        Command::Approve { .. } => Some(6),
        Command::CompleteReview { .. } => Some(7),
        Command::ReceiveMaterial { material } => {
            let missing = Shortfall::Missing { material: material.kind.clone() };
            case.shortfalls.contains(&missing).then_some(6)
        }
        Command::EnterChange { item, fields } => right(world, case, *item, fields).then_some(8),
        Command::ConfirmEntry { item, key_fields } => {
            let is_right =
                |fields: &Fields| key_fields.iter().all(|(key, value)| fields.get(key) == Some(value));
            case.item(*item).is_some_and(|item| is_right(&fields(world, item.code.as_str()))).then_some(9)
        }
        Command::CompletePreparation { .. } => Some(10),
        Command::CancelCoreResult { item, .. } => core_is_wrong(world, case, *item).then_some(11),
        Command::RecordCoreResult { fields, item, .. } => right(world, case, *item, fields).then_some(12),
        Command::SettleFee { .. } => Some(13),
        Command::Endorse { .. } => Some(14),
        Command::KeyAsked { asked, item } => as_asked(world, case, *item, asked).then_some(15),
        Command::HandOver {} => Some(16),
        Command::ConfirmReceipt { .. } => Some(17),
        Command::Resume {} => Some(18),
        Command::Claim {} => Some(19),
        Command::ReportDifference { .. } => Some(20),
        Command::ReturnTo { stage, items, grounds, .. } => {
            let chosen = Some(*stage) == back && *items == all && !grounds[0].is_fault();
            chosen.then_some(21)
        }
        Command::RequestApproval { matter, .. } => {
            let needed = match matter {
                Matter::ReturnEffective { to, .. } => Some(*to) == back,
                Matter::CancelEffective { item } => core_is_wrong(world, case, *item),
                Matter::AskedAgain { item } => case.item(*item).is_some_and(|found| {
                    !found.asked.is_empty() && !as_asked(world, case, *item, &found.asked)
                }),
                _ => false,
            };
            (needed && !asked_for(matter)).then_some(22)
        }
        Command::Unclaim {} => Some(30),
        _ => None,
    };
    candidates(world, case)
        .into_iter()
        .filter_map(|(who, command)| Some((order(&command)?, who, command)))
        .filter(|(_, who, command)| useful(world, case, who, command))
        .min_by_key(|(order, ..)| *order)
        .map(|(_, who, command)| (who, command))
}

/// The stage a case must go back to: the earliest whose list is open again, or Servicing where the core shows another
/// value than was entered.
fn back_to(world: &World, case: &Case) -> Option<Stage> {
    let here = case.stage()?;
    let fell = Stage::ALL
        .into_iter()
        .take_while(|stage| *stage < here)
        .find(|stage| !open_lines(case, *stage, &world.catalogue).is_empty());
    let differs = here == Stage::Recheck && case.open_items().any(|item| core_is_wrong(world, case, item.no));
    let mistaken = here > Stage::Entry
        && case.open_items().any(|item| {
            item.entered.as_ref().is_some_and(|entered| !right(world, case, item.no, &entered.fields))
        });
    mistaken.then_some(Stage::Entry).or(fell).or(differs.then_some(Stage::Servicing))
}

fn right(world: &World, case: &Case, no: u8, values: &Fields) -> bool {
    case.item(no).is_some_and(|item| *values == fields(world, item.code.as_str()))
}

fn core_is_wrong(world: &World, case: &Case, no: u8) -> bool {
    case.item(no)
        .and_then(|item| item.core.as_ref())
        .is_some_and(|core| !right(world, case, no, &core.fields))
}

fn as_asked(world: &World, case: &Case, no: u8, asked: &BTreeMap<FieldKey, Asked>) -> bool {
    case.item(no).is_some_and(|item| {
        matches!(ask(world, no, item.code.as_str()), Command::KeyAsked { asked: right, .. } if right == *asked)
    })
}

/// Legal, and not a repetition that changes nothing.
fn useful(world: &World, case: &Case, who: &Who, command: &Command) -> bool {
    let actor = who.actor(world);
    let Ok(events) = domain::case::decide(case, command, &world.context(&actor)) else { return false };
    let mut after = case.clone();
    for event in &events {
        after.apply(event);
    }
    let essence = |case: &Case| {
        let items: Vec<_> = case
            .items
            .iter()
            .map(|item| {
                (
                    item.review.is_some(),
                    item.entered.as_ref().map(|entered| entered.fields.clone()),
                    item.confirmed().is_some(),
                    item.preparation.is_some(),
                    item.core.as_ref().map(|core| (core.compared, core.state, core.fields.clone())),
                    item.fees.is_some(),
                    item.endorsement.is_some(),
                    item.asked.clone(),
                    item.pass.is_some(),
                    item.bound.is_some(),
                )
            })
            .collect();
        let beside = (case.bars.len(), case.approvals.clone(), case.shortfalls.clone());
        (items, case.state.clone(), case.proposal.clone(), beside)
    };
    let (now, then) = (essence(case), essence(&after));
    let mut then_state = then.clone();
    // A holder's last activity moves with every event.
    then_state.1 = now.1.clone();
    let same_status = matches!(
        (&now.1, &then.1),
        (
            State::Open { stage: a, status: domain::case::Status::Claimed(x) },
            State::Open { stage: b, status: domain::case::Status::Claimed(y) },
        ) if a == b && x.by == y.by
    );
    if same_status { then_state != now } else { then != now }
}
