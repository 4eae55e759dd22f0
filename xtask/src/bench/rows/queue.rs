//! A page of a queue: what every screen of work begins with.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{FULL_CASES, Given, reaches, within};
use crate::bench::driver::{Load, Outcome, peak, steady};
use crate::bench::http::{Answer, Connection, Request};
use crate::bench::people::Person;
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 2] =
    [("queue page of 50", "p99 ≤ 5 ms at 500/s"), ("queue page of 50, peak", "≥ 2,000/s")];

/// Open cases the bar speaks of.
const FULL_OPEN: u64 = 10_000;
const PER_SECOND: u32 = 500;
const CONNECTIONS: usize = 32;
const PATH: &str = "/api/queues/intake?tab=todo&limit=50";

struct Page {
    cookie: Rc<str>,
}

impl Load for Page {
    type Ticket = ();

    fn ask(&self) -> Option<(Request, ())> {
        Some((Request::get(PATH, &self.cookie), ()))
    }

    fn told(&self, (): (), answer: &Answer) -> Outcome {
        if answer.status == 200 { Outcome::Done } else { Outcome::Wrong(answer.told()) }
    }
}

#[derive(Deserialize)]
struct Told {
    items: Vec<IgnoredAny>,
    count: u64,
}

/// Of who sees all of the queue, and of a clerk, who sees a part.
pub async fn measure(given: &Given<'_>) -> Result<Vec<Row>> {
    let mut rows = of(given, "all units", &given.people.manager).await?;
    rows.extend(of(given, "one branch", &given.people.clerks[0]).await?);
    Ok(rows)
}

async fn of(given: &Given<'_>, whose: &str, person: &Person) -> Result<Vec<Row>> {
    let load = Rc::new(Page { cookie: given.people.sign_in(given.address, person).await? });
    let first = Connection::open(given.address).await?.send(Request::get(PATH, &load.cookie)).await?;
    let page: Told = serde_json::from_slice(&first.expect(200)?.body)?;
    ensure!(page.items.len() == 50, "the page has {} rows: too few cases are open", page.items.len());
    let full = page.count >= FULL_OPEN && given.cases >= FULL_CASES;
    let size = format!("{} open of {}", thousands(page.count), thousands(given.cases));

    steady(given.address, &load, PER_SECOND, given.warm_up(), CONNECTIONS).await?;
    let even = steady(given.address, &load, PER_SECOND, given.time, CONNECTIONS).await?;
    let most = peak(given.address, &load, given.time, CONNECTIONS).await?;
    let row = |index: usize, (text, holds): (String, bool)| Row {
        what: format!("{}, {whose}", WANTED[index].0),
        engine: given.engine,
        bar: WANTED[index].1.to_owned(),
        measured: format!("{text}; {size}"),
        verdict: Verdict::of(holds, full),
    };
    Ok(vec![row(0, within(&even, 5.0)), row(1, reaches(&most, 2_000.0))])
}
