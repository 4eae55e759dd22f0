//! Recheck 复核岗: blind keying of what was asked, the pass, the core made effective (process §2, §4).

use super::{entry::keys_of, entry_of, holder, item, one, open, worker};
use crate::{
    actor::Actor,
    case::{
        compare::compare,
        context::Context,
        event::{Event, Fact},
        item::{Asked, Explained, Fields},
        list::open_before,
        refusal::{InputRule, Refusal},
        state::Case,
    },
    id::FieldKey,
    post::Stage,
    time::Timestamp,
};
use std::collections::BTreeMap;

pub(super) fn key_asked(
    case: &Case,
    no: u8,
    asked: &BTreeMap<FieldKey, Asked>,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Recheck)?;
    let item = item(case, no)?;
    let keys = keys_of(case, no, ctx)?;
    if asked.is_empty() {
        return Err(Refusal::input("/key_asked/asked", InputRule::Required));
    }
    for (key, value) in asked {
        let pointer = format!("/key_asked/asked/{key}");
        if !keys.contains(key) {
            return Err(Refusal::Input { pointer, rule: InputRule::Unknown });
        }
        match value {
            Asked::ByRule(rule) if rule.trim().is_empty() => {
                return Err(Refusal::Input { pointer, rule: InputRule::ReasonMissing });
            }
            Asked::Stated(value) => {
                let entered = item.entered.as_ref().and_then(|entered| entered.fields.get(key));
                let same_type = entered
                    .is_none_or(|entered| std::mem::discriminant(entered) == std::mem::discriminant(value));
                if !same_type {
                    return Err(Refusal::Input { pointer, rule: InputRule::OutOfRange });
                }
            }
            Asked::ByRule(_) => {}
        }
    }
    Ok(one(case, ctx, Fact::AskedKeyed { item: no, asked: asked.clone() }))
}

pub(super) fn pass(
    case: &Case,
    [change, entry, fees]: [bool; 3],
    explained: &BTreeMap<u8, Vec<Explained>>,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Recheck)?;
    let earlier = open_before(case, &[Stage::Entry, Stage::Servicing], ctx.catalogue);
    if !earlier.is_empty() {
        return Err(Refusal::EarlierListOpen { lines: earlier });
    }
    let items: Vec<_> = case.open_items().filter(|item| item.pass.is_none()).collect();
    if items.is_empty() {
        let done = case.open_items().find_map(|item| item.pass.as_ref().map(|pass| pass.done.clone()));
        return Err(Refusal::AlreadyDone { done });
    }
    let mut missing = Vec::new();
    let mut unresolved = Vec::new();
    for item in &items {
        let entered = item.entered.as_ref().map(|entered| &entered.fields);
        for key in keys_of(case, item.no, ctx)? {
            let stated = entered.is_some_and(|fields| fields.contains_key(&key));
            if stated && !item.asked.contains_key(&key) {
                missing.push((item.no, key));
            }
        }
        let explanations = explained.get(&item.no).map_or(&[][..], Vec::as_slice);
        for difference in compare(item, entry_of(item, ctx)?) {
            let is_explained = explanations
                .iter()
                .any(|explained| explained.field == difference.field && !explained.reason.trim().is_empty());
            if difference.kind.is_some() && !is_explained {
                unresolved.push((item.no, difference.field));
            }
        }
    }
    if !missing.is_empty() {
        return Err(Refusal::AskedMissing { fields: missing });
    }
    if !unresolved.is_empty() {
        return Err(Refusal::Differences { fields: unresolved });
    }
    ticked(case, [change, entry, fees])?;
    let passed =
        items.iter().map(|item| (item.no, explained.get(&item.no).cloned().unwrap_or_default())).collect();
    Ok(one(case, ctx, Fact::RecheckPassed { round: case.recheck_rounds + 1, items: passed }))
}

/// Check points 11–13: the change and the entry always, fees where a settled line is not the computed.
fn ticked(case: &Case, [change, entry, fees]: [bool; 3]) -> Result<(), Refusal> {
    let deviates = case
        .open_items()
        .flat_map(|item| item.fees.iter().flat_map(|fees| &fees.lines))
        .any(|line| line.settled != line.computed);
    for (pointer, ok) in [
        ("/pass_recheck/change", change),
        ("/pass_recheck/entry", entry),
        ("/pass_recheck/fees", fees || !deviates),
    ] {
        if !ok {
            return Err(Refusal::input(pointer, InputRule::MustTick));
        }
    }
    Ok(())
}

pub(super) fn confirm_core(
    case: &Case,
    no: u8,
    reference: &str,
    effective_at: Timestamp,
    values: &Fields,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    match ctx.actor {
        Actor::Integration(_) => {
            let (stage, _) = open(case)?;
            if stage != Stage::Recheck {
                return Err(Refusal::WrongStage { stage });
            }
        }
        _ => {
            holder(case, ctx, &[Stage::Recheck])?;
        }
    }
    let item = item(case, no)?;
    if item.pass.is_none() {
        return Err(Refusal::NotPassed {});
    }
    let Some(core) = &item.core else { return Err(Refusal::NotPassed {}) };
    if core.effective_at.is_some() {
        return Err(Refusal::AlreadyEffective {});
    }
    if core.reference != reference {
        return Err(Refusal::OtherReference { reference: core.reference.clone() });
    }
    if effective_at > ctx.now {
        return Err(Refusal::input("/confirm_core/effective_at", InputRule::Future));
    }
    let mut differing = Vec::new();
    for (key, compared) in &core.fields {
        let Some(value) = values.get(key) else {
            return Err(Refusal::input(&format!("/confirm_core/values/{key}"), InputRule::Required));
        };
        match compared.same(value) {
            Some(true) => {}
            Some(false) => differing.push(key.clone()),
            None => return Err(Refusal::ServerDecides {}),
        }
    }
    if let Some(extra) = values.keys().find(|key| !core.fields.contains_key(*key)) {
        return Err(Refusal::input(&format!("/confirm_core/values/{extra}"), InputRule::Unknown));
    }
    Ok(one(case, ctx, Fact::CoreConfirmed { item: no, effective_at, values: values.clone(), differing }))
}
