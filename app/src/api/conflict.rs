//! What to do when somebody else changed the case first (412).
//!
//! The answer carries the events since the version the browser knew. They are applied here; a command that still
//! means the same is decided anew and sent again; change data keyed by two people is merged field by field, and
//! where both changed the same field the person is asked. There is no merging on the server.

use domain::actor::By;
use domain::case::{Case, Command, Event, Fact, item::Fields};
use domain::id::FieldKey;
use domain::time::Timestamp;
use domain::value::Value;

/// One field both changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The field.
    pub field: FieldKey,
    /// What the other person set; none where it was taken out.
    pub theirs: Option<Value>,
    /// What was keyed here.
    pub mine: Option<Value>,
}

/// What to do with a command decided on an old version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Send this on the newest version; `merged` fields of others were taken over.
    Again {
        /// The command, merged where need be.
        command: Box<Command>,
        /// Fields taken over from others.
        merged: usize,
    },
    /// The same was changed: ask.
    Ask {
        /// Who changed it.
        by: By,
        /// When.
        at: Timestamp,
        /// Fields both changed; empty where the whole is one thing.
        clashes: Vec<Clash>,
    },
}

/// The case after the events it has not seen, in their order.
pub fn catch_up(case: &Case, events: &[Event]) -> Case {
    let mut case = case.clone();
    for event in events.iter().filter(|event| event.version > case.version).cloned().collect::<Vec<_>>() {
        case.apply(&event);
    }
    case
}

/// What to do with `command`, decided on `base`, after `events`.
pub fn settle(base: &Case, command: &Command, events: &[Event]) -> Settled {
    let mut settled = Settled::Again { command: Box::new(command.clone()), merged: 0 };
    for event in events.iter().filter(|event| event.version > base.version) {
        if let (Command::EnterChange { item, fields }, Fact::ChangeEntered { item: other, fields: theirs }) =
            (command, &event.fact)
        {
            if item == other && theirs.is_empty() {
                // Hidden from who has to key it a second time: there is nothing to merge with.
                settled = Settled::Ask { by: event.by.clone(), at: event.at, clashes: Vec::new() };
            } else if item == other {
                let before = base
                    .item(*item)
                    .and_then(|item| item.entered.as_ref())
                    .map(|entered| entered.fields.clone())
                    .unwrap_or_default();
                settled = merge(event, *item, &before, fields, theirs);
            }
        } else if same_thing(command, &event.fact) {
            settled = Settled::Ask { by: event.by.clone(), at: event.at, clashes: Vec::new() };
        }
    }
    settled
}

/// Three-way merge of change data: what only one of the two changed is kept.
fn merge(event: &Event, item: u8, base: &Fields, mine: &Fields, theirs: &Fields) -> Settled {
    let mut fields = mine.clone();
    let (mut merged, mut clashes) = (0, Vec::new());
    for (key, their) in theirs {
        let (before, my) = (base.get(key), mine.get(key));
        if Some(their) == before || Some(their) == my {
            continue;
        }
        if my == before {
            fields.insert(key.clone(), their.clone());
            merged += 1;
        } else {
            clashes.push(Clash { field: key.clone(), theirs: Some(their.clone()), mine: my.cloned() });
        }
    }
    for (key, before) in base.iter().filter(|(key, _)| !theirs.contains_key(*key)) {
        match mine.get(key) {
            Some(my) if my == before => {
                fields.remove(key);
                merged += 1;
            }
            Some(my) => clashes.push(Clash { field: key.clone(), theirs: None, mine: Some(my.clone()) }),
            None => {}
        }
    }
    if clashes.is_empty() {
        Settled::Again { command: Box::new(Command::EnterChange { item, fields }), merged }
    } else {
        Settled::Ask { by: event.by.clone(), at: event.at, clashes }
    }
}

/// Whether an event set the very thing the command is about to set.
fn same_thing(command: &Command, fact: &Fact) -> bool {
    match (command, fact) {
        (Command::AmendRegistration { .. }, Fact::RegistrationAmended { .. })
        | (Command::SetPriority { .. }, Fact::PrioritySet { .. }) => true,
        (Command::SettleFee { item, .. }, Fact::FeesSettled { item: other, .. })
        | (Command::Endorse { item, .. }, Fact::Endorsed { item: other, .. })
        | (Command::RecordCoreResult { item, .. }, Fact::CoreRecorded { item: other, .. })
        | (Command::CompletePreparation { item, .. }, Fact::PreparationCompleted { item: other, .. })
        | (Command::KeyAsked { item, .. }, Fact::AskedKeyed { item: other, .. })
        | (Command::Bind { item, .. }, Fact::Bound { item: other, .. }) => item == other,
        _ => false,
    }
}

#[cfg(test)]
#[path = "conflict_tests.rs"]
mod tests;
