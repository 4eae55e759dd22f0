//! Requests for approval 审批 (process §2): by the approver's own act, never one's own request.

use super::{aside, in_scope, item, open, person, text};
use crate::{
    actor::{Person, Role},
    case::{
        context::Context,
        eligible,
        event::{Event, Fact},
        refusal::{InputRule, Needs, Refusal},
        state::{Approval, Case, Matter},
    },
    id::PersonId,
};

pub(super) fn request(
    case: &Case,
    matter: &Matter,
    reason: &str,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    in_scope(case, person)?;
    open(case)?;
    match case.holding() {
        Some(holding) if holding.by == person.id => {}
        Some(holding) => return Err(Refusal::HeldByOther { holder: holding.by.clone() }),
        None => return Err(Refusal::WrongStatus { needs: Needs::Held }),
    }
    asked_for(case, matter, ctx)?;
    text("/request_approval/reason", reason)?;
    let approval = u16::try_from(case.approvals.len() + 1).unwrap_or(u16::MAX);
    Ok(aside(
        case,
        ctx,
        Fact::ApprovalRequested { approval, matter: matter.clone(), reason: reason.to_owned() },
    ))
}

/// A request names what it is for: item, direction and amount of a deviation, length of a hold (process §2).
fn asked_for(case: &Case, matter: &Matter, ctx: &Context) -> Result<(), Refusal> {
    let wrong =
        |pointer: &str, rule| Err(Refusal::input(&format!("/request_approval/matter/{pointer}"), rule));
    match matter {
        Matter::AmendCount { material, pages } => {
            if case.materials.get(usize::from(*material)).is_none() {
                return wrong("amend_count/material", InputRule::Unknown);
            }
            if *pages == 0 {
                return wrong("amend_count/pages", InputRule::Positive);
            }
        }
        Matter::ReturnEffective { to, items } => {
            if case.stage().is_none_or(|stage| *to >= stage) {
                return wrong("return_effective/to", InputRule::NotEarlier);
            }
            if items.is_empty() {
                return wrong("return_effective/items", InputRule::Required);
            }
            for no in items {
                item(case, *no)?;
            }
        }
        Matter::CancelEffective { item: no } => {
            if !item(case, *no)?.core_effective() {
                return Err(Refusal::NotEffective { items: vec![*no] });
            }
        }
        Matter::FeeDeviation { item: no, towards, amount } => {
            item(case, *no)?;
            if towards.is_none() {
                return wrong("fee_deviation/towards", InputRule::Required);
            }
            if amount.minor <= 0 {
                return wrong("fee_deviation/amount", InputRule::Positive);
            }
        }
        Matter::HoldMovesDue { until } => {
            if *until <= ctx.now {
                return wrong("hold_moves_due/until", InputRule::Past);
            }
        }
        Matter::AskedAgain { item: no } => {
            item(case, *no)?;
        }
    }
    Ok(())
}

/// Whether a person could give approval for a matter at all, whoever asks: role, scope, and for an item effective in
/// the core a manager.
fn could(case: &Case, matter: &Matter, person: &Person) -> bool {
    let role = match matter {
        Matter::ReturnEffective { .. } | Matter::CancelEffective { .. } => person.role == Role::Manager,
        Matter::AmendCount { .. }
        | Matter::FeeDeviation { .. }
        | Matter::HoldMovesDue { .. }
        | Matter::AskedAgain { .. } => person.role.leads(),
    };
    role && person.sees([&case.accepting, case.working_unit()])
}

/// How far the grant of a person must reach for a matter, minor units, and whether that is beyond every grant there
/// is but the asker's: then two holders of the highest sign, neither of them the asker (process §2).
fn reach(case: &Case, matter: &Matter, asker: Option<&PersonId>, ctx: &Context) -> (i64, bool) {
    let Matter::FeeDeviation { amount, .. } = matter else { return (0, false) };
    let others = ctx.people.iter().filter(|person| Some(&person.id) != asker && could(case, matter, person));
    let top = others.map(|person| person.grants.fee_deviation.minor).max().unwrap_or(0);
    (amount.minor.min(top), amount.minor > top)
}

/// Who may give approval for a matter that somebody asks for.
pub(super) fn approvers(
    case: &Case,
    matter: &Matter,
    asker: Option<&PersonId>,
    ctx: &Context,
) -> Vec<PersonId> {
    let (needed, _) = reach(case, matter, asker, ctx);
    eligible::who(ctx, |person| {
        Some(&person.id) != asker
            && could(case, matter, person)
            && person.grants.fee_deviation.minor >= needed
    })
}

/// Whether a person may answer this request: role, scope, grant; never one's own request. An amount
/// beyond every grant is answered by two holders of the highest one in scope.
pub fn may_answer(case: &Case, approval: &Approval, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    if !person.role.leads() {
        return Err(Refusal::NotALead {});
    }
    in_scope(case, person)?;
    if approval.by == person.id {
        return Err(Refusal::OwnRequest {});
    }
    let (needed, _) = reach(case, &approval.matter, Some(&approval.by), ctx);
    if could(case, &approval.matter, person) && person.grants.fee_deviation.minor >= needed {
        Ok(())
    } else {
        Err(Refusal::ApprovalNeeded { who: approvers(case, &approval.matter, Some(&approval.by), ctx) })
    }
}

fn answerable(case: &Case, no: u16, ctx: &Context) -> Result<(), Refusal> {
    let person = person(ctx)?;
    if !person.role.leads() {
        return Err(Refusal::NotALead {});
    }
    in_scope(case, person)?;
    open(case)?;
    let approval = case.open_approval(no).ok_or(Refusal::ApprovalClosed {})?;
    may_answer(case, approval, person, ctx)
}

pub(super) fn approve(case: &Case, no: u16, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    answerable(case, no, ctx)?;
    let approval = case.open_approval(no).ok_or(Refusal::ApprovalClosed {})?;
    let (_, takes_two) = reach(case, &approval.matter, Some(&approval.by), ctx);
    match &approval.signed {
        None if takes_two => return Ok(aside(case, ctx, Fact::ApprovalSigned { approval: no })),
        Some(first) if ctx.actor.person().is_some_and(|person| person.id == *first) => {
            return Err(Refusal::AlreadyDone { done: None });
        }
        _ => {}
    }
    Ok(aside(case, ctx, Fact::ApprovalGranted { approval: no }))
}

pub(super) fn refuse(case: &Case, no: u16, reason: &str, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    answerable(case, no, ctx)?;
    text("/refuse_approval/reason", reason)?;
    Ok(aside(case, ctx, Fact::ApprovalRefused { approval: no, reason: reason.to_owned() }))
}
