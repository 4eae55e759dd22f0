//! Entry 录入岗: review, change data, blind second keying (process §2, §4 M2).

use super::{entry_of, item, one, servicing::same, worker};
use crate::{
    case::{
        context::Context,
        event::{Event, Fact},
        item::{Fields, ReviewLines},
        list::{ListLine, OpenLine},
        refusal::{InputRule, Refusal},
        state::Case,
    },
    catalogue::{FieldFault, check_fields},
    id::FieldKey,
    post::Stage,
    time::local_date,
};

pub(super) fn complete_review(case: &Case, lines: ReviewLines, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Entry)?;
    if !case.shortfalls.is_empty() || !lines.conforms() {
        return Err(Refusal::ReviewAtFault { shortfalls: case.shortfalls.clone() });
    }
    let items: Vec<u8> = case.open_items().filter(|item| item.review.is_none()).map(|item| item.no).collect();
    if items.is_empty() {
        let done = case.open_items().find_map(|item| item.review.clone());
        return Err(Refusal::AlreadyDone { done });
    }
    Ok(one(case, ctx, Fact::ReviewCompleted { items }))
}

pub(super) fn enter(case: &Case, no: u8, fields: &Fields, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Entry)?;
    let item = item(case, no)?;
    if item.review.is_none() {
        return Err(Refusal::ListOpen { lines: vec![OpenLine { item: no, line: ListLine::Review }] });
    }
    let faults = field_faults(case, no, fields, ctx)?;
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults });
    }
    Ok(one(case, ctx, Fact::ChangeEntered { item: no, fields: fields.clone() }))
}

/// Faults of an item's fields that refuse; warnings do not.
pub(super) fn field_faults(
    case: &Case,
    no: u8,
    fields: &Fields,
    ctx: &Context,
) -> Result<Vec<FieldFault>, Refusal> {
    let entry = entry_of(item(case, no)?, ctx)?;
    let context = ctx.catalogue.context(local_date(ctx.now), Some(&case.registration.policy));
    Ok(check_fields(entry, fields, &context).into_iter().filter(FieldFault::is_error).collect())
}

/// Key fields of an item by the catalogue's setting.
pub(super) fn keys_of(case: &Case, no: u8, ctx: &Context) -> Result<Vec<FieldKey>, Refusal> {
    let entry = entry_of(item(case, no)?, ctx)?;
    Ok(ctx.catalogue.key_fields(entry).into_iter().map(|spec| spec.key.clone()).collect())
}

pub(super) fn confirm(case: &Case, no: u8, keyed: &Fields, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    worker(case, ctx, Stage::Entry)?;
    let item = item(case, no)?;
    let Some(entered) = &item.entered else {
        return Err(Refusal::ListOpen { lines: vec![OpenLine { item: no, line: ListLine::Enter }] });
    };
    if let Some(done) = &entered.confirmed {
        return Err(Refusal::AlreadyDone { done: Some(done.clone()) });
    }
    if item.blind {
        // What it is compared with is hidden from who keys it.
        return Err(Refusal::ServerDecides {});
    }
    let (keys, entry) = (keys_of(case, no, ctx)?, entry_of(item, ctx)?);
    if let Some(extra) = keyed.keys().find(|key| !keys.contains(key)) {
        return Err(Refusal::input(&format!("/confirm_entry/key_fields/{extra}"), InputRule::Unknown));
    }
    let mut differing = Vec::new();
    for key in keys {
        match (entered.fields.get(&key), keyed.get(&key)) {
            (None, None) => {}
            (Some(first), Some(second)) => match same(entry, &key, first, second) {
                Some(true) => {}
                Some(false) => differing.push(key),
                None => return Err(Refusal::ServerDecides {}),
            },
            (Some(_), None) => {
                return Err(Refusal::input(&format!("/confirm_entry/key_fields/{key}"), InputRule::Required));
            }
            (None, Some(_)) => differing.push(key),
        }
    }
    let fact = if differing.is_empty() {
        Fact::EntryConfirmed { item: no }
    } else {
        Fact::EntryDiffered { item: no, fields: differing }
    };
    Ok(one(case, ctx, fact))
}
