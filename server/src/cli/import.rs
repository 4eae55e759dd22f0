//! `plumbline import event-log | case-list`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use store::Engine;

use crate::config::Config;
use crate::import::{File, Report, case_list, event_log, mapping};
use crate::source::Source;
use crate::start;

/// What to import.
#[derive(Debug, Subcommand)]
pub enum Options {
    /// Past events of another system: read-only cases for lists, clocks and dashboards
    EventLog(Import),
    /// Cases to be worked here: each row is registered and stands in the pool of intake
    CaseList(Import),
}

/// A file and how it is read.
#[derive(Debug, Args)]
pub struct Import {
    /// CSV, UTF-8
    file: PathBuf,
    /// TOML: which column is what
    #[arg(long, env = "PLUMBLINE_MAPPING", value_name = "FILE")]
    mapping: PathBuf,
    /// Say what importing would come to, and write nothing
    #[arg(long, env = "PLUMBLINE_DRY_RUN")]
    dry_run: bool,
    /// Print the result as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// Imports; exit code 0 where the file is in the store or could be, 1 where something is wrong with it.
pub async fn run(config: Config, options: Options) -> anyhow::Result<u8> {
    let (report, json) = match options {
        Options::EventLog(import) => (event_log(&config, &import).await?, import.json),
        Options::CaseList(import) => (case_list(config, &import).await?, import.json),
    };
    if json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print!("{}", told(&report));
    }
    Ok(u8::from(!report.is_good()))
}

async fn event_log(config: &Config, import: &Import) -> anyhow::Result<Report> {
    let mapping: event_log::Mapping = mapping(&import.mapping)?;
    let file = File::read(&import.file)?;
    let store = start::open(config).await?;
    if store.engine() == Engine::Sqlite {
        store.migrate().await?;
    }
    store.check().await?;
    let source = Source::system();
    let report = event_log::import(store.as_ref(), &source, &file, &mapping, import.dry_run).await?;
    store.close().await;
    Ok(report)
}

async fn case_list(config: Config, import: &Import) -> anyhow::Result<Report> {
    let mapping: case_list::Mapping = mapping(&import.mapping)?;
    let file = File::read(&import.file)?;
    let app = start::app(config).await?;
    let report = case_list::import(&app, &file, &mapping, import.dry_run).await?;
    app.store().close().await;
    Ok(report)
}

/// The result in words.
fn told(report: &Report) -> String {
    let steps = report.steps.map_or_else(String::new, |steps| format!(", {steps} steps"));
    let read = format!("{}: {} rows, {} cases{steps}\n", report.source, report.rows, report.cases);
    let outcome = if report.already {
        "this very file was imported before; nothing was changed".to_owned()
    } else if !report.is_good() {
        format!("{}{} faults; nothing was written", report.faults, report.faults.count)
    } else if report.dry_run {
        format!("nothing is wrong; {} cases were imported before; nothing was written", report.known)
    } else {
        format!("{} cases written, {} were imported before", report.written, report.known)
    };
    format!("{read}{outcome}\n")
}
