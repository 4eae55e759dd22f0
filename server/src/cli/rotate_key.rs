//! `plumbline rotate-key`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::config::Config;
use crate::rotate::rotate;
use crate::seal::MasterKey;
use crate::source::Source;
use crate::start;

/// Options of `rotate-key`.
#[derive(Debug, Args)]
pub struct Options {
    /// File of the new master key; made where it is not there
    #[arg(long, env = "PLUMBLINE_NEW_KEY_FILE", value_name = "FILE")]
    new_key_file: PathBuf,
    /// Print what was done as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// Wraps the data keys anew. The settings name the old key; afterwards they must name the new one.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<()> {
    let store = start::open(config).await?;
    store.check().await?;
    let source = Source::system();
    let old = start::master_key(config, true, &source).context("the settings name the old master key")?;
    // The new key is on the disk before anything is wrapped with it.
    let next = MasterKey::read_or_create(&options.new_key_file, false, &source)?;
    let rotated = rotate(store.as_ref(), &source, &old, &next).await;
    store.close().await;
    let rotated = rotated?;
    if options.json {
        println!("{}", serde_json::to_string(&rotated)?);
        return Ok(());
    }
    println!("{} keys wrapped anew, {} were already", rotated.rewrapped, rotated.before);
    println!(
        "from now on servers need master_key_file = {} (key {}); keep the old key {} as long as archives made with it",
        options.new_key_file.display(),
        next.fingerprint(),
        old.fingerprint()
    );
    Ok(())
}
