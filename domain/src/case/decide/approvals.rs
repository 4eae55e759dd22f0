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
    match matter {
        Matter::AmendCount { material, .. } if case.materials.get(usize::from(*material)).is_none() => {
            return Err(Refusal::input("/request_approval/matter/amend_count/material", InputRule::Unknown));
        }
        Matter::ReturnEffective { to } if case.stage().is_none_or(|stage| *to >= stage) => {
            return Err(Refusal::input(
                "/request_approval/matter/return_effective/to",
                InputRule::NotEarlier,
            ));
        }
        Matter::FeeDeviation { item: no, amount } => {
            item(case, *no)?;
            if amount.minor <= 0 {
                return Err(Refusal::input(
                    "/request_approval/matter/fee_deviation/amount",
                    InputRule::Positive,
                ));
            }
        }
        Matter::HoldMovesDue { until } if *until <= ctx.now => {
            return Err(Refusal::input("/request_approval/matter/hold_moves_due/until", InputRule::Past));
        }
        _ => {}
    }
    text("/request_approval/reason", reason)?;
    let approval = u16::try_from(case.approvals.len() + 1).unwrap_or(u16::MAX);
    Ok(aside(
        case,
        ctx,
        Fact::ApprovalRequested { approval, matter: matter.clone(), reason: reason.to_owned() },
    ))
}

/// Whether a person may answer this request: role, scope, grant; never one's own request. An amount
/// beyond every grant is answered by another holder of the highest one in scope.
pub fn may_answer(case: &Case, approval: &Approval, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    if !person.role.leads() {
        return Err(Refusal::NotALead {});
    }
    in_scope(case, person)?;
    if approval.by == person.id {
        return Err(Refusal::OwnRequest {});
    }
    let could = |other: &Person| -> bool {
        other.role.leads()
            && other.sees([&case.accepting, case.working_unit()])
            && other.id != approval.by
            && match &approval.matter {
                Matter::ReturnEffective { .. } => other.role == Role::Manager,
                Matter::FeeDeviation { amount, .. } => {
                    let top = ctx
                        .people
                        .iter()
                        .filter(|candidate| {
                            candidate.role.leads()
                                && candidate.id != approval.by
                                && candidate.sees([&case.accepting, case.working_unit()])
                        })
                        .map(|candidate| candidate.grants.fee_deviation.minor)
                        .max()
                        .unwrap_or(0);
                    other.grants.fee_deviation.minor >= amount.minor.min(top)
                }
                Matter::AmendCount { .. } | Matter::HoldMovesDue { .. } => true,
            }
    };
    if could(person) { Ok(()) } else { Err(Refusal::ApprovalNeeded { who: eligible::who(ctx, could) }) }
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
    Ok(aside(case, ctx, Fact::ApprovalGranted { approval: no }))
}

pub(super) fn refuse(case: &Case, no: u16, reason: &str, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    answerable(case, no, ctx)?;
    text("/refuse_approval/reason", reason)?;
    Ok(aside(case, ctx, Fact::ApprovalRefused { approval: no, reason: reason.to_owned() }))
}
