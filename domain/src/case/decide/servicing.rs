//! Servicing 保全岗: preparation, core result, fees, endorsement (process §2).

use super::{Emit, entry_of, item, one, same_reference, text, use_approval, worker};
use crate::{
    actor::Actor,
    case::{
        command::FeeInput,
        context::Context,
        eligible,
        event::{Event, Fact},
        item::{
            CoreState, Done, Endorsement, Fields, PreparationAnswer, PreparationLine, Prepared, SettledFee,
        },
        list::{ListLine, OpenLine, open_lines},
        refusal::{Contradiction, InputRule, Refusal},
        state::{Case, Matter, State},
    },
    catalogue::{FeeDirection, Item, PolicyBlock, compute_fees, effective_dates},
    id::FieldKey,
    money::Money,
    policy::PolicyFacts,
    post::Stage,
    time::local_date,
    value::Value,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Entry's list of this item, then the named lines of servicing's own.
fn after(case: &Case, no: u8, lines: &[ListLine], ctx: &Context) -> Result<(), Refusal> {
    let of_item = |stage| {
        open_lines(case, stage, ctx.catalogue).into_iter().filter(|line| line.item == no).collect::<Vec<_>>()
    };
    let entry = of_item(Stage::Entry);
    if !entry.is_empty() {
        return Err(Refusal::EarlierListOpen { lines: entry });
    }
    let own: Vec<OpenLine> =
        of_item(Stage::Servicing).into_iter().filter(|open| lines.contains(&open.line)).collect();
    if own.is_empty() { Ok(()) } else { Err(Refusal::ListOpen { lines: own }) }
}

/// The holder at servicing, or another system while the case is there and open.
fn servicing_or_integration(case: &Case, ctx: &Context) -> Result<(), Refusal> {
    match (ctx.actor, &case.state) {
        (Actor::Integration(_), State::Open { stage: Stage::Servicing, .. }) => {
            if case.proposal.is_some() {
                Err(Refusal::ProposalOpen {})
            } else {
                Ok(())
            }
        }
        _ => worker(case, ctx, Stage::Servicing).map(|_| ()),
    }
}

pub(super) fn prepare(
    case: &Case,
    no: u8,
    lines: &BTreeMap<PreparationLine, Prepared>,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Servicing)?;
    let item = item(case, no)?;
    after(case, no, &[], ctx)?;
    for line in PreparationLine::ALL {
        let pointer = || format!("/complete_preparation/lines/{}", serde_name(line));
        let Some(prepared) = lines.get(&line) else {
            return Err(Refusal::Input { pointer: pointer(), rule: InputRule::Required });
        };
        if line.only_not_needed() && prepared.answer != PreparationAnswer::NotNeeded {
            return Err(Refusal::Input { pointer: pointer(), rule: InputRule::MustBeNotNeeded });
        }
        if !line.only_not_needed() && prepared.answer == PreparationAnswer::NotNeeded {
            return Err(Refusal::Input { pointer: pointer(), rule: InputRule::OutOfRange });
        }
    }
    let policy = &case.registration.policy;
    let contradictions: Vec<Contradiction> = lines
        .iter()
        .filter_map(|(line, prepared)| {
            let in_facts = in_facts(*line, policy)?;
            let answered = prepared.answer == PreparationAnswer::Present;
            (answered != in_facts).then_some(Contradiction { line: *line, answer: prepared.answer, in_facts })
        })
        .collect();
    if !contradictions.is_empty() {
        return Err(Refusal::ContradictsFacts { lines: contradictions });
    }
    let blocks = &entry_of(item, ctx)?.admission.blocked_by;
    let by: Vec<PolicyBlock> = lines
        .iter()
        .filter(|(_, prepared)| prepared.answer == PreparationAnswer::Present)
        .filter_map(|(line, _)| block_of(*line).filter(|block| blocks.contains(block)))
        .collect();
    if !by.is_empty() {
        return Err(Refusal::Blocked { by });
    }
    Ok(one(case, ctx, Fact::PreparationCompleted { item: no, lines: lines.clone() }))
}

