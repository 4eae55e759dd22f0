//! Live notices: how long after a command everybody else's browser knows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde::Deserialize;
use tokio::task::JoinSet;

use super::Given;
use super::command::Notes;
use super::next::Next;
use crate::bench::driver::{Load, steady};
use crate::bench::http::{Connection, Request};
use crate::bench::latency::{Latencies, ms};
use crate::bench::machine;
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 2] =
    [("live update", "p99 ≤ 1 s, 1,000 streams"), ("live stream, memory each", "≤ 40 KB")];

const FULL_STREAMS: u32 = 1_000;
/// Commands a second while the streams listen.
const PER_SECOND: u32 = 5;
const CASES: usize = 20;

/// What a stream was told: the data of a notice, and when it came.
type Seen = Rc<RefCell<Vec<(Instant, String)>>>;

#[derive(Deserialize)]
struct Notice {
    id: String,
    version: u64,
}

/// Opens the streams of those who lead a branch, then has a clerk of it send commands.
pub async fn measure(given: &Given<'_>) -> Result<Vec<Row>> {
    let people = given.people;
    let clerk = &people.clerks[0];
    let viewers: Vec<_> = people.leading.iter().filter(|one| one.unit == clerk.unit).cloned().collect();
    ensure!(!viewers.is_empty(), "nobody leads {}", clerk.unit);
    let viewers = people.sign_in_all(given.address, &viewers).await?;
    let notes = Rc::new(Notes::new("live", claim(given).await?));

    let before = machine::resident(given.process).context("the server's memory is not known")?;
    let seen: Seen = Rc::default();
    let mut streams = JoinSet::new();
    for number in 0..given.streams {
        let cookie = Rc::clone(&viewers[number as usize % viewers.len()]);
        let body = open(given.address, &cookie).await?;
        let seen = Rc::clone(&seen);
        streams.spawn_local(async move { listen(body, &seen).await });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = machine::resident(given.process).context("the server's memory is not known")?;

    // What the claims had to tell came late or not; it is none of the commands'.
    seen.borrow_mut().clear();
    let run = steady(given.address, &notes, PER_SECOND, given.time, 8).await?;
    let expected = notes.carried.borrow().len() * given.streams as usize;
    // Notices still under way; what has not come by then is late or lost.
    let end = Instant::now() + Duration::from_secs(3);
    while seen.borrow().len() < expected && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    streams.abort_all();
    ensure!(run.failed == 0, "{} commands failed: {}", run.failed, run.failure.unwrap_or_default());

    let latencies = join(&notes, &seen.borrow());
    let lost = expected.saturating_sub(latencies.len());
    let [median, p99] = latencies.percentiles([500, 990]).context("no notice was seen")?;
    let full = given.streams >= FULL_STREAMS;
    let kilobytes = (after - before).max(0.0) * 1_048.576 / f64::from(given.streams);
    let streams = format!("{} streams", thousands(given.streams));
    let row = |index: usize, measured: String, holds| Row {
        what: WANTED[index].0.to_owned(),
        engine: given.engine,
        bar: WANTED[index].1.to_owned(),
        measured,
        verdict: Verdict::of(holds, full),
    };
    Ok(vec![
        row(
            0,
            format!(
                "p50 {:.0}, p99 {:.0} ms after the command was sent (n {} on {streams}); {lost} lost",
                ms(median),
                ms(p99),
                thousands(latencies.len() as u64)
            ),
            p99 <= Duration::from_secs(1) && lost == 0,
        ),
        row(1, format!("{kilobytes:.0} KB ({streams})"), kilobytes <= 40.0),
    ])
}

/// Cases for the commands, taken one after the other by a clerk.
async fn claim(given: &Given<'_>) -> Result<Vec<super::command::Held>> {
    let cookie = given.people.sign_in(given.address, &given.people.clerks[0]).await?;
    let next = Next::new("live-claim", vec![cookie]);
    let mut connection = Connection::open(given.address).await?;
    for _ in 0..CASES {
        let Some((request, ticket)) = next.ask() else { break };
        let answer = connection.send(request).await?;
        next.told(ticket, &answer);
    }
    let held = next.held.take();
    ensure!(held.len() == CASES, "{} cases could be taken of {CASES}", held.len());
    Ok(held)
}

async fn open(address: SocketAddr, cookie: &Rc<str>) -> Result<Incoming> {
    let response = Connection::open(address).await?.begin(Request::get("/api/live", cookie)).await?;
    ensure!(response.status() == 200, "a stream answers {}", response.status());
    let mut body = response.into_body();
    // `ready` comes first: from then on nothing is missed.
    let first = body.frame().await.context("a stream ended at once")??;
    ensure!(first.data_ref().is_some_and(|data| data.starts_with(b"event: ready")), "a stream is not ready");
    Ok(body)
}

async fn listen(mut body: Incoming, seen: &Seen) {
    let mut text = String::new();
    while let Some(Ok(frame)) = body.frame().await {
        let now = Instant::now();
        text.push_str(&frame.data_ref().map(|data| String::from_utf8_lossy(data)).unwrap_or_default());
        while let Some(end) = text.find("\n\n") {
            if let Some(data) = change(&text[..end]) {
                seen.borrow_mut().push((now, data.to_owned()));
            }
            text.drain(..end + 2);
        }
    }
}

/// The data of a `change`; none of another event.
fn change(event: &str) -> Option<&str> {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    (field("event") == Some("change")).then(|| field("data"))?
}

/// From sending a command to each stream's notice of it.
fn join(notes: &Notes, seen: &[(Instant, String)]) -> Latencies {
    let carried = notes.carried.borrow();
    let sent: HashMap<(&str, u64), Instant> =
        carried.iter().map(|one| ((one.id.as_str(), one.version), one.sent)).collect();
    let mut latencies = Latencies::default();
    for (when, data) in seen {
        if let Ok(notice) = serde_json::from_str::<Notice>(data)
            && let Some(sent) = sent.get(&(notice.id.as_str(), notice.version))
        {
            latencies.push(*when - *sent);
        }
    }
    latencies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::rows::command::Carried;

    #[test]
    fn only_changes_carry_a_notice() {
        assert_eq!(change("event: change\nid: 7\ndata: {\"seq\":7}"), Some("{\"seq\":7}"));
        assert_eq!(change("event: resync\nid: 7\ndata: "), None);
        assert_eq!(change(":"), None);
    }

    #[test]
    fn notices_are_counted_from_their_command() {
        let (notes, sent) = (Notes::new("test", Vec::new()), Instant::now());
        notes.carried.borrow_mut().push(Carried { id: "a".to_owned(), version: 4, sent });
        let later = sent + Duration::from_millis(120);
        let told = |version| (later, format!(r#"{{"seq":1,"id":"a","version":{version},"queues":[]}}"#));
        let latencies = join(&notes, &[told(4), told(3), told(4)]);
        assert_eq!(latencies.len(), 2);
        assert_eq!(latencies.percentiles([990]), Some([Duration::from_millis(120)]));
    }
}
