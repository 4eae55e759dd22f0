//! What a command does to a case, or why it may not be done (process §2–3).
//!
//! One pure function, run on the server, which enforces it, and in the browser, which shows it. Order of
//! verdicts: actor, scope, separation, grant, the most specific reason of state, fields.

mod anytime;
mod approvals;
mod binding;
mod entry;
mod moving;
mod recheck;
mod registering;
mod returning;
mod servicing;

pub use moving::LEASE;
pub use registering::{RegisterInput, register, rule_name, shortfalls_of};

use super::{
    command::Command,
    context::Context,
    eligible,
    event::{Event, Fact},
    item::CaseItem,
    list::open_before,
    refusal::{InputRule, Needs, Refusal},
    state::{Approval, ApprovalState, Case, Matter, State, Status},
};
use crate::{
    actor::{Actor, By, Person},
    id::UnitId,
    post::Stage,
    secret::normalise,
    time::{BusinessMinutes, Timestamp},
};

/// Longest free text, characters.
pub const TEXT_LIMIT: usize = crate::limits::TEXT;

/// What a command does to a case, or why not.
///
/// # Errors
/// The most specific [`Refusal`], in the order of verdicts.
pub fn decide(case: &Case, command: &Command, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::AmendRegistration { amendment } => registering::amend(case, amendment, ctx),
        Command::ReceiveMaterial { material } => anytime::receive_material(case, material, ctx),
        Command::AmendCount { material, pages, reason } => {
            anytime::amend_count(case, *material, *pages, reason, ctx)
        }
        Command::HandOver {} => moving::hand_over(case, ctx),
        Command::ConfirmReceipt { counted } => moving::confirm_receipt(case, counted, ctx),
        Command::ReportDifference { difference } => moving::report_difference(case, difference, ctx),
        Command::TakeBack {} => moving::take_back(case, ctx),
        Command::Claim {} => moving::claim(case, ctx),
        Command::Unclaim {} => moving::unclaim(case, ctx),
        Command::ExpireLease {} => moving::expire_lease(case, ctx),
        Command::Assign { to } => moving::assign(case, to, ctx),
        Command::SetPriority { priority, reason } => anytime::set_priority(case, *priority, reason, ctx),
        Command::TransferHolding { to } => moving::transfer(case, to, ctx),
        Command::ConfirmTransfer {} => moving::confirm_transfer(case, ctx),
        Command::ReturnTo { stage, items, grounds, reason } => {
            returning::return_to(case, *stage, items, grounds, reason, ctx)
        }
        Command::CompleteReview { lines } => entry::complete_review(case, *lines, ctx),
        Command::EnterChange { item, fields } => entry::enter(case, *item, fields, ctx),
        Command::ConfirmEntry { item, key_fields } => entry::confirm(case, *item, key_fields, ctx),
        Command::CompletePreparation { item, lines } => servicing::prepare(case, *item, lines, ctx),
        Command::RecordCoreResult { item, reference, state, fields, again } => {
            servicing::record_core(case, *item, reference, *state, (fields, again), ctx)
        }
        Command::CancelCoreResult { item, reference, reason } => {
            servicing::cancel_core(case, *item, reference, reason, ctx)
        }
        Command::SettleFee { item, lines } => servicing::settle(case, *item, lines, ctx),
        Command::Endorse {
            item,
            number,
            text,
            effective_date,
            effective_date_again,
            premium,
            premium_again,
        } => servicing::endorse(
            case,
            *item,
            (number, text),
            (*effective_date, *effective_date_again),
            (*premium, *premium_again),
            ctx,
        ),
        Command::KeyAsked { item, asked } => recheck::key_asked(case, *item, asked, ctx),
        Command::PassRecheck { change, entry, fees, explained } => {
            recheck::pass(case, [*change, *entry, *fees], explained, ctx)
        }
        Command::ConfirmCore { item, reference, effective_at, values, again } => {
            recheck::confirm_core(case, *item, reference, *effective_at, (values, again), ctx)
        }
        Command::ProposeDecline { reason, items } => returning::propose_decline(case, reason, items, ctx),
        Command::CancelProposal {} => returning::cancel_proposal(case, ctx),
        Command::Decline {} => returning::decline(case, ctx),
        Command::RefuseProposal { reason } => returning::refuse_proposal(case, reason, ctx),
        Command::Withdraw { request_pages, reason } => anytime::withdraw(case, *request_pages, reason, ctx),
        Command::Bind { item, lines } => binding::bind(case, *item, lines, ctx),
        Command::Release { method, receiver } => binding::release(case, *method, receiver, ctx),
        Command::PutOnHold { reason, until, moves_due } => {
            anytime::hold(case, reason, *until, *moves_due, ctx)
        }
        Command::Resume {} => anytime::resume(case, ctx),
        Command::RequestApproval { matter, reason } => approvals::request(case, matter, reason, ctx),
        Command::Approve { approval } => approvals::approve(case, *approval, ctx),
        Command::RefuseApproval { approval, reason } => approvals::refuse(case, *approval, reason, ctx),
        Command::AddNote { text } => anytime::note(case, text, ctx),
        Command::BarRelease { check, stage } => anytime::bar(case, *check, *stage, ctx),
        Command::LiftBar { check } => anytime::lift_bar(case, *check, ctx),
    }
}

