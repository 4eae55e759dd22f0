//! Housekeeping: what nobody will ask for again, and the seals of the log.

use chrono::TimeDelta;
use domain::time::Timestamp;
use store::seal::AT_ONCE;

use crate::auth::throttle::FORGET;
use crate::error::Result;
use crate::state::App;

/// How long a key can be sent again: a browser keeps what it could not send for seven days.
const KEYS: TimeDelta = TimeDelta::days(8);
/// How far back a cut stream can be resumed.
const FEED: TimeDelta = TimeDelta::days(2);

/// Forgets old keys, notices and sessions, and seals the events that came since the last seal.
pub async fn sweep(app: &App, now: Timestamp) -> Result<()> {
    let idle = TimeDelta::minutes(i64::from(app.config().idle_minutes));
    app.write_by_store_time(move |tx| {
        Box::pin(async move {
            tx.sweep_sessions(now, now - idle).await?;
            tx.sweep_throttles(now - FORGET).await?;
            tx.forget_keys(now - KEYS).await?;
            tx.trim_feed(now - FEED).await?;
            Ok(())
        })
    })
    .await?;
    // A long log, after an import, is sealed part by part.
    while seal(app, now).await? >= u64::from(AT_ONCE) {}
    Ok(())
}

async fn seal(app: &App, now: Timestamp) -> Result<u64> {
    let key = app.vault().seal_key();
    app.write(move |tx| {
        let key = key.clone();
        Box::pin(async move { Ok(tx.seal(&key, now).await?) })
    })
    .await
}
