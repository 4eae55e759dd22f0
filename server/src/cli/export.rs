//! `plumbline export`

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{BufWriter, Write, stdout};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::archive::{Archive, export};

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Options {
    /// The archive
    archive: PathBuf,
    /// Number of a case; more than once for several; without it all
    #[arg(long = "case", value_name = "NUMBER")]
    cases: Vec<String>,
    /// Where to; there must be no such file yet. Without it standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints the cases, each with its events, a JSON line each.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut archive = Archive::open(&options.archive)?;
    let mut out: Box<dyn Write> = match &options.output {
        Some(file) => {
            let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
            Box::new(BufWriter::new(made.with_context(|| format!("write {}", file.display()))?))
        }
        None => Box::new(BufWriter::new(stdout().lock())),
    };
    let only: BTreeSet<String> = options.cases.iter().cloned().collect();
    let done = export(&mut archive, &only, &mut out)?;
    out.flush()?;
    eprintln!("{} cases, {} imported ones", done.cases, done.imported);
    let found = usize::try_from(done.cases + done.imported).unwrap_or(usize::MAX);
    ensure!(
        found >= only.len(),
        "{} of the {} cases asked for are not in the archive",
        only.len() - found,
        only.len()
    );
    Ok(())
}