/// Events of one command: versions follow the case's.
pub(super) struct Emit<'a> {
    case: &'a Case,
    ctx: &'a Context<'a>,
    stage: Option<Stage>,
    events: Vec<Event>,
}

impl<'a> Emit<'a> {
    /// At the stage where the case stands.
    fn at(case: &'a Case, ctx: &'a Context<'a>, stage: Option<Stage>) -> Self {
        Self { case, ctx, stage, events: Vec::new() }
    }

    fn push(mut self, fact: Fact) -> Self {
        self.events.push(Event {
            case: self.case.id,
            version: self.case.version + 1 + self.events.len() as u64,
            at: self.ctx.now,
            by: By::from(self.ctx.actor),
            stage: self.stage,
            unit: self.case.working_unit().clone(),
            catalogue: self.case.catalogue,
            fact,
        });
        self
    }

    fn done(self) -> Vec<Event> {
        self.events
    }
}

/// One event at the case's stage.
fn one(case: &Case, ctx: &Context, fact: Fact) -> Vec<Event> {
    Emit::at(case, ctx, case.stage()).push(fact).done()
}

/// One event outside any stage: who records it does not work on the case.
fn aside(case: &Case, ctx: &Context, fact: Fact) -> Vec<Event> {
    Emit::at(case, ctx, None).push(fact).done()
}

fn person<'a>(ctx: &'a Context) -> Result<&'a Person, Refusal> {
    ctx.actor.person().ok_or(Refusal::NotAPerson {})
}

/// No line of the lists of earlier stages is open: what they did fell meanwhile, and only a return brings it back.
fn earlier_done(case: &Case, stage: Stage, item: Option<u8>, ctx: &Context) -> Result<(), Refusal> {
    let earlier: Vec<Stage> = Stage::ALL.into_iter().filter(|earlier| *earlier < stage).collect();
    let mut lines = open_before(case, &earlier, ctx.catalogue);
    lines.retain(|line| item.is_none_or(|no| line.item == no));
    if lines.is_empty() { Ok(()) } else { Err(Refusal::EarlierListOpen { lines }) }
}

/// The stage and status of an open case.
fn open(case: &Case) -> Result<(Stage, &Status), Refusal> {
    match &case.state {
        State::Open { stage, status } => Ok((*stage, status)),
        State::Ended { ending, at, .. } => Err(Refusal::Ended { ending: *ending, at: *at }),
    }
}

/// Accepting or working unit in the person's scope.
fn in_scope(case: &Case, person: &Person) -> Result<(), Refusal> {
    if person.sees([&case.accepting, case.working_unit()]) { Ok(()) } else { Err(Refusal::OutOfScope {}) }
}

