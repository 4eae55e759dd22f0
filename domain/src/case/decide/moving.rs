//! Claiming, giving, receiving (process §1–3, §7).

use super::{Emit, aside, due, earlier_done, holder, in_scope, is_system, lead, one, open, person, text};
use crate::{
    case::{
        context::Context,
        eligible,
        event::{Arrival, Event, Fact},
        list::open_lines,
        refusal::{InputRule, Needs, Refusal},
        returns::Return,
        state::{Case, Count, Line, Status},
    },
    id::{PersonId, UnitId},
    post::Stage,
    time::{BusinessDays, BusinessMinutes, Timestamp},
};

/// The stage a complete case goes to: a proposal to decline goes to recheck only.
fn next_stage(case: &Case, stage: Stage) -> Option<Stage> {
    if case.proposal.is_some() { Some(Stage::Recheck) } else { stage.next() }
}

pub(super) fn hand_over(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let (_, stage) = holder(case, ctx, &[Stage::Intake, Stage::Entry, Stage::Servicing, Stage::Recheck])?;
    let proposing = case.proposal.as_ref().is_some_and(|proposal| proposal.stage == stage);
    if case.proposal.is_some() && !proposing {
        return Err(Refusal::ProposalOpen {});
    }
    if !proposing {
        earlier_done(case, stage, None, ctx)?;
        let lines = open_lines(case, stage, ctx.catalogue);
        if !lines.is_empty() {
            return Err(Refusal::ListOpen { lines });
        }
    }
    let Some(to) = next_stage(case, stage) else { return Err(Refusal::WrongStage { stage }) };
    Ok(send(case, ctx, to, None))
}

/// Puts the case on a slip, or moves it at once where no papers travel.
pub(super) fn send(case: &Case, ctx: &Context, to: Stage, back: Option<(Return, Option<u16>)>) -> Vec<Event> {
    let unit = match (&back, case.working.get(&to)) {
        // A return goes to the unit that did that step.
        (Some(_), Some(unit)) => unit.clone(),
        _ => ctx.site(to, &case.accepting).clone(),
    };
    let emit = Emit::at(case, ctx, case.stage());
    match back {
        None if case.paper => emit.push(Fact::HandedOver { slip: ctx.slip, to, unit }).done(),
        None => {
            let mut arrival = arrival(case, ctx, to, unit, ctx.now, None);
            arrival.handed_over = true;
            emit.push(Fact::Arrived(Box::new(arrival))).done()
        }
        Some((returned, approval)) => {
            let sent = emit.push(Fact::Returned {
                slip: ctx.slip,
                unit: unit.clone(),
                returned: Box::new(returned.clone()),
                approval,
                unfinished: case.holding().map(|holding| &holding.by)
                    != ctx.actor.person().map(|person| &person.id),
                from_post: case.holding().is_none(),
            });
            if case.paper {
                sent.done()
            } else {
                let arrival = arrival(case, ctx, to, unit, ctx.now, Some(returned));
                sent.push(Fact::Arrived(Box::new(arrival))).done()
            }
        }
    }
}

/// Arrival at a stage now, after a visit that ended at `left_at`.
fn arrival(
    case: &Case,
    ctx: &Context,
    stage: Stage,
    unit: UnitId,
    left_at: Timestamp,
    returned: Option<Return>,
) -> Arrival {
    let kept = |_| ctx.calendar_of(&unit).due_day(ctx.now, BusinessDays(1)).ends_at();
    let reserved_until = returned.as_ref().map(kept);
    let items: Vec<_> = case.open_items().filter_map(|item| ctx.catalogue.item(&item.code)).collect();
    let due_at = due(&items, stage, &unit, ctx.now, ctx);
    Arrival { stage, unit, left_at, due_at, returned, reserved_until, own: false, handed_over: false }
}

/// The open line, and whether it is the receiver's own: see [`eligible::may_receive`].
fn receiver<'c>(case: &'c Case, ctx: &Context) -> Result<(&'c Line, bool), Refusal> {
    let person = person(ctx)?;
    let (_, status) = match open(case) {
        Ok(open) => open,
        Err(ended) => {
            in_scope(case, person)?;
            return Err(ended);
        }
    };
    let Status::HandedOver(line) = status else {
        in_scope(case, person)?;
        return Err(Refusal::WrongStatus { needs: Needs::HandedOver });
    };
    let own = eligible::may_receive(case, line, person, ctx)?;
    Ok((line, own))
}

pub(super) fn confirm_receipt(case: &Case, counted: &Count, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let (line, own) = receiver(case, ctx)?;
    if counted.len() != case.materials.len() {
        return Err(Refusal::input("/confirm_receipt/counted", InputRule::Required));
    }
    if line.counts.len() >= 2 {
        // What is missing must be reported, not counted away.
        return Err(Refusal::BothCountsDiffered {});
    }
    let agrees = counted.iter().zip(&case.materials).all(|(counted, material)| *counted == material.pages);
    if !agrees {
        let round = u8::try_from(line.counts.len() + 1).unwrap_or(u8::MAX);
        return Ok(aside(case, ctx, Fact::CountDiffered { round, counted: counted.clone() }));
    }
    let mut arrival = arrival(case, ctx, line.to, line.unit.clone(), line.since, line.returned.clone());
    arrival.own = own;
    Ok(aside(case, ctx, Fact::Arrived(Box::new(arrival))))
}

pub(super) fn report_difference(case: &Case, difference: &str, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let (line, _) = receiver(case, ctx)?;
    if line.counts.len() < 2 {
        let counted = u8::try_from(line.counts.len()).unwrap_or(u8::MAX);
        return Err(Refusal::CountFirst { counted });
    }
    text("/report_difference/difference", difference)?;
    Ok(aside(
        case,
        ctx,
        Fact::DifferenceReported {
            slip: line.slip,
            difference: difference.to_owned(),
            counts: line.counts.clone(),
        },
    ))
}

