//! Get-next: one transaction looks for candidates in the order of work, and the rules have the last word on each.

use std::sync::Arc;

use domain::actor::{Actor, Person};
use domain::api::queue::Reason;
use domain::case::state::Priority;
use domain::case::{Case, Command};
use domain::id::CaseId;
use domain::post::Stage;
use domain::time::local_date;
use serde::{Deserialize, Serialize};
use store::{NextAsk, Place};

use super::bands;
use crate::auth::session::SignedIn;
use crate::carry::{Once, Order};
use crate::error::{Error, Result};
use crate::state::App;

/// Candidates looked at before giving up: what the store offers is refused by the rules only where the reserve or a
/// lease says so, which is rare.
const MOST: usize = 200;
/// Cases counted that are worked after it, so many at the most: in a long queue counting all would cost more than the
/// claim itself.
const COUNTED: u32 = 99;

/// What get-next gave: enough to answer it again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The case.
    pub case: CaseId,
    /// Its version after the claim.
    pub version: u64,
    /// Why this one.
    pub reason: Vec<Reason>,
}

/// Claims the next case of a stage for the person; none when there is nothing.
pub async fn take(app: &App, who: &SignedIn, stage: Stage, once: Once) -> Result<Option<Given>> {
    let Some((mut given, place)) = claim(app, who, stage, once).await? else { return Ok(None) };
    if let Some(place) = place {
        let now = app.source().now();
        let bands = bands(app, &who.person, now);
        let ask = NextAsk { stage, person: &who.person, bands, now, keepers: &[] };
        let others = app.store().behind(&ask, &place, COUNTED).await?;
        given.reason.extend((others > 0).then_some(Reason::BeforeOthers(others)));
    }
    Ok(Some(given))
}

/// In one transaction; gives the place of what was claimed now, none where it was claimed by an earlier request with
/// the same key.
async fn claim(
    app: &App,
    who: &SignedIn,
    stage: Stage,
    once: Once,
) -> Result<Option<(Given, Option<Place>)>> {
    let person = who.person.clone();
    let server = app.clone();
    app.write(move |tx| {
        let (app, person, once) = (server.clone(), person.clone(), once.clone());
        Box::pin(async move {
            if let Some(given) = once.recall::<Given>(tx).await? {
                return Ok(Some((given, None)));
            }
            let now = app.source().now();
            let actor = Actor::Person(person.as_ref().clone());
            let present = tx.present(local_date(now)).await?;
            let keepers: Vec<Arc<Person>> = app
                .directory()
                .people()
                .filter(|keeper| keeper.holds(stage.post()) && present.contains(&keeper.id))
                .cloned()
                .collect();
            let bands = bands(&app, &person, now);
            let ask = NextAsk { stage, person: &person, bands, now, keepers: &keepers };
            let mut behind: Option<Place> = None;
            for _ in 0..MOST {
                let Some(candidate) = tx.next_candidate(&ask, behind.as_ref()).await? else { break };
                let Some(record) = tx.case(candidate.case).await? else { break };
                let order = Order {
                    actor: actor.clone(),
                    case: candidate.case,
                    expected: None,
                    command: Command::Claim {},
                    key: Some(once.key.clone()),
                };
                let reason = reasons(&record.case, &candidate.place);
                match app.append(tx, record, &order, now).await {
                    Ok(appended) => {
                        let given = Given { case: candidate.case, version: appended.version, reason };
                        once.remember(tx, &given, now).await?;
                        return Ok(Some((given, Some(candidate.place))));
                    }
                    // Refused before anything was written: the next one.
                    Err(store::WriteError::Refused(Error::Refused(refusal))) => {
                        tracing::debug!(case = %candidate.case, refusal = refusal.slug(), "candidate passed over");
                        behind = Some(candidate.place);
                    }
                    Err(error) => return Err(error),
                }
            }
            // Nothing is remembered: what is asked again may find something.
            Ok(None)
        })
    })
    .await
}

/// Why this case, in the order in which the rule looks.
fn reasons(case: &Case, place: &Place) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if place.returned_to_me {
        reasons.push(Reason::ReturnedToYou);
    }
    reasons.push(Reason::Band(place.band));
    if case.returned.is_some() && !place.returned_to_me {
        reasons.push(Reason::Returned);
    }
    if case.priority != Priority::None {
        reasons.push(Reason::Priority(case.priority));
    }
    reasons.push(match case.breach_at {
        Some(breach) if breach.first_too_late() < case.due_at => Reason::Promised(breach),
        _ => Reason::PostDue(case.due_at),
    });
    reasons
}
