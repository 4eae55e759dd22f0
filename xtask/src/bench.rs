//! `cargo xtask bench`: how quick and how large the real binary is, beside what is asked of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::command::{cargo, program, run, say};
use crate::postgres::Postgres;
use crate::wasm::Profile;
use crate::{build, paths, site};

mod driver;
mod engine;
mod http;
mod latency;
mod machine;
mod people;
mod place;
mod rows;
mod schedule;
mod table;

use engine::Bench;
use place::Place;
use table::{Table, not_measured};

/// What to measure, and how long.
#[derive(Args)]
pub struct Options {
    /// How many cases the store has.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..))]
    cases: u32,
    /// On which engine.
    #[arg(long, value_enum, default_value_t = Engines::Both)]
    engine: Engines,
    /// Seconds of each run.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,
    /// How many streams of live notices are open.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    streams: u32,
    /// How many events of an event log are imported.
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1_000..))]
    events: u32,
    /// A short form that only shows that everything can be measured.
    #[arg(long, conflicts_with_all = ["cases", "seconds", "streams", "events"])]
    quick: bool,
    /// Fail where a bar is missed.
    #[arg(long)]
    strict: bool,
}

/// Engines to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engines {
    /// The one inside the binary.
    Sqlite,
    /// The shared one.
    Postgres,
    /// One after the other.
    Both,
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    cases: u32,
    time: Duration,
    streams: u32,
    events: u32,
}

impl Sizes {
    fn of(options: &Options) -> Self {
        if options.quick {
            return Self { cases: 1_000, time: Duration::from_secs(1), streams: 50, events: 10_000 };
        }
        let time = Duration::from_secs(options.seconds.into());
        Self { cases: options.cases, time, streams: options.streams, events: options.events }
    }
}

/// Bars that nothing here measures.
const NOT_MEASURED: [(&str, &str); 4] = [
    ("elements in the page of any list or dashboard", "≤ 1,400"),
    ("first contentful paint / largest, 4× throttle", "≤ 1.0 s / ≤ 1.5 s"),
    ("interaction, 4× throttle", "next paint ≤ 100 ms at p75"),
    ("list of 100,000 rows: scroll", "no frame over 50 ms"),
];

/// Measures and prints the table; gives whether it is good enough to succeed.
pub fn bench(options: &Options) -> Result<bool> {
    let site = if paths::site().is_dir() { paths::site() } else { site::build(Profile::Release)? };
    if cfg!(debug_assertions) {
        return optimised(&site);
    }
    let binary = build::server(&site, true)?;
    let folder = paths::target().join("bench");
    std::fs::create_dir_all(&folder)?;
    let machine = machine::describe(&folder)?;
    let before = machine::load();
    let bench = Bench::new(binary, folder, Sizes::of(options))?;
    let mut table = Table::default();
    let mut engines = Vec::new();
    if options.engine != Engines::Postgres {
        engines.push("SQLite: as the binary opens it, a file".to_owned());
        bench.measure(&mut table, "SQLite", &|folder, _| Place::sqlite(folder));
    }
    if options.engine != Engines::Sqlite {
        engines.push(postgres(&bench, &mut table));
    }
    table.add_all(rows::site::measure(), "–", &rows::site::WANTED);
    for (what, bar) in NOT_MEASURED {
        table.add(not_measured(what, "–", bar, "needs a browser"));
    }
    println!();
    for line in machine.iter().chain(&engines) {
        println!("{line}");
    }
    println!(
        "load average {before} before, {} after: more than the bench's own makes every figure worse\n",
        machine::load()
    );
    println!("{}", table.text());
    Ok(table.holds() || !options.strict)
}

/// Does the same by this program optimised: a client that is slower than the server takes its processor and measures
/// itself. Built together with the server, they share what both need.
fn optimised(site: &Path) -> Result<bool> {
    let mut build = cargo();
    build.args(["build", "--workspace", "--bin", "plumbline", "--bin", "xtask", "--release", "--locked"]);
    run(build.env("PLUMBLINE_SITE_DIR", site))?;
    let mut command = program(paths::target().join("release/xtask"));
    Ok(command.args(std::env::args_os().skip(1)).status()?.success())
}

/// Measures PostgreSQL and describes it.
fn postgres(bench: &Bench, table: &mut Table) -> String {
    let found = Postgres::durable().and_then(|server| {
        let says = place::postgres_says(server.url())?;
        Ok((server, says))
    });
    match found {
        Ok((server, (version, durable))) => {
            bench.measure(table, "PostgreSQL", &|folder: &Path, name: &str| {
                Place::postgres(folder, server.url(), &format!("plumbline_bench_{name}"))
            });
            let durable =
                if durable { "fsync and synchronous_commit on" } else { "NOT durable as it is set" };
            format!("PostgreSQL {version}: {durable}")
        }
        Err(error) => {
            say(format!("PostgreSQL is not measured: {error:#}"));
            table.add(not_measured("every row", "PostgreSQL", "–", &format!("{error:#}")));
            "PostgreSQL: none".to_owned()
        }
    }
}

/// Where a part of the bench keeps its files.
fn part(folder: &Path, engine: &str, name: &str) -> PathBuf {
    folder.join(format!("{}-{name}", engine.to_lowercase()))
}
