//! Which slip a line goes on: the open one of that giver and receiver, else a new one.

use domain::api::slip::SlipKind;
use domain::case::{Case, Command, Event, Fact};
use domain::id::SlipId;
use store::{NewSlip, SlipKey, Tx};

use super::{Around, TxResult};

/// Decides a command with its line on a new slip; where an open slip takes the line, decides again with that one.
/// The rules are pure, so both verdicts are the same but for the slip's id.
pub(super) async fn decide(
    tx: &mut dyn Tx,
    around: &Around<'_>,
    case: &Case,
    command: &Command,
    fresh: SlipId,
) -> TxResult<(Vec<Event>, Option<NewSlip>)> {
    let events = around.decide(case, command, fresh)?;
    let Some(key) = events.iter().find_map(|event| key(case, event)) else { return Ok((events, None)) };
    if let Some(open) = tx.open_slip(&key).await? {
        return Ok((around.decide(case, command, open)?, None));
    }
    let SlipKey { kind, from, to, to_person } = key;
    let slip = NewSlip { id: fresh, kind, from, to, to_person, since: around.now, number: None };
    Ok((events, Some(slip)))
}

/// The slip an event's line belongs on; none where the event gives nothing, or no papers travel.
fn key(case: &Case, event: &Event) -> Option<SlipKey> {
    let from = (case.stage()?, case.working_unit().clone());
    match &event.fact {
        Fact::HandedOver { to, unit, .. } if case.paper => {
            Some(SlipKey { kind: SlipKind::Posts, from, to: (*to, unit.clone()), to_person: None })
        }
        Fact::Returned { unit, returned, .. } if case.paper => {
            Some(SlipKey { kind: SlipKind::Posts, from, to: (returned.to, unit.clone()), to_person: None })
        }
        Fact::TransferOffered { to, .. } => {
            Some(SlipKey { kind: SlipKind::Transfer, to: from.clone(), from, to_person: Some(to.clone()) })
        }
        _ => None,
    }
}
