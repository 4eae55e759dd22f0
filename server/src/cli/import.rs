//! `plumbline import event-log | case-list`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::{Args, Subcommand};
use store::Engine;

use crate::config::Config;
use crate::import::{Faults, File, Report, case_list, event_log, mapping, suggest};
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
    /// CSV, as spreadsheets and other systems write it
    file: PathBuf,
    /// TOML: which column is what
    #[arg(long, env = "PLUMBLINE_MAPPING", value_name = "FILE", required_unless_present = "suggest")]
    mapping: Option<PathBuf>,
    /// Print a first mapping for the file, to be looked through, and import nothing
    #[arg(long)]
    suggest: bool,
    /// Say what importing would come to, and write nothing
    #[arg(long, env = "PLUMBLINE_DRY_RUN")]
    dry_run: bool,
    /// Print the result as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

impl Import {
    fn mapping(&self) -> anyhow::Result<&Path> {
        self.mapping.as_deref().context("--mapping FILE says which column is what")
    }
}

/// What writes a first mapping for a file of this name.
type Suggest = fn(&File, &str) -> Result<String, Faults>;

/// Imports; exit code 0 where the file is in the store or could be, 1 where something is wrong with it.
pub async fn run(config: Config, options: Options) -> anyhow::Result<u8> {
    let (import, write): (_, Suggest) = match &options {
        Options::EventLog(import) => (import, suggest::event_log),
        Options::CaseList(import) => (import, suggest::case_list),
    };
    if import.suggest {
        let file = File::read(&import.file)?;
        let name = import.file.file_stem().map_or_else(|| "source".into(), |stem| stem.to_string_lossy());
        print!("{}", write(&file, &name).map_err(|faults| anyhow!("{}", faults.to_string().trim_end()))?);
        return Ok(0);
    }
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
    let mapping: event_log::Mapping = mapping(import.mapping()?)?;
    let file = File::read(&import.file)?;
    let store = start::open(config).await?;
    if store.engine() == Engine::Sqlite {
        store.migrate().await?;
    }
    store.check().await?;
    let source = Source::system();
    start::same_time(store.as_ref(), &source).await?;
    let report = event_log::import(store.as_ref(), &source, &file, &mapping, import.dry_run).await?;
    store.close().await;
    Ok(report)
}

async fn case_list(config: Config, import: &Import) -> anyhow::Result<Report> {
    let mapping: case_list::Mapping = mapping(import.mapping()?)?;
    let file = File::read(&import.file)?;
    let app = start::app(config).await?;
    let report = case_list::import(&app, &file, &mapping, import.dry_run).await?;
    app.store().close().await;
    Ok(report)
}

/// The result in words.
fn told(report: &Report) -> String {
    let steps = report.steps.map_or_else(String::new, |steps| format!(", {steps} steps"));
    let mut told = vec![format!("{}: {} rows, {} cases{steps}", report.source, report.rows, report.cases)];
    if let (Some(encoding), Some(delimiter)) = (&report.encoding, &report.delimiter) {
        told.push(format!("read as {encoding}, {delimiter} between values"));
    }
    told.extend(report.notes.iter().map(ToString::to_string));
    let updated = match report.updated {
        0 => String::new(),
        updated => format!("{updated} got what is new, "),
    };
    told.push(if report.already {
        "this very file was imported before; nothing was changed".to_owned()
    } else if !report.is_good() {
        format!("{}{} faults; nothing was written", report.faults, report.faults.count)
    } else if report.dry_run {
        format!("nothing is wrong; {} cases were imported before; nothing was written", report.known)
    } else {
        format!("{} cases written, {updated}{} were imported before", report.written, report.known)
    });
    told.join("\n") + "\n"
}
