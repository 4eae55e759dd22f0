//! The commands of this repository: `cargo xtask <command>`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod build;
mod command;
mod compress;
mod debian;
mod paths;
mod site;
mod style;
mod toolchain;
mod wasm;

/// What this repository can be asked to do. No tool has to be installed beforehand but Rust.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the browser app and the `plumbline` binary that serves it.
    Build(build::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Build(options) => build::build(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