pub(super) fn take_back(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    in_scope(case, person)?;
    let (_, status) = open(case)?;
    let Status::HandedOver(line) = status else {
        return Err(Refusal::WrongStatus { needs: Needs::HandedOver });
    };
    if line.giver != person.id && !person.role.leads() {
        return Err(Refusal::HeldByOther { holder: line.giver.clone() });
    }
    if line.counts.len() >= 2 {
        // Taken back it would be counted anew, and nobody would hear of the difference.
        return Err(Refusal::BothCountsDiffered {});
    }
    Ok(aside(case, ctx, Fact::TakenBack { slip: line.slip }))
}

pub(super) fn claim(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    let (stage, status) = match open(case) {
        Ok(open) => open,
        Err(ended) => {
            in_scope(case, person)?;
            return Err(ended);
        }
    };
    eligible::may_work(case, stage, person, ctx)?;
    match status {
        Status::Ready => {}
        Status::Claimed(holding) | Status::Waiting { holding, .. } => {
            return Err(Refusal::HeldByOther { holder: holding.by.clone() });
        }
        Status::HandedOver(_) => return Err(Refusal::WrongStatus { needs: Needs::Ready }),
    }
    eligible::reserve(case, stage, person, ctx)?;
    Ok(one(case, ctx, Fact::Claimed {}))
}

/// Whoever holds it puts it back, also where a grant has ended meanwhile.
pub(super) fn unclaim(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    in_scope(case, person)?;
    match open(case)?.1 {
        Status::Claimed(holding) if holding.by == person.id => Ok(one(case, ctx, Fact::Unclaimed {})),
        Status::Claimed(holding) | Status::Waiting { holding, .. } if holding.by != person.id => {
            Err(Refusal::HeldByOther { holder: holding.by.clone() })
        }
        _ => Err(Refusal::WrongStatus { needs: Needs::Claimed }),
    }
}

/// Idle time after which a claim ends, company-set: half a working day.
pub const LEASE: BusinessMinutes = BusinessMinutes(240);

/// A claim is a lease: it ends only in business hours, after the configured idle time (process §3).
pub(super) fn expire_lease(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    if !is_system(ctx) {
        return Err(Refusal::NotForPersons {});
    }
    let Status::Claimed(holding) = open(case)?.1 else {
        return Err(Refusal::WrongStatus { needs: Needs::Claimed });
    };
    let idle = ctx.calendar.minutes_between(holding.active_at, ctx.now);
    if idle < LEASE || !ctx.calendar.is_open(ctx.now) {
        return Err(Refusal::LeaseRuns {});
    }
    Ok(aside(case, ctx, Fact::LeaseExpired { holder: holding.by.clone() }))
}

/// Whether a named person may take the case at its stage, the reserve included.
fn eligible_receiver(case: &Case, stage: Stage, to: &PersonId, ctx: &Context) -> Result<(), Refusal> {
    let refuse = |why: Refusal| Refusal::ReceiverNotEligible { person: to.clone(), why: Box::new(why) };
    let receiver =
        ctx.people.iter().find(|person| person.id == *to).ok_or_else(|| refuse(Refusal::OutOfScope {}))?;
    eligible::may_work(case, stage, receiver, ctx)
        .and_then(|()| eligible::reserve(case, stage, receiver, ctx))
        .map_err(refuse)
}

pub(super) fn assign(case: &Case, to: &PersonId, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    lead(case, ctx)?;
    let (stage, status) = open(case)?;
    match status {
        Status::HandedOver(_) => return Err(Refusal::WrongStatus { needs: Needs::Held }),
        Status::Claimed(holding) | Status::Waiting { holding, .. } if holding.by == *to => {
            return Err(Refusal::AlreadyDone { done: None });
        }
        _ => {}
    }
    eligible_receiver(case, stage, to, ctx)?;
    let fact = match status {
        // A claimed or waiting paper case changes hands only when its papers do.
        Status::Claimed(_) | Status::Waiting { .. } if case.paper => {
            Fact::TransferOffered { to: to.clone(), slip: ctx.slip }
        }
        _ => Fact::Assigned { to: to.clone() },
    };
    Ok(aside(case, ctx, fact))
}

pub(super) fn transfer(case: &Case, to: &PersonId, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    in_scope(case, person)?;
    let (stage, status) = open(case)?;
    let (Status::Claimed(holding) | Status::Waiting { holding, .. }) = status else {
        return Err(Refusal::WrongStatus { needs: Needs::Held });
    };
    if holding.by != person.id && !person.role.leads() {
        return Err(Refusal::HeldByOther { holder: holding.by.clone() });
    }
    if holding.by == *to {
        return Err(Refusal::AlreadyDone { done: None });
    }
    eligible_receiver(case, stage, to, ctx)?;
    Ok(aside(case, ctx, Fact::TransferOffered { to: to.clone(), slip: ctx.slip }))
}

pub(super) fn confirm_transfer(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    in_scope(case, person)?;
    let (stage, _) = open(case)?;
    let Some(holding) = case.holding() else { return Err(Refusal::WrongStatus { needs: Needs::Held }) };
    if holding.transfer.as_ref().is_none_or(|transfer| transfer.to != person.id) {
        return Err(Refusal::NotReceiver {});
    }
    eligible::may_work(case, stage, person, ctx)?;
    eligible::reserve(case, stage, person, ctx)?;
    Ok(aside(case, ctx, Fact::TransferConfirmed { from: holding.by.clone() }))
}
