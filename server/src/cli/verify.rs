//! `plumbline verify`

use clap::Args;

use crate::config::Config;
use crate::start;
use crate::verify::verify;

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct Options {
    /// Print the result as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// Checks the store; exit code 0 where it is whole, 1 where it is not.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<u8> {
    let store = start::open(config).await?;
    store.check().await?;
    let report = verify(store.as_ref()).await?;
    store.close().await;
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{} cases, {} events", report.cases, report.events);
        for (name, check) in report.checks.each() {
            let verdict = if check.ok { "whole" } else { "BROKEN" };
            println!("{name:8} {verdict:6} {:>10} checked, {} faults", check.checked, check.fault_count);
            check.faults.iter().for_each(|fault| println!("  {fault}"));
        }
    }
    Ok(u8::from(!report.ok))
}
