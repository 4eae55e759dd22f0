//! Claims whose holders did nothing for too long, and holds whose time has come: commands of the system.

use chrono::TimeDelta;
use domain::actor::Actor;
use domain::case::Command;
use domain::case::decide::LEASE;
use domain::id::CaseId;

use crate::carry::Order;
use crate::error::{Error, Result};
use crate::state::App;

/// Cases looked at in one round.
const MOST: u32 = 500;

/// Puts claims back whose lease has run out. Business minutes are never more than minutes, so that what was active
/// within that many is left alone; whether office hours have passed is the rule's to say.
pub async fn expire_claims(app: &App) -> Result<u32> {
    let before = app.source().now() - TimeDelta::minutes(LEASE.get());
    let mut expired = 0;
    for claim in app.store().idle_claims(before, MOST).await? {
        expired += u32::from(order(app, claim.case, Command::ExpireLease {}).await?);
    }
    Ok(expired)
}

/// Takes cases off hold whose time has come.
pub async fn end_holds(app: &App) -> Result<u32> {
    let mut ended = 0;
    for case in app.store().ended_holds(app.source().now(), MOST).await? {
        ended += u32::from(order(app, case, Command::Resume {}).await?);
    }
    Ok(ended)
}

/// Carries out a command of the system; a refusal only says that it is not time yet, or that somebody was quicker.
async fn order(app: &App, case: CaseId, command: Command) -> Result<bool> {
    let name = command.name();
    let order = Order { actor: Actor::System, case, expected: None, command, key: None };
    let server = app.clone();
    let done = app
        .write(move |tx| {
            let (app, order) = (server.clone(), order.clone());
            Box::pin(async move {
                let record = app.visible(tx, &order).await?;
                let now = app.source().now();
                app.append(tx, record, &order, now).await?;
                Ok(())
            })
        })
        .await;
    match done {
        Ok(()) => {
            tracing::info!(%case, command = name, "done by the system");
            Ok(true)
        }
        Err(Error::Refused(_) | Error::Stale { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
