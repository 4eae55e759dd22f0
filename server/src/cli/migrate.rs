//! `plumbline migrate`

use crate::config::Config;
use crate::start;

/// Brings the schema up to this program's. Refuses a schema of a newer one.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let store = start::open(config).await?;
    store.migrate().await?;
    store.close().await;
    println!("the schema of {} is up to date", start::shown(&config.store));
    Ok(())
}
