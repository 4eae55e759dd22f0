//! What is measured, a file each.

use std::net::SocketAddr;
use std::time::Duration;

use super::driver::Run;
use super::latency::ms;
use super::people::People;
use super::table::thousands;

pub mod command;
pub mod dashboards;
pub mod import;
pub mod live;
pub mod next;
pub mod process;
pub mod queue;
pub mod site;

/// A server with a store to measure, and how much.
pub struct Given<'a> {
    /// The engine's name.
    pub engine: &'static str,
    /// Where the server listens.
    pub address: SocketAddr,
    /// Its process.
    pub process: u32,
    /// Who can sign in.
    pub people: &'a People,
    /// Cases in the store.
    pub cases: u32,
    /// How long each run takes.
    pub time: Duration,
    /// Streams of live notices.
    pub streams: u32,
}

impl Given<'_> {
    /// How long is run before what counts, so that statements are prepared and pages are read.
    fn warm_up(&self) -> Duration {
        (self.time / 10).clamp(Duration::from_millis(300), Duration::from_secs(1))
    }
}

/// Cases of the store the bars speak of.
const FULL_CASES: u32 = 2_000_000;

/// Median and p99 of a run in words, and whether the p99 is within so many milliseconds and nothing failed.
fn within(run: &Run, most: f64) -> (String, bool) {
    let Some([median, p99]) = run.latencies.percentiles([500, 990]) else {
        return ("nothing was answered".to_owned(), false);
    };
    let text = format!("p50 {:.1}, p99 {:.1} ms (n {}){}", ms(median), ms(p99), counted(run), failures(run));
    (text, ms(p99) <= most && run.failed == 0)
}

/// The rate of a run in words, and whether it is at least so many a second and nothing failed.
fn reaches(run: &Run, least: f64) -> (String, bool) {
    let rate = run.per_second();
    let text =
        format!("{rate:.0}/s (n {} in {:.1} s){}", counted(run), run.elapsed.as_secs_f64(), failures(run));
    (text, rate >= least && run.failed == 0)
}

fn counted(run: &Run) -> String {
    thousands(run.latencies.len() as u64)
}

fn failures(run: &Run) -> String {
    let what = run.failure.as_deref().unwrap_or_default();
    if run.failed == 0 { String::new() } else { format!("; {} failed: {what}", run.failed) }
}
