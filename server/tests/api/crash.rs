//! `kill -9` while people work: what was acknowledged is there, what was not is done by sending it again, once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use domain::time::{Timestamp, local_date};
use serde_json::{Value, json};
use server::source::Source;
use store::Engine;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::support::case::Paper;
use crate::support::client::{Answer, new_key};
use crate::support::department;
use crate::support::process::{Process, Wire, ran};
use crate::support::stores::{self, Place};

/// How many answers have been given when the server is killed, life by life; more are on their way by then.
const LIVES: [usize; 3] = [5, 42, 19];
/// Who works at a time, all over again after each case.
const CLERKS: [&str; 6] = ["SH1001", "SH1002", "BJ1001", "BJ1002", "SH1001", "BJ1002"];
/// Notes on each case.
const NOTES: u32 = 3;
/// Nothing takes as long.
const PATIENCE: Duration = Duration::from_secs(20);

static PAPERS: AtomicU32 = AtomicU32::new(1);

#[tokio::test]
async fn on_sqlite_nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    survive(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_postgres_nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    survive(Engine::Postgres).await;
}

async fn survive(engine: Engine) {
    let place = Place::new(engine).await;
    let store = place.open().await;
    // The process has the machine's clock.
    department::found(store.as_ref(), Source::system().now()).await;
    store.close().await;
    drop(store);
    let mut server = Process::serve(&place).await;
    let mut cookies = BTreeMap::new();
    for clerk in CLERKS {
        if !cookies.contains_key(clerk) {
            cookies.insert(clerk, server.sign_in(clerk).await);
        }
    }
    let (mut cases, mut events) = (0, 0);
    for answers in LIVES {
        let sent = work_until_killed(server, &cookies, answers).await;
        let acknowledged = sent.iter().filter(|sent| sent.answer.is_some()).count() as u64;
        assert!(acknowledged >= answers as u64);
        // As the crash left it: whole, everything acknowledged in it, and at most what was on its way besides.
        let (code, left) = ran(&place, &["verify", "--json"]).await;
        assert_eq!((code, &left["ok"]), (Some(0), &json!(true)), "{left}");
        let written = left["events"].as_u64().expect("a count") - events;
        assert!(
            (acknowledged..=sent.len() as u64).contains(&written),
            "{acknowledged} ≤ {written} ≤ {}",
            sent.len()
        );
        server = Process::serve(&place).await;
        everything_acknowledged_is_there(&server, &cookies, &sent).await;
        sent_again_it_is_done_once(&server, &cookies, &sent).await;
        cases += sent.iter().filter(|sent| sent.act.version.is_none()).count() as u64;
        events += sent.len() as u64;
        let (code, whole) = ran(&place, &["verify", "--json"]).await;
        assert_eq!((code, &whole["ok"]), (Some(0), &json!(true)), "{whole}");
        assert_eq!((whole["cases"].as_u64(), whole["events"].as_u64()), (Some(cases), Some(events)));
    }
    server.kill().await;
    stores::clear(place.database()).await;
}

/// A request, as often as it is sent.
#[derive(Clone)]
struct Act {
    clerk: &'static str,
    path: String,
    /// The version it was decided on; none for a registration.
    version: Option<u64>,
    body: Value,
    key: String,
}

/// What became of it: none where the server was gone before it answered.
struct Sent {
    act: Act,
    answer: Option<Answer>,
}

impl Act {
    fn registration(clerk: &'static str) -> Self {
        let now = Source::system().now();
        let unit = if clerk.starts_with("SH") { "SH" } else { "BJ" };
        let mut body = Paper::new(unit, PAPERS.fetch_add(1, Ordering::Relaxed)).registration();
        let earlier: Timestamp = now - TimeDelta::minutes(10);
        body["registration"]["received_at"] = json!(earlier);
        body["registration"]["applied_on"] = json!(local_date(earlier));
        Self { clerk, path: "/api/cases".to_owned(), version: None, body, key: new_key() }
    }

    fn note(clerk: &'static str, case: &str, version: u64) -> Self {
        let key = new_key();
        let body = json!({ "add_note": { "text": format!("备注 {key}") } });
        Self { clerk, path: format!("/api/cases/{case}/commands"), version: Some(version), body, key }
    }

    async fn send(&self, wire: &Wire) -> std::io::Result<Answer> {
        let version = self.version.map(|version| format!("\"{version}\""));
        let mut headers = vec![("idempotency-key", &*self.key)];
        headers.extend(version.as_deref().map(|version| ("if-match", version)));
        let answer = wire.post(&self.path, &self.body, &headers).await?;
        assert_eq!(answer.status, 200, "{}: {}", self.body, answer.body);
        Ok(answer)
    }
}

/// Clerks register and note as fast as they are answered; the server is killed once so many answers have come.
async fn work_until_killed(server: Process, cookies: &BTreeMap<&str, String>, answers: usize) -> Vec<Sent> {
    let (count, mut counted) = watch::channel(0);
    let count = Arc::new(count);
    let clerks: Vec<_> = CLERKS
        .into_iter()
        .map(|clerk| tokio::spawn(work(clerk, server.wire(&cookies[clerk]), Arc::clone(&count))))
        .collect();
    let enough = timeout(PATIENCE, counted.wait_for(|given| *given >= answers)).await;
    drop(enough.expect("the server answers in time").expect("somebody counts"));
    server.kill().await;
    let mut sent = Vec::new();
    for clerk in clerks {
        sent.extend(clerk.await.expect("a clerk goes home"));
    }
    sent
}

async fn work(clerk: &'static str, wire: Wire, count: Arc<watch::Sender<usize>>) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    let mut act = Act::registration(clerk);
    loop {
        let answer = act.send(&wire).await.ok();
        let Some(case) =
            answer.as_ref().map(|answer| (answer.text("/case/case/id"), answer.number("/version")))
        else {
            sent.push(Sent { act, answer });
            return sent;
        };
        count.send_modify(|given| *given += 1);
        sent.push(Sent { act, answer });
        let (id, version) = case;
        act = if version <= u64::from(NOTES) {
            Act::note(clerk, &id, version)
        } else {
            Act::registration(clerk)
        };
    }
}

async fn everything_acknowledged_is_there(server: &Process, cookies: &BTreeMap<&str, String>, sent: &[Sent]) {
    for Sent { act, answer } in sent {
        let Some(answer) = answer else { continue };
        let wire = server.wire(&cookies[act.clerk]);
        let id = answer.text("/case/case/id");
        let view = wire.get(&format!("/api/cases/{id}")).await.expect("an answer").expect_status(200);
        assert_eq!(view.text("/case/number"), answer.text("/case/case/number"));
        let version = usize::try_from(answer.number("/version")).expect("a small version");
        let event = &view.body["events"][version - 1];
        assert_eq!(event["by"], json!({ "person": act.clerk }));
        if let Some(text) = act.body.pointer("/add_note/text") {
            assert_eq!(&event["fact"]["noted"]["text"], text);
        }
    }
}

/// The same key once more gives the answer given before; of what was cut off, the one that was not heard.
async fn sent_again_it_is_done_once(server: &Process, cookies: &BTreeMap<&str, String>, sent: &[Sent]) {
    for Sent { act, answer } in sent {
        let wire = server.wire(&cookies[act.clerk]);
        let again = act.send(&wire).await.expect("an answer");
        let known = match answer {
            Some(answer) => answer.body.clone(),
            None => act.send(&wire).await.expect("an answer").body,
        };
        assert_eq!(again.body["version"], known["version"]);
        assert_eq!(again.body["case"]["case"], known["case"]["case"]);
    }
}
