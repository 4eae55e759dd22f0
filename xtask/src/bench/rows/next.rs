//! Get-next: the next case for whoever asks, written down before it is shown, and given to nobody else.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::command::Held;
use super::{Given, reaches, within};
use crate::bench::driver::{Load, Outcome, peak, steady};
use crate::bench::http::{Answer, Request};
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 3] = [
    ("get-next", "p99 ≤ 25 ms at 200/s"),
    ("get-next, peak with 64 clients", "≥ 1,000/s"),
    ("get-next, double claims", "none in 200,000"),
];

const FULL_CLAIMS: usize = 200_000;
const PER_SECOND: u32 = 200;
const CLIENTS: usize = 64;

/// Cases that have to wait at Intake for runs of that time.
pub fn cases_for(time: Duration) -> u32 {
    let seconds = u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
    // At the steady rate with the run before it, and for the peak somewhat more than its bar.
    seconds.saturating_mul(PER_SECOND + PER_SECOND / 5 + 1_200).saturating_add(1_000)
}

/// Clerks who ask in turn until there is nothing left for any of them.
pub struct Next {
    name: &'static str,
    clerks: Vec<Rc<str>>,
    dry: RefCell<Vec<bool>>,
    turn: Cell<usize>,
    keys: Cell<u64>,
    seen: RefCell<HashSet<String>>,
    /// What was given, with who holds it.
    pub held: RefCell<Vec<Held>>,
    /// Cases given to a second person.
    pub twice: Cell<usize>,
}

impl Next {
    /// With the cookies of the clerks; the name tells the keys of one run from those of another.
    pub fn new(name: &'static str, clerks: Vec<Rc<str>>) -> Self {
        Self {
            name,
            dry: RefCell::new(vec![false; clerks.len()]),
            clerks,
            turn: Cell::default(),
            keys: Cell::default(),
            seen: RefCell::default(),
            held: RefCell::default(),
            twice: Cell::default(),
        }
    }

    /// Whose turn it is, of those for whom there may be something.
    fn clerk(&self) -> Option<usize> {
        let (count, dry) = (self.clerks.len(), self.dry.borrow());
        let found = (0..count).map(|step| (self.turn.get() + step) % count).find(|clerk| !dry[*clerk])?;
        self.turn.set(found + 1);
        Some(found)
    }
}

#[derive(Deserialize)]
struct Answered {
    case: View,
}

#[derive(Deserialize)]
struct View {
    case: Case,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    version: u64,
}

impl Load for Next {
    type Ticket = usize;

    fn ask(&self) -> Option<(Request, usize)> {
        let clerk = self.clerk()?;
        let key = self.keys.replace(self.keys.get() + 1);
        let request = Request::post("/api/queues/intake/next", &self.clerks[clerk], "{}")
            .with("idempotency-key", format!("bench-{}-{key}", self.name));
        Some((request, clerk))
    }

    fn told(&self, clerk: usize, answer: &Answer) -> Outcome {
        if answer.status == 204 {
            self.dry.borrow_mut()[clerk] = true;
            return Outcome::Nothing;
        }
        if answer.status != 200 {
            return Outcome::Wrong(answer.told());
        }
        let case = match serde_json::from_slice::<Answered>(&answer.body) {
            Ok(given) => given.case.case,
            Err(error) => return Outcome::Wrong(error.to_string()),
        };
        if !self.seen.borrow_mut().insert(case.id.clone()) {
            self.twice.set(self.twice.get() + 1);
        }
        let cookie = Rc::clone(&self.clerks[clerk]);
        self.held.borrow_mut().push(Held { id: case.id, version: case.version, cookie });
        Outcome::Done
    }
}

/// At a steady rate, then as fast as it goes; gives the cases that are held now, too.
pub async fn measure(given: &Given<'_>) -> Result<(Vec<Row>, Vec<Held>)> {
    let clerks = given.people.sign_in_all(given.address, &given.people.clerks).await?;
    let count = clerks.len();
    let load = Rc::new(Next::new("next", clerks));
    steady(given.address, &load, PER_SECOND, given.warm_up(), CLIENTS).await?;
    let even = steady(given.address, &load, PER_SECOND, given.time, CLIENTS).await?;
    let most = peak(given.address, &load, given.time, CLIENTS).await?;
    let claims = load.held.borrow().len();
    ensure!(claims > 0, "nothing was given: {}", most.failure.unwrap_or_default());
    let whom = format!("{count} clerks");
    let row = |index: usize, measured: String, verdict| Row {
        what: WANTED[index].0.to_owned(),
        engine: given.engine,
        bar: WANTED[index].1.to_owned(),
        measured,
        verdict,
    };
    let (text, holds) = within(&even, 25.0);
    let (rate, enough) = reaches(&most, 1_000.0);
    let rows = vec![
        row(0, format!("{text}; {whom}"), Verdict::of(holds, true)),
        row(1, format!("{rate}; {whom}"), Verdict::of(enough, true)),
        row(
            2,
            format!("{} in {}", load.twice.get(), thousands(claims as u64)),
            Verdict::of(load.twice.get() == 0, claims >= FULL_CLAIMS),
        ),
    ];
    Ok((rows, load.held.take()))
}

#[cfg(test)]
mod tests {
    use hyper::body::Bytes;

    use super::*;

    fn answer(status: u16, body: &'static str) -> Answer {
        Answer { status, cookie: None, body: Bytes::from_static(body.as_bytes()) }
    }

    #[test]
    fn clerks_ask_in_turn_until_each_has_found_nothing() {
        let next = Next::new("test", vec![Rc::from("sid=first-clerk"), Rc::from("sid=second-clerk")]);
        let turns: Vec<usize> = (0..3).map(|_| next.ask().unwrap().1).collect();
        assert_eq!(turns, [0, 1, 0]);
        assert_eq!(next.told(0, &answer(204, "")), Outcome::Nothing);
        assert_eq!([next.ask().unwrap().1, next.ask().unwrap().1], [1, 1]);
        assert_eq!(next.told(1, &answer(204, "")), Outcome::Nothing);
        assert!(next.ask().is_none());
    }

    #[test]
    fn a_case_given_twice_is_noticed() {
        let next = Next::new("test", vec![Rc::from("sid=first-clerk")]);
        let body = r#"{"case":{"case":{"id":"a","version":3,"more":[]}},"reason":[]}"#;
        assert_eq!(next.told(0, &answer(200, body)), Outcome::Done);
        assert_eq!(next.twice.get(), 0);
        assert_eq!(next.told(0, &answer(200, body)), Outcome::Done);
        assert_eq!(next.twice.get(), 1);
        assert!(matches!(next.told(0, &answer(500, "broken")), Outcome::Wrong(_)));
    }
}