/// Whether the policy facts have what a line asks for; none where they do not say.
const fn in_facts(line: PreparationLine, policy: &PolicyFacts) -> Option<bool> {
    match line {
        PreparationLine::Loan => Some(policy.loan.minor > 0 || policy.loan_interest.minor > 0),
        PreparationLine::Apl => Some(policy.apl.minor > 0),
        PreparationLine::Arrears => Some(policy.arrears.minor > 0),
        PreparationLine::Claim => Some(policy.open_claim),
        PreparationLine::Freeze => Some(policy.frozen),
        PreparationLine::LossReport => Some(policy.loss_reported),
        PreparationLine::Referrals | PreparationLine::Approvals => None,
    }
}

/// What a line stops an item by, where the item's `blocked_by` names it.
const fn block_of(line: PreparationLine) -> Option<PolicyBlock> {
    match line {
        PreparationLine::Loan => Some(PolicyBlock::Loan),
        PreparationLine::Apl => Some(PolicyBlock::PremiumLoan),
        PreparationLine::Claim => Some(PolicyBlock::OpenClaim),
        PreparationLine::Freeze => Some(PolicyBlock::Frozen),
        PreparationLine::LossReport => Some(PolicyBlock::LossReported),
        PreparationLine::Arrears | PreparationLine::Referrals | PreparationLine::Approvals => None,
    }
}

/// Wire name of a preparation line.
const fn serde_name(line: PreparationLine) -> &'static str {
    match line {
        PreparationLine::Loan => "loan",
        PreparationLine::Apl => "apl",
        PreparationLine::Arrears => "arrears",
        PreparationLine::Claim => "claim",
        PreparationLine::Freeze => "freeze",
        PreparationLine::LossReport => "loss_report",
        PreparationLine::Referrals => "referrals",
        PreparationLine::Approvals => "approvals",
    }
}

pub(super) fn record_core(
    case: &Case,
    no: u8,
    reference: &str,
    state: CoreState,
    (fields, again): (&Fields, &Fields),
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    servicing_or_integration(case, ctx)?;
    let item = item(case, no)?;
    after(case, no, &[ListLine::Preparation], ctx)?;
    text("/record_core_result/reference", reference)?;
    let entry = entry_of(item, ctx)?;
    if let Some(core) = item.core.as_ref().filter(|core| !same_reference(&core.reference, reference)) {
        return Err(Refusal::OtherReference { reference: core.reference.clone() });
    }
    match item.core.as_ref().filter(|core| core.state == CoreState::Effective) {
        // In force already: confirmed anew with the same values, whatever state is named; others must be cancelled.
        Some(core) if !same_values(entry, &core.fields, fields) => {
            return Err(Refusal::AlreadyEffective {});
        }
        None if state == CoreState::Effective && !entry.effective_at_once => {
            return Err(Refusal::input("/record_core_result/state", InputRule::OutOfRange));
        }
        Some(_) | None => {}
    }
    let entered = item.confirmed().map(|entered| &entered.fields);
    for (key, entered) in entered.into_iter().flatten() {
        let pointer = format!("/record_core_result/fields/{key}");
        let Some(shown) = fields.get(key) else {
            return Err(Refusal::Input { pointer, rule: InputRule::Required });
        };
        match same(entry, key, entered, shown) {
            Some(true) => {}
            Some(false) => keyed_again((entry, key, shown), again, &pointer, ctx)?,
            None => return Err(Refusal::ServerDecides {}),
        }
    }
    if let Some((extra, _)) =
        fields.iter().find(|(key, _)| entered.is_none_or(|entered| !entered.contains_key(*key)))
    {
        return Err(Refusal::input(&format!("/record_core_result/fields/{extra}"), InputRule::Unknown));
    }
    Ok(one(
        case,
        ctx,
        Fact::CoreRecorded {
            item: no,
            reference: reference.to_owned(),
            state,
            fields: fields.clone(),
            by_table: true,
        },
    ))
}

