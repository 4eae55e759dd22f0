//! The commands of the binary, a file each: its options and what it does.

use chrono::Datelike as _;
use clap::{Parser, Subcommand};
use domain::limits::YEARS;
use domain::time::Timestamp;

use crate::config::{Config, Overrides, ServeOverrides};
use crate::telemetry;

mod backup;
mod due;
mod export;
mod import;
mod migrate;
mod restore;
mod rotate_key;
mod seed;
mod serve;
mod stats;
pub mod user;
mod verify;

/// Runs and controls the quality of policy servicing.
#[derive(Debug, Parser)]
#[command(name = "plumbline", version)]
pub struct Cli {
    #[command(flatten)]
    overrides: Overrides,
    #[command(subcommand)]
    command: Command,
}

/// Reads a moment, within the years that can be counted.
fn moment(text: &str) -> Result<Timestamp, String> {
    let moment = text.parse::<Timestamp>().map_err(|error| error.to_string())?;
    if YEARS.contains(&moment.year()) {
        Ok(moment)
    } else {
        Err(format!("a moment of the years {} to {}", YEARS.start(), YEARS.end()))
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the browser app
    Serve(ServeOverrides),
    /// Bring the store's schema up to this program's
    Migrate,
    /// Fill an empty store with an invented department and months of its work
    Seed(seed::Options),
    /// Read an event log of another system, or a list of cases
    #[command(subcommand)]
    Import(import::Options),
    /// Count the figures of what was imported
    #[command(subcommand)]
    Stats(stats::Options),
    /// Check that what is stored is whole
    Verify(verify::Options),
    /// Write everything of a running store into one archive
    Backup(backup::Options),
    /// Fill an empty store, of either engine, from an archive
    Restore(restore::Options),
    /// Print the cases of an archive as JSON lines; sealed values stay sealed
    Export(export::Options),
    /// Wrap all data keys with a new master key; the servers must be stopped
    RotateKey(rotate_key::Options),
    /// Show how a due time is counted, day by day
    Due(due::Options),
    /// Add a person, shut one out, set a password
    #[command(subcommand)]
    User(user::Options),
}

/// Runs what the command line asks for; gives the exit code.
pub async fn run(cli: Cli) -> anyhow::Result<u8> {
    let serve = match &cli.command {
        Command::Serve(serve) => serve.clone(),
        _ => ServeOverrides::default(),
    };
    let config = Config::load(&cli.overrides, &serve)?;
    telemetry::init(&config)?;
    match cli.command {
        Command::Serve(_) => serve::run(config).await.map(|()| 0),
        Command::Migrate => migrate::run(&config).await.map(|()| 0),
        Command::Seed(options) => seed::run(&config, &options).await.map(|()| 0),
        Command::Import(options) => import::run(config, options).await,
        Command::Stats(options) => stats::run(&config, options).await.map(|()| 0),
        Command::Verify(options) => verify::run(&config, &options).await,
        Command::Backup(options) => backup::run(&config, &options).await.map(|()| 0),
        Command::Restore(options) => restore::run(&config, &options).await,
        Command::Export(options) => export::run(&options).map(|()| 0),
        Command::RotateKey(options) => rotate_key::run(&config, &options).await.map(|()| 0),
        Command::Due(options) => due::run(&config, &options).await.map(|()| 0),
        Command::User(options) => user::run(&config, options).await.map(|()| 0),
    }
}
