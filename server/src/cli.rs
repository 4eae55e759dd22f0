//! The commands of the binary, a file each: its options and what it does.

use clap::{Parser, Subcommand};

use crate::config::{Config, Overrides, ServeOverrides};
use crate::telemetry;

mod due;
mod import;
mod migrate;
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
        Command::Due(options) => due::run(&config, &options).await.map(|()| 0),
        Command::User(options) => user::run(&config, options).await.map(|()| 0),
    }
}
