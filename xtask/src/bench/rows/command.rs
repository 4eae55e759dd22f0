//! Commands on cases: notes, each on the version that the one before left.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Instant;

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::{Given, reaches, within};
use crate::bench::driver::{Load, Outcome, peak, steady};
use crate::bench::http::{Answer, Request};
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 2] = [
    ("case command (note)", "p99 ≤ 25 ms at 200/s"),
    ("case command (note), peak with 64 clients", "≥ 1,000/s"),
];

const PER_SECOND: u32 = 200;
const CLIENTS: usize = 64;
const NOTE: &str = r#"{"add_note":{"text":"已电话核对，资料齐全"}}"#;

/// A case somebody holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u64,
    /// The holder's cookie.
    pub cookie: Rc<str>,
}

/// A command that was carried out.
#[derive(Clone, Debug)]
pub struct Carried {
    /// On which case.
    pub id: String,
    /// The version it made.
    pub version: u64,
    /// When it was sent.
    pub sent: Instant,
}

/// Notes on cases in turn. A case is out of the row while its answer is awaited, so that no command is stale.
pub struct Notes {
    name: &'static str,
    cases: RefCell<VecDeque<Held>>,
    keys: Cell<u64>,
    /// What was carried out.
    pub carried: RefCell<Vec<Carried>>,
}

impl Notes {
    /// On these cases; the name tells the keys of one run from those of another.
    pub fn new(name: &'static str, cases: Vec<Held>) -> Self {
        Self { name, cases: RefCell::new(cases.into()), keys: Cell::default(), carried: RefCell::default() }
    }
}

#[derive(Deserialize)]
struct Done {
    version: u64,
}

impl Load for Notes {
    type Ticket = (Held, Instant);

    fn ask(&self) -> Option<(Request, Self::Ticket)> {
        let case = self.cases.borrow_mut().pop_front()?;
        let key = self.keys.replace(self.keys.get() + 1);
        let request = Request::post(format!("/api/cases/{}/commands", case.id), &case.cookie, NOTE)
            .with("idempotency-key", format!("bench-{}-{key}", self.name))
            .with("if-match", format!("\"{}\"", case.version));
        Some((request, (case, Instant::now())))
    }

    fn told(&self, (mut case, sent): Self::Ticket, answer: &Answer) -> Outcome {
        if answer.status != 200 {
            // Whatever it says, the version is not known any more: the case is not used again.
            return Outcome::Wrong(answer.told());
        }
        match serde_json::from_slice::<Done>(&answer.body) {
            Ok(done) => case.version = done.version,
            Err(error) => return Outcome::Wrong(error.to_string()),
        }
        self.carried.borrow_mut().push(Carried { id: case.id.clone(), version: case.version, sent });
        self.cases.borrow_mut().push_back(case);
        Outcome::Done
    }
}

/// At a steady rate, then as fast as it goes.
pub async fn measure(given: &Given<'_>, held: Vec<Held>) -> Result<Vec<Row>> {
    ensure!(held.len() >= 4 * CLIENTS, "{} cases are held: too few for {CLIENTS} clients", held.len());
    let cases = thousands(held.len() as u64);
    let load = Rc::new(Notes::new("command", held));
    steady(given.address, &load, PER_SECOND, given.warm_up(), CLIENTS).await?;
    let even = steady(given.address, &load, PER_SECOND, given.time, CLIENTS).await?;
    let most = peak(given.address, &load, given.time, CLIENTS).await?;
    let row = |index: usize, (text, holds): (String, bool)| Row {
        what: WANTED[index].0.to_owned(),
        engine: given.engine,
        bar: WANTED[index].1.to_owned(),
        measured: format!("{text}; {cases} cases"),
        verdict: Verdict::of(holds, true),
    };
    Ok(vec![row(0, within(&even, 25.0)), row(1, reaches(&most, 1_000.0))])
}
