//! Binding 装订岗: the finishing list and the release (process §2).

use super::{Emit, earlier_done, entry_of, holder, item, one, text};
use crate::{
    case::{
        command::ReleaseMethod,
        context::Context,
        event::{Event, Fact},
        item::Finished,
        list::open_lines,
        refusal::{InputRule, Refusal},
        state::{Case, Ending},
    },
    id::FinishLine,
    post::Stage,
};
use std::collections::BTreeMap;

pub(super) fn bind(
    case: &Case,
    no: u8,
    lines: &BTreeMap<FinishLine, Finished>,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &[Stage::Binding])?;
    let item = item(case, no)?;
    if !item.core_effective() {
        return Err(Refusal::NotEffective { items: vec![no] });
    }
    earlier_done(case, Stage::Binding, Some(no), ctx)?;
    let entry = entry_of(item, ctx)?;
    for finishing in &entry.finishing {
        let line = FinishLine(finishing.code.to_string());
        if !lines.contains_key(&line) {
            return Err(Refusal::input(&format!("/bind/lines/{line}"), InputRule::Required));
        }
    }
    if let Some(extra) =
        lines.keys().find(|line| !entry.finishing.iter().any(|finishing| finishing.code == line.0))
    {
        return Err(Refusal::input(&format!("/bind/lines/{extra}"), InputRule::Unknown));
    }
    if lines.values().any(|answer| *answer == Finished::AtFault) {
        return Err(Refusal::FinishAtFault { items: vec![no] });
    }
    Ok(one(case, ctx, Fact::Bound { item: no, lines: lines.clone() }))
}

pub(super) fn release(
    case: &Case,
    method: ReleaseMethod,
    receiver: &str,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &[Stage::Binding])?;
    let lines = open_lines(case, Stage::Binding, ctx.catalogue);
    if !lines.is_empty() {
        return Err(Refusal::ListOpen { lines });
    }
    let pending: Vec<u8> =
        case.open_items().filter(|item| !item.core_effective()).map(|item| item.no).collect();
    if !pending.is_empty() {
        return Err(Refusal::NotEffective { items: pending });
    }
    earlier_done(case, Stage::Binding, None, ctx)?;
    if !case.bars.is_empty() {
        return Err(Refusal::ReleaseBarred { stages: case.bars.iter().map(|bar| bar.stage).collect() });
    }
    text("/release/receiver", receiver)?;
    Ok(Emit::at(case, ctx, case.stage())
        .push(Fact::Ended { ending: Ending::Released, method: Some(method), detail: receiver.to_owned() })
        .done())
}
