//! The process itself: how soon it is ready, and what it takes while nobody asks.

use std::time::Duration;

use anyhow::{Context, Result};

use super::FULL_CASES;
use crate::bench::machine;
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 2] = [("start to ready", "≤ 1 s"), ("memory, idle", "≤ 60 MB")];

/// After this long the jobs of the start have run.
const SETTLE: Duration = Duration::from_secs(2);

/// From a server that was just started.
pub fn measure(engine: &'static str, process: u32, started: Duration, cases: u32) -> Result<Vec<Row>> {
    std::thread::sleep(SETTLE);
    let megabytes = machine::resident(process).context("the server's memory is not known")? * 1.048_576;
    let full = cases >= FULL_CASES;
    let row = |index: usize, measured: String, holds| Row {
        what: WANTED[index].0.to_owned(),
        engine,
        bar: WANTED[index].1.to_owned(),
        measured: format!("{measured}; {} cases", thousands(cases)),
        verdict: Verdict::of(holds, full),
    };
    Ok(vec![
        row(0, format!("{:.2} s", started.as_secs_f64()), started <= Duration::from_secs(1)),
        row(1, format!("{megabytes:.0} MB"), megabytes <= 60.0),
    ])
}
