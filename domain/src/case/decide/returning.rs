//! Returns with grounds, and the proposal to decline (process §1–2).

use super::{Emit, holder, lead, moving::send, one, open, text, use_approval};
use crate::{
    case::{
        context::Context,
        eligible,
        event::{Event, Fact},
        refusal::{InputRule, Needs, Refusal},
        returns::{Ground, NoFault, Return},
        state::{Case, Ending, Matter, Proposal, Status},
    },
    post::Stage,
    quality::points::CheckPoint,
};
use std::collections::BTreeSet;

pub(super) fn return_to(
    case: &Case,
    to: Stage,
    items: &[u8],
    grounds: &[Ground],
    reason: &str,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    let from = returner(case, ctx)?;
    if case.proposal.is_some() {
        return Err(Refusal::ProposalOpen {});
    }
    if to >= from {
        return Err(Refusal::input("/return_to/stage", InputRule::NotEarlier));
    }
    named_items(case, "/return_to/items", items)?;
    if grounds.is_empty() {
        return Err(Refusal::input("/return_to/grounds", InputRule::Required));
    }
    for (index, ground) in grounds.iter().enumerate() {
        let known = match ground {
            Ground::Nonconformity { check_point, .. } => CheckPoint::new(*check_point).is_some(),
            Ground::NoFault(NoFault::Proposal) => false,
            _ => true,
        };
        if !known {
            return Err(Refusal::input(&format!("/return_to/grounds/{index}"), InputRule::Unknown));
        }
    }
    text("/return_to/reason", reason)?;
    let effective: Vec<u8> = case
        .open_items()
        .filter(|item| items.contains(&item.no) && item.core_effective())
        .map(|item| item.no)
        .collect();
    let approval = if effective.is_empty() {
        None
    } else {
        let fits = |granted: &Matter| {
            matches!(granted, Matter::ReturnEffective { to: stage, items }
                if *stage == to && effective.iter().all(|no| items.contains(no)))
        };
        let matter = Matter::ReturnEffective { to, items: effective.clone() };
        Some(use_approval(case, &matter, ctx, fits)?)
    };
    let returned =
        Return { to, from, items: items.to_vec(), grounds: grounds.to_vec(), reason: reason.to_owned() };
    Ok(send(case, ctx, to, Some((returned, approval))))
}

/// The holder; or a lead where an inspector's major finding bars the release.
fn returner(case: &Case, ctx: &Context) -> Result<Stage, Refusal> {
    let stages = [Stage::Entry, Stage::Servicing, Stage::Recheck, Stage::Binding];
    let refusal = match holder(case, ctx, &stages) {
        Ok((_, stage)) => return Ok(stage),
        Err(refusal) => refusal,
    };
    let Ok(lead) = lead(case, ctx) else { return Err(refusal) };
    if case.bars.is_empty() {
        return Err(refusal);
    }
    let (stage, status) = open(case)?;
    // It makes the lead one who worked on the case.
    eligible::may_act(case, stage, lead, ctx)?;
    match status {
        Status::Ready | Status::Claimed(_) | Status::Waiting { .. } => Ok(stage),
        Status::HandedOver(_) => Err(Refusal::WrongStatus { needs: Needs::Held }),
    }
}

/// Item numbers named once each and open.
fn named_items(case: &Case, pointer: &str, items: &[u8]) -> Result<(), Refusal> {
    if items.is_empty() {
        return Err(Refusal::input(pointer, InputRule::Required));
    }
    if items.iter().collect::<BTreeSet<_>>().len() != items.len() {
        return Err(Refusal::input(pointer, InputRule::Twice));
    }
    match items.iter().find(|no| case.item(**no).is_none()) {
        Some(no) => Err(Refusal::NoSuchItem { item: *no }),
        None => Ok(()),
    }
}

pub(super) fn propose_decline(
    case: &Case,
    reason: &str,
    items: &[u8],
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &[Stage::Entry, Stage::Servicing])?;
    if case.proposal.is_some() {
        return Err(Refusal::ProposalOpen {});
    }
    named_items(case, "/propose_decline/items", items)?;
    text("/propose_decline/reason", reason)?;
    Ok(one(case, ctx, Fact::DeclineProposed { reason: reason.to_owned(), items: items.to_vec() }))
}

pub(super) fn cancel_proposal(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &[Stage::Entry, Stage::Servicing])?;
    proposal(case)?;
    Ok(one(case, ctx, Fact::ProposalCancelled {}))
}

fn proposal(case: &Case) -> Result<&Proposal, Refusal> {
    case.proposal.as_ref().ok_or(Refusal::NoProposal {})
}

/// Back to who proposed, without fault: nothing of the items falls.
fn back_to_proposer(proposal: &Proposal, reason: &str) -> Return {
    Return {
        to: proposal.stage,
        from: Stage::Recheck,
        items: Vec::new(),
        grounds: vec![Ground::NoFault(NoFault::Proposal)],
        reason: reason.to_owned(),
    }
}

pub(super) fn decline(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &[Stage::Recheck])?;
    let proposal = proposal(case)?;
    let outstanding: Vec<u8> = case
        .open_items()
        .filter(|item| proposal.items.contains(&item.no) && item.core_outstanding())
        .map(|item| item.no)
        .collect();
    if !outstanding.is_empty() {
        return Err(Refusal::CoreOutstanding { items: outstanding });
    }
    let all = case.open_items().all(|item| proposal.items.contains(&item.no));
    let declined =
        Emit::at(case, ctx, case.stage()).push(Fact::ItemsDeclined { items: proposal.items.clone() });
    if all {
        return Ok(declined
            .push(Fact::Ended { ending: Ending::Declined, method: None, detail: proposal.reason.clone() })
            .done());
    }
    let mut events = declined.done();
    let rest = send(case, ctx, proposal.stage, Some((back_to_proposer(proposal, &proposal.reason), None)));
    events.extend(rest.into_iter().map(|mut event| {
        event.version += 1;
        event
    }));
    Ok(events)
}

pub(super) fn refuse_proposal(case: &Case, reason: &str, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &[Stage::Recheck])?;
    let proposal = proposal(case)?;
    text("/refuse_proposal/reason", reason)?;
    Ok(send(case, ctx, proposal.stage, Some((back_to_proposer(proposal, reason), None))))
}
