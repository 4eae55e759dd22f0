//! What a person may not see of an item before the blind keying of it is complete (process §4, M2).
//!
//! Two keyings are blind: the second one at Entry, and the application's key fields at Recheck. Until such a keying is
//! complete, nobody who could be the one to key sees what the item holds: entered values, values of the core,
//! differences. The server hides them from every answer to that person; the browser, which runs the same rules, knows
//! by [`CaseItem::blind`] that it does not know.

use super::{
    event::{Event, Fact},
    item::CaseItem,
    state::Case,
};
use crate::{
    actor::Person,
    catalogue::Catalogue,
    id::UnitId,
    post::{Post, Stage},
    secret::Secret,
    value::{Beneficiaries, Value},
};
use std::collections::BTreeMap;

/// Which blind keying of an item is not complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blind {
    /// The second keying at Entry.
    SecondKeying,
    /// The asked values at Recheck.
    Asked,
}

/// Items of an open case that a person may not see, and why. `recheck` is the unit that rechecks the case.
///
/// At Entry these are the items keyed once, for everyone of the post in scope; a second keying that differed has been
/// made, and both are shown. At Recheck, and on the way there, they are the items whose application is not keyed,
/// for everyone of the post who may still recheck – not for who holds the case at an earlier post and works with them.
pub fn blind(case: &Case, person: &Person, recheck: &UnitId, catalogue: &Catalogue) -> BTreeMap<u8, Blind> {
    let Some(stage) = case.stage() else { return BTreeMap::new() };
    let enters =
        stage == Stage::Entry && person.holds(Post::Entry) && person.scope.contains(case.working_unit());
    let works = stage < Stage::Recheck && case.holding().is_some_and(|holding| holding.by == person.id);
    let rechecks = person.holds(Post::Recheck)
        && person.scope.contains(recheck)
        && !case.worked_at(&[Stage::Intake, Stage::Entry, Stage::Servicing], &person.id)
        && !works;
    case.open_items()
        .filter_map(|item| {
            let keyed_once = item
                .entered
                .as_ref()
                .is_some_and(|entered| entered.confirmed.is_none() && entered.differing.is_empty());
            if enters && keyed_once {
                Some((item.no, Blind::SecondKeying))
            } else if rechecks && item.entered.is_some() && !is_asked(item, catalogue) {
                Some((item.no, Blind::Asked))
            } else {
                None
            }
        })
        .collect()
}

/// Whether the application was keyed for the key fields of an item.
fn is_asked(item: &CaseItem, catalogue: &Catalogue) -> bool {
    let Some(entry) = catalogue.item(&item.code) else { return false };
    let keys = catalogue.key_fields(entry);
    let entered = item.entered.as_ref().map(|entered| &entered.fields);
    let stated = |key| entered.is_some_and(|fields| fields.contains_key(key));
    (keys.is_empty() || !item.asked.is_empty())
        && keys.iter().all(|spec| item.asked.contains_key(&spec.key) || !stated(&spec.key))
}

/// Takes out of a case what may not be seen of these items.
pub fn hide(case: &mut Case, items: &BTreeMap<u8, Blind>) {
    for item in &mut case.items {
        let Some(why) = items.get(&item.no) else { continue };
        item.blind = true;
        if let Some(entered) = &mut item.entered {
            match why {
                // The second keying is of parts of values: what it is keyed into stays.
                Blind::SecondKeying => entered.fields.values_mut().for_each(blank),
                Blind::Asked => entered.fields.clear(),
            }
        }
        if let Some(core) = &mut item.core {
            core.fields.clear();
        }
        if *why == Blind::SecondKeying {
            item.asked.clear();
        }
    }
}

/// Takes out of events what may not be seen of these items.
pub fn hide_events(events: &mut [Event], items: &BTreeMap<u8, Blind>) {
    for event in events {
        match &mut event.fact {
            Fact::ChangeEntered { item, fields } | Fact::CoreRecorded { item, fields, .. }
                if items.contains_key(item) =>
            {
                fields.clear();
            }
            Fact::CoreConfirmed { item, values, differing, .. } if items.contains_key(item) => {
                values.clear();
                differing.clear();
            }
            Fact::AskedKeyed { item, asked, .. } if items.get(item) == Some(&Blind::SecondKeying) => {
                asked.clear();
            }
            _ => {}
        }
    }
}

/// Leaves of a value what the second keying is keyed into: whose share and number it is, never what is keyed.
fn blank(value: &mut Value) {
    match value {
        Value::Document(document) => document.number = Secret::Plain(String::new()),
        Value::Beneficiaries(Beneficiaries::Named(list)) => {
            for beneficiary in list {
                beneficiary.document.number = Secret::Plain(String::new());
                beneficiary.share_ppm = None;
            }
        }
        other => *other = Value::Text(String::new()),
    }
}
