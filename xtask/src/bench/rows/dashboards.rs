//! Dashboards: how long they take, and that it does not grow with the store.

use std::rc::Rc;

use anyhow::Result;

use super::{FULL_CASES, Given, within};
use crate::bench::driver::{Load, Outcome, Run, steady};
use crate::bench::http::{Answer, Request};
use crate::bench::latency::ms;
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 2] = [("dashboard backlog", BAR), ("dashboard quality", BAR)];

const BAR: &str = "p99 ≤ 30 ms, ≤ 1.5× of a small store";
const PATHS: [&str; 2] = ["/api/dashboards/backlog", "/api/dashboards/quality"];
const PER_SECOND: u32 = 20;

/// A store's dashboards, each asked for by who sees everything.
pub struct Timed {
    runs: [Run; 2],
    cases: u32,
}

struct Dashboard {
    path: &'static str,
    cookie: Rc<str>,
}

impl Load for Dashboard {
    type Ticket = ();

    fn ask(&self) -> Option<(Request, ())> {
        Some((Request::get(self.path, &self.cookie), ()))
    }

    fn told(&self, (): (), answer: &Answer) -> Outcome {
        if answer.status == 200 { Outcome::Done } else { Outcome::Wrong(answer.told()) }
    }
}

/// Times them at a modest rate.
pub async fn time(given: &Given<'_>) -> Result<Timed> {
    let cookie = given.people.sign_in(given.address, &given.people.manager).await?;
    let mut runs = [Run::default(), Run::default()];
    for (path, run) in PATHS.into_iter().zip(&mut runs) {
        let load = Rc::new(Dashboard { path, cookie: Rc::clone(&cookie) });
        steady(given.address, &load, PER_SECOND, given.warm_up(), 2).await?;
        *run = steady(given.address, &load, PER_SECOND, given.time, 2).await?;
    }
    Ok(Timed { runs, cases: given.cases })
}

/// Compares the large store with the small one, by medians: with few requests a p99 is one request.
pub fn compare(engine: &'static str, small: &Timed, large: &Timed) -> Vec<Row> {
    let pairs = small.runs.iter().zip(&large.runs).zip(WANTED);
    let rows = pairs.map(|((small_run, run), (what, bar))| {
        let (text, holds) = within(run, 30.0);
        let median = |run: &Run| run.latencies.percentiles([500]).map(|[median]| ms(median));
        let ratio = median(run).zip(median(small_run)).map_or(f64::INFINITY, |(large, small)| large / small);
        let sizes = (thousands(large.cases), thousands(small.cases));
        Row {
            what: what.to_owned(),
            engine,
            bar: bar.to_owned(),
            measured: format!("{text}; {} cases, {ratio:.1}× of {} (p50)", sizes.0, sizes.1),
            verdict: Verdict::of(holds && ratio <= 1.5, large.cases >= FULL_CASES),
        }
    });
    rows.collect()
}
