//! The `plumbline` binary: reads the command line and does what it says.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::{Cli, run};
use server::config::ConfigError;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("plumbline: {error:#}");
            // As what the command line itself refuses.
            if error.is::<ConfigError>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
