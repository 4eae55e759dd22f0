//! The commands of this repository: `cargo xtask <command>`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod build;
mod check;
mod chromium;
mod command;
mod compress;
mod db;
mod debian;
mod deny;
mod dev;
mod end2end;
mod list;
mod now;
mod paths;
mod phase;
mod postgres;
mod random;
mod run;
mod server;
mod site;
mod style;
mod test;
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
    /// Build everything, fill a demo store where there is none, and serve it on this machine.
    Run(run::Options),
    /// Every check and every test; installs what they need and says so.
    Test(test::Options),
    /// Serve, rebuild what is edited, reload the page.
    Dev(dev::Options),
    /// Build the browser app and the `plumbline` binary that serves it.
    Build(build::Options),
    /// Format, lints, docs, house rules, size, query caches: everything but tests.
    Check,
    /// The query caches of the store.
    #[command(subcommand)]
    Db(db::Command),
    /// How quick and how large the release binary is, beside what is asked of it.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Run(options) => run::run(&options).map(|()| true),
        Command::Test(options) => Ok(test::test(&options)),
        Command::Dev(options) => dev::dev(&options).map(|()| true),
        Command::Build(options) => build::build(&options).map(|()| true),
        Command::Check => Ok(check::check()),
        Command::Db(command) => db::run_command(command).map(|()| true),
        Command::Bench(options) => bench::bench(&options),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
