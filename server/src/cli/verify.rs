//! `plumbline verify`

use anyhow::Context as _;
use clap::Args;

use crate::config::Config;
use crate::source::Source;
use crate::start;
use crate::verify::{Report, verify_against};

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct Options {
    /// Print the result as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
    /// A seal that was printed earlier and kept elsewhere: it must still be there
    #[arg(long, env = "PLUMBLINE_SEAL", value_name = "NUMBER:HEX")]
    seal: Option<String>,
}

/// Checks the store; exit code 0 where it is whole, 1 where it is not.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<u8> {
    let store = start::open(config).await?;
    store.check().await?;
    let vault = start::existing_vault(config, store.as_ref(), &Source::system())
        .await
        .context("verify needs the master key: it opens a value of every case and makes the seals anew")?;
    let report = verify_against(store.as_ref(), &vault, options.seal.as_deref()).await?;
    store.close().await;
    print(&report, options.json)?;
    Ok(u8::from(!report.ok))
}

/// Prints a report.
pub(super) fn print(report: &Report, json: bool) -> anyhow::Result<()> {
    if json {
        println!("{}", serde_json::to_string(report)?);
        return Ok(());
    }
    println!("{} cases, {} events", report.cases, report.events);
    for (name, check) in report.checks.each() {
        let verdict = if check.ok { "whole" } else { "BROKEN" };
        println!("{name:8} {verdict:6} {:>10} checked, {} faults", check.checked, check.fault_count);
        check.faults.iter().for_each(|fault| println!("  {fault}"));
    }
    if report.purged > 0 {
        println!("{} ended cases have no data key any more: purged", report.purged);
    }
    match &report.seal {
        Some(seal) => {
            println!("last seal {seal}\n  keep it elsewhere; `verify --seal` says whether it is still there");
        }
        None => println!("nothing is sealed yet: a server seals every half minute"),
    }
    if report.unsealed > 0 {
        println!("{} events and ledger entries came since and are not sealed yet", report.unsealed);
    }
    Ok(())
}