/// Whether two values of a field say the same, by its type.
pub(super) fn same(entry: &Item, key: &FieldKey, a: &Value, b: &Value) -> Option<bool> {
    entry.field(key).map_or_else(|| a.same(b), |spec| spec.kind.same(a, b))
}

fn same_values(entry: &Item, a: &Fields, b: &Fields) -> bool {
    a.len() == b.len()
        && a.iter().all(|(key, a)| b.get(key).and_then(|b| same(entry, key, a, b)) == Some(true))
}

/// A core value that differs from what it is compared with needs a second keying equal to the first (M2). What
/// another system sends is not typed, and not keyed again.
pub(super) fn keyed_again(
    (entry, key, shown): (&Item, &FieldKey, &Value),
    again: &Fields,
    pointer: &str,
    ctx: &Context,
) -> Result<(), Refusal> {
    if matches!(ctx.actor, Actor::Integration(_)) {
        return Ok(());
    }
    match again.get(key).map(|second| same(entry, key, shown, second)) {
        Some(Some(true)) => Ok(()),
        Some(Some(false)) => Err(Refusal::KeyedDifferently { fields: vec![key.clone()] }),
        Some(None) => Err(Refusal::ServerDecides {}),
        None => Err(Refusal::input(pointer, InputRule::KeyAgain)),
    }
}

/// A second keying of an amount or a day that has no counterpart, or differs from it.
fn twice<T: PartialEq>(first: &T, second: Option<&T>, pointer: &str) -> Result<(), Refusal> {
    match second {
        Some(second) if second == first => Ok(()),
        Some(_) => Err(Refusal::input(pointer, InputRule::KeyedOtherwise)),
        None => Err(Refusal::input(pointer, InputRule::KeyAgain)),
    }
}

pub(super) fn cancel_core(
    case: &Case,
    no: u8,
    reference: &str,
    reason: &str,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    servicing_or_integration(case, ctx)?;
    let item = item(case, no)?;
    match &item.core {
        Some(core) if same_reference(&core.reference, reference) => {}
        Some(core) => return Err(Refusal::OtherReference { reference: core.reference.clone() }),
        None => return Err(Refusal::AlreadyDone { done: None }),
    }
    text("/cancel_core_result/reason", reason)?;
    let approval = if item.core_effective() {
        let matter = Matter::CancelEffective { item: no };
        Some(use_approval(case, &matter, ctx, |granted| *granted == matter)?)
    } else {
        None
    };
    Ok(one(
        case,
        ctx,
        Fact::CoreCancelled {
            item: no,
            reference: reference.to_owned(),
            reason: reason.to_owned(),
            approval,
            by_table: true,
        },
    ))
}

