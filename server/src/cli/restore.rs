//! `plumbline restore`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use store::{StoreError, WrappedKey};

use crate::archive::Archive;
use crate::config::Config;
use crate::seal::{AesGcm256, Vault};
use crate::source::Source;
use crate::start;
use crate::verify::verify;

/// Options of `restore`.
#[derive(Debug, Args)]
pub struct Options {
    /// The archive
    file: PathBuf,
    /// Print the result of `verify` over what was restored as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// Fills the store and verifies it; exit code 0 where it is whole, 1 where it is not.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<u8> {
    let mut archive = Archive::open(&options.file)?;
    let source = Source::system();
    // Before anything is written: a store whose values nobody can open is none.
    if let Some(mark) = archive.header().key.clone() {
        let master = start::master_key(config, true, &source)
            .context("restore needs the master key of the archive, which is not in it")?;
        let wrapped = store::table::unhex(&mark.wrapped).context("the archive's key mark is none")?;
        start::same_master(&WrappedKey { master: mark.master, wrapped: wrapped.clone() }, &master)
            .context("the archive needs another master key")?;
        Vault::open_with(Arc::new(AesGcm256), master, &wrapped, source.clone())
            .context("the archive needs another master key")?;
    }
    let store = start::open(config).await?;
    let restored = match store.restore(archive.schema(), &mut archive).await {
        Err(StoreError::Newer(version)) => {
            anyhow::bail!("the archive was written by a newer program (migration {version})")
        }
        restored => {
            restored.with_context(|| format!("nothing was restored into {}", start::shown(&config.store)))?
        }
    };
    tracing::info!(tables = restored.tables, rows = restored.rows, "restored");
    if archive.header().key.is_none() {
        store.close().await;
        println!(
            "{} rows restored; nothing in them is sealed, and there is nothing to verify",
            restored.rows
        );
        return Ok(0);
    }
    let vault = start::existing_vault(config, store.as_ref(), &source).await?;
    let report = verify(store.as_ref(), &vault).await?;
    store.close().await;
    super::verify::print(&report, options.json)?;
    Ok(u8::from(!report.ok))
}