/// The person holds the case, claimed, at one of these stages, and may work it there.
fn holder<'a>(case: &Case, ctx: &'a Context, stages: &[Stage]) -> Result<(&'a Person, Stage), Refusal> {
    let person = person(ctx)?;
    if let Some(stage) = stages.first()
        && !stages.iter().any(|stage| person.holds(stage.post()))
    {
        return Err(Refusal::PostNotHeld { post: stage.post() });
    }
    in_scope(case, person)?;
    let (stage, status) = open(case)?;
    if !stages.contains(&stage) {
        return Err(Refusal::WrongStage { stage });
    }
    eligible::may_work(case, stage, person, ctx)?;
    match status {
        Status::Claimed(holding) if holding.by == person.id => {
            // Asked again, because others act between the claim and the step.
            eligible::reserve(case, stage, person, ctx)?;
            Ok((person, stage))
        }
        Status::Claimed(holding) => Err(Refusal::HeldByOther { holder: holding.by.clone() }),
        Status::Waiting { holding, .. } if holding.by != person.id => {
            Err(Refusal::HeldByOther { holder: holding.by.clone() })
        }
        Status::Ready | Status::Waiting { .. } | Status::HandedOver(_) => {
            Err(Refusal::WrongStatus { needs: Needs::Claimed })
        }
    }
}

/// As [`holder`], with no proposal to decline open: the proposal replaces the stage's list.
fn worker<'a>(case: &Case, ctx: &'a Context, stage: Stage) -> Result<&'a Person, Refusal> {
    let (person, _) = holder(case, ctx, &[stage])?;
    if case.proposal.is_some() {
        return Err(Refusal::ProposalOpen {});
    }
    Ok(person)
}

fn lead<'a>(case: &Case, ctx: &'a Context) -> Result<&'a Person, Refusal> {
    let person = person(ctx)?;
    if !person.role.leads() {
        return Err(Refusal::NotALead {});
    }
    in_scope(case, person)?;
    Ok(person)
}

fn item(case: &Case, no: u8) -> Result<&CaseItem, Refusal> {
    case.item(no).ok_or(Refusal::NoSuchItem { item: no })
}

fn entry_of<'c>(item: &CaseItem, ctx: &'c Context) -> Result<&'c crate::catalogue::Item, Refusal> {
    ctx.catalogue.item(&item.code).ok_or(Refusal::NoSuchItem { item: item.no })
}

/// A required free text within its limit.
fn text(pointer: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::input(pointer, InputRule::Required));
    }
    if text.chars().count() > TEXT_LIMIT {
        return Err(Refusal::input(pointer, InputRule::TooLong));
    }
    Ok(())
}

/// Whether two references of the core system are the same after width, spaces and case (process §4): one is read from a
/// screen, the other typed.
fn same_reference(a: &str, b: &str) -> bool {
    normalise(a) == normalise(b)
}

/// Due time of a visit of a unit that begins at `from`: the longest target of the items, since one visit does them
/// all, by the calendar of the unit that works it (process §6).
fn due(
    items: &[&crate::catalogue::Item],
    stage: Stage,
    unit: &UnitId,
    from: Timestamp,
    ctx: &Context,
) -> Timestamp {
    let target = ctx.catalogue.target(items, stage).unwrap_or(BusinessMinutes::ZERO);
    ctx.calendar_of(unit).add_minutes(from, target)
}

/// The number of a granted approval for this matter, to be used up by who did not give it (process §2).
///
/// # Errors
/// `OwnApproval` where the only one that matches was given by the actor; else `ApprovalNeeded` with who could give
/// one.
fn use_approval(
    case: &Case,
    matter: &Matter,
    ctx: &Context,
    matches: impl Fn(&Matter) -> bool,
) -> Result<u16, Refusal> {
    let actor = ctx.actor.person().map(|person| &person.id);
    let own = |approval: &Approval| actor.is_some_and(|actor| approval.given_by(actor));
    let granted = || {
        let all = case.approvals.iter();
        all.filter(|approval| {
            matches!(approval.state, ApprovalState::Granted(_)) && matches(&approval.matter)
        })
    };
    if let Some(approval) = granted().find(|approval| !own(approval)) {
        return Ok(approval.no);
    }
    if granted().next().is_some() {
        return Err(Refusal::OwnApproval {});
    }
    Err(Refusal::ApprovalNeeded { who: approvals::approvers(case, matter, actor, ctx) })
}

/// Whether the actor is Plumbline itself.
fn is_system(ctx: &Context) -> bool {
    matches!(ctx.actor, Actor::System)
}
