//! `plumbline stats event-log`: the figures of an imported log.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use store::Store;

use crate::config::Config;
use crate::import::figures;
use crate::start;

/// Figures of what.
#[derive(Debug, Subcommand)]
pub enum Options {
    /// Of an imported event log
    EventLog(EventLog),
}

/// Which log.
#[derive(Debug, Args)]
pub struct EventLog {
    /// Name of the source; without it the only one there is
    #[arg(long, env = "PLUMBLINE_SOURCE")]
    source: Option<String>,
    /// Print the figures on one line
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// Prints the figures.
pub async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    let Options::EventLog(options) = options;
    let store = start::open(config).await?;
    store.check().await?;
    let source = source(store.as_ref(), options.source).await?;
    let figures = figures(store.as_ref(), &source).await?;
    store.close().await;
    let text =
        if options.json { serde_json::to_string(&figures)? } else { serde_json::to_string_pretty(&figures)? };
    println!("{text}");
    Ok(())
}

/// The source asked for, or the only one.
async fn source(store: &dyn Store, asked: Option<String>) -> anyhow::Result<String> {
    let sources: Vec<String> = store.sources().await?.into_iter().map(|summary| summary.source).collect();
    match asked {
        Some(asked) if sources.contains(&asked) => Ok(asked),
        Some(asked) => bail!("no event log of source {asked} was imported"),
        None if sources.len() > 1 => bail!("--source: one of {}", sources.join(", ")),
        None => sources.into_iter().next().context("no event log was imported"),
    }
}
