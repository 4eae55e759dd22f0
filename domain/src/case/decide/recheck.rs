//! Recheck 复核岗: blind keying of what was asked, the pass, the core made effective (process §2, §4).

use super::{
    entry::keys_of,
    entry_of, holder, item, one, open, same_reference,
    servicing::{keyed_again, same},
    text, use_approval, worker,
};
use crate::{
    actor::Actor,
    case::{
        compare::compare,
        context::Context,
        event::{Event, Fact},
        item::{Asked, CaseItem, Explained, Fields},
        list::open_before,
        refusal::{InputRule, Refusal},
        state::{Case, Matter},
    },
    catalogue::{FieldsRule, Item},
    id::FieldKey,
    post::Stage,
    time::Timestamp,
    value::Value,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn key_asked(
    case: &Case,
    no: u8,
    asked: &BTreeMap<FieldKey, Asked>,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Recheck)?;
    let item = item(case, no)?;
    let (keys, entry) = (keys_of(case, no, ctx)?, entry_of(item, ctx)?);
    let at = |key: &FieldKey| format!("/key_asked/asked/{key}");
    for (key, value) in asked {
        let spec = entry.field(key).filter(|_| keys.contains(key));
        let Some(spec) = spec else { return Err(Refusal::input(&at(key), InputRule::Unknown)) };
        match value {
            Asked::ByRule(rule) => {
                if spec.silent_rule(rule).is_none() || is_required(item, entry, key, asked) {
                    return Err(Refusal::input(&at(key), InputRule::RuleUnknown));
                }
            }
            Asked::Stated(value) => {
                if !spec.kind.takes(value) {
                    return Err(Refusal::input(&at(key), InputRule::OutOfRange));
                }
            }
        }
    }
    // Every key field is stated or not stated, also one that Entry left out; what was keyed before stands.
    if let Some(key) = keys.iter().find(|key| !asked.contains_key(*key) && !item.asked.contains_key(*key)) {
        return Err(Refusal::input(&at(key), InputRule::Required));
    }
    let mut differing = Vec::new();
    for (key, new) in asked {
        match item.asked.get(key).map(|before| before.same(new)) {
            None | Some(Some(true)) => {}
            Some(Some(false)) => differing.push(key.clone()),
            Some(None) => return Err(Refusal::ServerDecides {}),
        }
    }
    let approval = if differing.is_empty() { None } else { third_keying(case, item, ctx)? };
    Ok(one(case, ctx, Fact::AskedKeyed { item: no, asked: asked.clone(), differing, approval }))
}

/// A second keying that differs from the first shows its differences once more; a third is a lead's, or with a
/// lead's approval: else a value could be found by trying (process §2).
fn third_keying(case: &Case, item: &CaseItem, ctx: &Context) -> Result<Option<u16>, Refusal> {
    let is_lead = ctx.actor.person().is_some_and(|person| person.role.leads());
    if item.asked_again == 0 || is_lead {
        return Ok(None);
    }
    let matter = Matter::AskedAgain { item: item.no };
    use_approval(case, &matter, ctx, |granted| *granted == matter).map(Some)
}

/// Whether a field must be given, by itself or because of what stands beside it: as the application states it, or as
/// it was entered where the field is not keyed blind.
fn is_required(item: &CaseItem, entry: &Item, key: &FieldKey, asked: &BTreeMap<FieldKey, Asked>) -> bool {
    let stated = |key: &FieldKey| match asked.get(key) {
        Some(Asked::Stated(value)) => Some(value),
        Some(Asked::ByRule(_)) => None,
        None => item.entered.as_ref().and_then(|entered| entered.fields.get(key)),
    };
    entry.field(key).is_some_and(|spec| spec.required)
        || entry.rules.iter().any(|rule| match rule {
            FieldsRule::RequiredWhen { field, when, is } => {
                field == key && matches!(stated(when), Some(Value::Choice(choice)) if choice == is)
            }
            FieldsRule::RequiredWith { field, with } => field == key && stated(with).is_some(),
            FieldsRule::AtLeastOne(_) => false,
        })
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
    let mut used = BTreeSet::new();
    for item in &items {
        missing.extend(
            keys_of(case, item.no, ctx)?
                .into_iter()
                .filter(|key| !item.asked.contains_key(key))
                .map(|key| (item.no, key)),
        );
        let explanations = explained.get(&item.no).map_or(&[][..], Vec::as_slice);
        let entry = entry_of(item, ctx)?;
        for difference in compare(item, entry).into_iter().filter(|difference| difference.kind.is_some()) {
            let spec = entry.field(&difference.field);
            let allowed = spec.is_some_and(|spec| difference.may_be_explained(spec));
            let by = explanations
                .iter()
                .find(|explained| explained.field == difference.field && !explained.reason.trim().is_empty());
            match by {
                Some(_) if allowed => {
                    used.insert((item.no, difference.field));
                }
                _ => unresolved.push((item.no, difference.field)),
            }
        }
    }
    if !missing.is_empty() {
        return Err(Refusal::AskedMissing { fields: missing });
    }
    if !unresolved.is_empty() {
        return Err(Refusal::Differences { fields: unresolved });
    }
    // An explanation of nothing would be a verdict on what nobody sees.
    for (no, explanations) in explained {
        for (index, explained) in explanations.iter().enumerate() {
            let at = format!("/pass_recheck/explained/{no}/{index}");
            if !used.contains(&(*no, explained.field.clone())) {
                return Err(Refusal::input(&at, InputRule::NotExplainable));
            }
            text(&at, &explained.reason)?;
        }
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
    (values, again): (&Fields, &Fields),
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
    let Some(pass) = &item.pass else { return Err(Refusal::NotPassed {}) };
    let Some(core) = &item.core else { return Err(Refusal::NotPassed {}) };
    if core.effective_at.is_some() {
        return Err(Refusal::AlreadyEffective {});
    }
    if !same_reference(&core.reference, reference) {
        return Err(Refusal::OtherReference { reference: core.reference.clone() });
    }
    if effective_at > ctx.now {
        return Err(Refusal::input("/confirm_core/effective_at", InputRule::Future));
    }
    // The core's screen shows minutes.
    if effective_at < whole_minute(pass.done.at) {
        return Err(Refusal::input("/confirm_core/effective_at", InputRule::BeforePass));
    }
    let entry = entry_of(item, ctx)?;
    let mut differing = Vec::new();
    for (key, compared) in &core.fields {
        let pointer = format!("/confirm_core/values/{key}");
        let Some(value) = values.get(key) else {
            return Err(Refusal::input(&pointer, InputRule::Required));
        };
        match same(entry, key, compared, value) {
            Some(true) => {}
            Some(false) => {
                keyed_again((entry, key, value), again, &pointer, ctx)?;
                differing.push(key.clone());
            }
            None => return Err(Refusal::ServerDecides {}),
        }
    }
    if let Some(extra) = values.keys().find(|key| !core.fields.contains_key(*key)) {
        return Err(Refusal::input(&format!("/confirm_core/values/{extra}"), InputRule::Unknown));
    }
    let values = values.clone();
    Ok(one(case, ctx, Fact::CoreConfirmed { item: no, effective_at, values, differing, by_table: true }))
}

fn whole_minute(at: Timestamp) -> Timestamp {
    let seconds = at.timestamp();
    Timestamp::from_timestamp(seconds - seconds.rem_euclid(60), 0).unwrap_or(at)
}
