//! `plumbline backup`

use std::path::PathBuf;

use clap::Args;

use crate::archive;
use crate::config::Config;
use crate::source::Source;
use crate::start;

/// Options of `backup`.
#[derive(Debug, Args)]
pub struct Options {
    /// The archive to write; there must be no such file yet
    file: PathBuf,
    /// Print what was written as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// Writes the archive. It needs no key: what is sealed stays so.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<()> {
    let store = start::open(config).await?;
    store.check().await?;
    let written = archive::backup(store.as_ref(), &Source::system(), &options.file).await;
    store.close().await;
    let written = written?;
    if options.json {
        println!("{}", serde_json::to_string(&written)?);
        return Ok(());
    }
    println!(
        "{}: {} tables, {} rows, sha256 {}",
        options.file.display(),
        written.tables,
        written.rows,
        written.sha256
    );
    match written.master {
        Some(master) => {
            println!("the master key {master} is not in it: whoever restores it needs that key too");
        }
        None => println!("nothing in it is sealed: it needs no master key"),
    }
    Ok(())
}
