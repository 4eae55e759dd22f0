//! What the server does by itself: claims that run out, holds that end, seeds of the day, housekeeping, figures.
//!
//! Jobs that must run once hold a lease row, renewed each round, so that of several servers one does them and
//! another takes over when it dies.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use domain::api::queue::Tab;
use domain::post::{Queue, Stage};
use domain::time::local_date;
use store::OpenFilter;

use crate::error::Result;
use crate::pulse;
use crate::sampling;
use crate::state::App;

mod expiry;
mod sweep;

pub use expiry::{end_holds, expire_claims};

/// How often the jobs come round.
const ROUND: Duration = Duration::from_secs(30);
/// How long a lease runs: three rounds.
pub const LEASE: TimeDelta = TimeDelta::seconds(90);
/// The lease of all of them. While it runs a server is at work, or `rotate-key` is.
pub const NAME: &str = "housekeeping";

/// Runs the jobs for the life of the server.
pub async fn run(app: App) {
    let holder = app.source().id().to_string();
    loop {
        if let Err(error) = round(&app, &holder).await {
            tracing::warn!(%error, "jobs did not run");
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            () = app.hub().closed() => break,
        }
    }
    let dropped = app
        .write_by_store_time(move |tx| {
            let holder = holder.clone();
            Box::pin(async move { Ok(tx.drop_lease(NAME, &holder).await?) })
        })
        .await;
    if let Err(error) = dropped {
        tracing::warn!(%error, "the lease of the jobs was not given back");
    }
}

/// One round: on every server what is its own, on the one with the lease what must be done once.
pub async fn round(app: &App, holder: &str) -> Result<()> {
    // What the system does carries this server's time: another one does it meanwhile, or nobody.
    pulse::clock_is_right(app)?;
    let now = app.source().store_now();
    if !app.directory().is_of(now) {
        app.read_directory().await?;
    }
    let owner = holder.to_owned();
    let ours = app
        .write_by_store_time(move |tx| {
            let owner = owner.clone();
            Box::pin(async move { Ok(tx.take_lease(NAME, &owner, now, now + LEASE).await?) })
        })
        .await?;
    if !ours {
        return Ok(());
    }
    sampling::fix_seed(app, local_date(now)).await?;
    sampling::fix_seed(app, local_date(now + TimeDelta::days(1))).await?;
    end_holds(app).await?;
    expire_claims(app).await?;
    sweep::sweep(app, now).await
}

/// Brings the gauges up to date, before they are read.
pub async fn figures(app: &App) -> Result<()> {
    let now = app.source().now();
    let units: BTreeSet<_> = app.directory().units().iter().map(|unit| unit.id.clone()).collect();
    let nobody = "".into();
    for queue in Queue::ALL.into_iter().filter(|queue| queue.stage() != Some(Stage::FinalCheck)) {
        let counts =
            app.store().tab_counts(queue, &nobody, &units, &BTreeSet::new(), now, local_date(now)).await?;
        let todo = Tab::ALL.iter().position(|tab| *tab == Tab::Todo).map_or(0, |at| counts.tabs[at]);
        app.metrics().queue(queue, todo, counts.overdue);
    }
    let mut oldest = Vec::new();
    for stage in Stage::ALL {
        let filter = OpenFilter { units: &units, stages: &BTreeSet::from([stage]) };
        let first = app.store().open_ages(&filter, 1).await?;
        oldest.extend(first.first().map(|case| (stage.queue(), now - case.received_at)));
    }
    for pool in app.store().pools() {
        app.metrics().pool(pool.name, pool.open.into(), pool.idle.into());
    }
    for (queue, age) in oldest {
        app.metrics().oldest(queue, age.num_seconds());
    }
    Ok(())
}