pub(super) fn settle(case: &Case, no: u8, lines: &[FeeInput], ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = worker(case, ctx, Stage::Servicing)?;
    let item = item(case, no)?;
    after(case, no, &[ListLine::Preparation], ctx)?;
    let entry = entry_of(item, ctx)?;
    let Some(entered) = item.confirmed() else {
        return Err(Refusal::ListOpen { lines: vec![OpenLine { item: no, line: ListLine::Confirm }] });
    };
    let computed =
        compute_fees(entry, &case.registration.policy, &entered.fields, case.registration.applied_on)
            .map_err(|_| Refusal::FeeUnknown { item: no })?;
    if computed.is_empty() && lines.is_empty() && entry.fee.is_none() {
        return Err(Refusal::input("/settle_fee/lines", InputRule::WrongLines));
    }
    let same_lines = computed.len() == lines.len()
        && computed
            .iter()
            .zip(lines)
            .all(|(computed, line)| computed.kind == line.kind && computed.direction == line.direction);
    if !same_lines {
        return Err(Refusal::input("/settle_fee/lines", InputRule::WrongLines));
    }
    let mut settled = Vec::with_capacity(lines.len());
    // How much the lines deviate together, and how much of it in favour of the customer.
    let (mut deviation, mut to_customer) = (0_i64, 0_i64);
    for (index, (computed, line)) in computed.iter().zip(lines).enumerate() {
        let at = |field: &str| format!("/settle_fee/lines/{index}/{field}");
        if line.settled.minor < 0 {
            return Err(Refusal::input(&at("settled"), InputRule::Positive));
        }
        let more = line.settled.minor.saturating_sub(computed.amount.minor);
        let reason = line.reason.clone().filter(|reason| !reason.trim().is_empty());
        if more != 0 {
            twice(&line.settled, line.again.as_ref(), &at("again"))?;
            if reason.is_none() {
                return Err(Refusal::input(&at("reason"), InputRule::ReasonMissing));
            }
        }
        deviation = deviation.saturating_add(more.saturating_abs());
        to_customer = to_customer.saturating_add(match line.direction {
            FeeDirection::Refund => more,
            FeeDirection::Collect => more.saturating_neg(),
        });
        settled.push(SettledFee {
            kind: line.kind,
            direction: line.direction,
            computed: computed.amount,
            settled: line.settled,
            reason,
        });
    }
    let approval = if deviation > person.grants.fee_deviation.minor {
        let towards = Some(if to_customer >= 0 { FeeDirection::Refund } else { FeeDirection::Collect });
        let fits = |granted: &Matter| {
            matches!(granted, Matter::FeeDeviation { item, towards: approved, amount }
                if *item == no && *approved == towards && amount.minor >= deviation)
        };
        let matter = Matter::FeeDeviation { item: no, towards, amount: Money::fen(deviation) };
        Some(use_approval(case, &matter, ctx, fits)?)
    } else {
        None
    };
    let events = one(case, ctx, Fact::FeesSettled { item: no, lines: settled, approval });
    still_recheckable(case, &events, ctx)?;
    Ok(events)
}

/// An amount nobody left could recheck would leave the case without a way on (process §3, reserve).
fn still_recheckable(case: &Case, events: &[Event], ctx: &Context) -> Result<(), Refusal> {
    if eligible::recheckers(case, ctx).next().is_none() {
        return Ok(());
    }
    let mut after = case.clone();
    for event in events {
        after.apply(event);
    }
    if eligible::recheckers(&after, ctx).next().is_none() {
        Err(Refusal::Reserve { stage: Stage::Recheck })
    } else {
        Ok(())
    }
}

pub(super) fn endorse(
    case: &Case,
    no: u8,
    (number, wording): (&str, &str),
    (effective_date, date_again): (NaiveDate, Option<NaiveDate>),
    (premium, premium_again): (Option<Money>, Option<Money>),
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Servicing)?;
    let item = item(case, no)?;
    after(case, no, &[ListLine::Preparation, ListLine::CoreResult], ctx)?;
    text("/endorse/number", number)?;
    text("/endorse/text", wording)?;
    let entry = entry_of(item, ctx)?;
    let application = case.registration.application();
    let allowed = effective_dates(entry, &case.registration.policy, &application, local_date(ctx.now));
    let Some(allowed) = allowed.ok().filter(|dates| dates.contains(effective_date)) else {
        return Err(Refusal::input("/endorse/effective_date", InputRule::OutOfRange));
    };
    // The day the rule gives by itself counts as the second keying; any other is a person's choice.
    if effective_date != allowed.default {
        twice(&effective_date, date_again.as_ref(), "/endorse/effective_date_again")?;
    }
    if let Some(premium) = premium {
        if premium.minor < 0 {
            return Err(Refusal::input("/endorse/premium", InputRule::Negative));
        }
        if premium.minor > ctx.catalogue.settings.limits_of(case.registration.policy.group).most.minor {
            return Err(Refusal::input("/endorse/premium", InputRule::TooLarge));
        }
        twice(&premium, premium_again.as_ref(), "/endorse/premium_again")?;
    }
    Ok(Emit::at(case, ctx, case.stage())
        .push(Fact::Endorsed {
            item: no,
            endorsement: Box::new(Endorsement {
                number: number.to_owned(),
                text: wording.to_owned(),
                effective_date,
                premium,
                done: Done { by: ctx.actor.into(), at: ctx.now },
            }),
        })
        .done())
}
