//! Servicing 保全岗: preparation, core result, fees, endorsement (process §2).

use super::{Emit, entry_of, granted_approval, item, one, text, worker};
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
        refusal::{InputRule, Refusal},
        state::{Case, Matter, State},
    },
    catalogue::{compute_fees, effective_dates},
    money::Money,
    post::Stage,
    time::local_date,
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
    item(case, no)?;
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
    Ok(one(case, ctx, Fact::PreparationCompleted { item: no, lines: lines.clone() }))
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
    if let Some(core) = &item.core {
        if core.reference != reference {
            return Err(Refusal::OtherReference { reference: core.reference.clone() });
        }
        let same = core.fields.len() == fields.len()
            && core
                .fields
                .iter()
                .all(|(key, value)| fields.get(key).and_then(|other| value.same(other)) == Some(true));
        if core.state == CoreState::Effective && !same {
            return Err(Refusal::AlreadyEffective {});
        }
    } else if state == CoreState::Effective {
        // None of the catalogue's items takes effect in the core before its recheck.
        return Err(Refusal::input("/record_core_result/state", InputRule::OutOfRange));
    }
    let entered = item.confirmed().map(|entered| &entered.fields);
    for (key, entered) in entered.into_iter().flatten() {
        let pointer = format!("/record_core_result/fields/{key}");
        let Some(shown) = fields.get(key) else {
            return Err(Refusal::Input { pointer, rule: InputRule::Required });
        };
        match entered.same(shown) {
            Some(true) => {}
            Some(false) => keyed_again(key, shown, again, &pointer)?,
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
        Fact::CoreRecorded { item: no, reference: reference.to_owned(), state, fields: fields.clone() },
    ))
}

/// A core value that differs from the entered one needs a second keying equal to the first (M2).
fn keyed_again(
    key: &crate::id::FieldKey,
    shown: &crate::value::Value,
    again: &Fields,
    pointer: &str,
) -> Result<(), Refusal> {
    match again.get(key).map(|second| shown.same(second)) {
        Some(Some(true)) => Ok(()),
        Some(Some(false)) => Err(Refusal::KeyedDifferently { fields: vec![key.clone()] }),
        Some(None) => Err(Refusal::ServerDecides {}),
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
    match &item(case, no)?.core {
        Some(core) if core.reference == reference => {}
        Some(core) => return Err(Refusal::OtherReference { reference: core.reference.clone() }),
        None => return Err(Refusal::AlreadyDone { done: None }),
    }
    text("/cancel_core_result/reason", reason)?;
    Ok(one(
        case,
        ctx,
        Fact::CoreCancelled { item: no, reference: reference.to_owned(), reason: reason.to_owned() },
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
    let mut deviation = Money::ZERO;
    for (index, (computed, line)) in computed.iter().zip(lines).enumerate() {
        let difference = (line.settled - computed.amount).minor.saturating_abs();
        if line.settled.minor < 0 {
            return Err(Refusal::input(&format!("/settle_fee/lines/{index}/settled"), InputRule::Positive));
        }
        let reason = line.reason.clone().filter(|reason| !reason.trim().is_empty());
        if difference != 0 && reason.is_none() {
            return Err(Refusal::input(
                &format!("/settle_fee/lines/{index}/reason"),
                InputRule::ReasonMissing,
            ));
        }
        deviation += Money::fen(difference);
        settled.push(SettledFee {
            kind: line.kind,
            direction: line.direction,
            computed: computed.amount,
            settled: line.settled,
            reason,
        });
    }
    let approval = if deviation.minor > person.grants.fee_deviation.minor {
        let granted = granted_approval(
            case,
            |matter| matches!(matter, Matter::FeeDeviation { item, amount } if *item == no && amount.minor >= deviation.minor),
        );
        let Some(approval) = granted else {
            let who = eligible::who(ctx, |other| {
                other.role.leads()
                    && other.id != person.id
                    && other.grants.fee_deviation.minor >= deviation.minor
            });
            return Err(Refusal::ApprovalNeeded { who });
        };
        Some(approval.no)
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
    if eligible::recheckers(&after, ctx).next().is_none() { Err(Refusal::Reserve {}) } else { Ok(()) }
}

pub(super) fn endorse(
    case: &Case,
    no: u8,
    (number, wording): (&str, &str),
    effective_date: NaiveDate,
    premium: Option<Money>,
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
    if !allowed.is_ok_and(|dates| dates.contains(effective_date)) {
        return Err(Refusal::input("/endorse/effective_date", InputRule::OutOfRange));
    }
    if premium.is_some_and(|premium| premium.minor < 0) {
        return Err(Refusal::input("/endorse/premium", InputRule::Positive));
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
