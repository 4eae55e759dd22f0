//! Live notices: told after the commit, to whoever sees the unit, resumed where they were cut.

use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use futures::StreamExt as _;
use serde_json::{Value, json};
use server::live::Told;

use crate::support::case::{Held, Paper};
use crate::support::client::Client;
use crate::support::{PATIENCE, TestApp, on_both_engines};

on_both_engines!(
    a_change_is_told_to_its_unit_alone,
    a_cut_stream_is_resumed,
    who_missed_too_much_fetches_anew,
    a_stopping_server_ends_its_streams,
);

/// Waits until a version of a case has been told.
async fn told(app: &TestApp, id: &str, version: u64) {
    let mut heard = app.app.hub().listen();
    app.hears(|| {
        while let Ok(told) = heard.try_recv() {
            if matches!(told, Told::Change(entry) if entry.id.to_string() == id && entry.version == version) {
                return true;
            }
        }
        false
    })
    .await;
}

struct Stream(BodyDataStream, String);

impl Stream {
    async fn open(client: &Client, last: Option<&str>) -> Self {
        let mut request = client.request(Method::GET, "/api/live");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = client.stream(request.body(Body::empty())).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response.into_body().into_data_stream(), String::new())
    }

    /// The next event: name, id, data. None when the stream has ended.
    async fn next(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((event, rest)) = self.1.split_once("\n\n") {
                let field = |name: &str| {
                    let line = event.lines().find_map(|line| line.strip_prefix(name));
                    line.map(|value| value.trim().to_owned()).unwrap_or_default()
                };
                let found = (
                    field("event:"),
                    field("id:"),
                    serde_json::from_str(&field("data:")).unwrap_or(Value::Null),
                );
                self.1 = rest.to_string();
                if found.0.is_empty() {
                    continue;
                }
                return Some(found);
            }
            let bytes = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("a word in time");
            let bytes = bytes?.expect("a stream is read");
            self.1.push_str(std::str::from_utf8(&bytes).expect("a stream is text"));
        }
    }
}

async fn a_change_is_told_to_its_unit_alone(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    told(&app, &case.id, case.version).await;
    let (ours, theirs) = (app.entry_clerk("SH").await, app.entry_clerk("BJ").await);
    let mut here = Stream::open(&ours, None).await;
    let mut there = Stream::open(&theirs, None).await;
    assert_eq!(here.next().await.expect("a first word").0, "ready");
    assert_eq!(there.next().await.expect("a first word").0, "ready");
    case.try_command(&ours, &json!({ "claim": {} })).await.expect_status(200);
    let beijing = Held::at(&app, Paper::new("BJ", 2), "entry").await;
    told(&app, &beijing.id, beijing.version).await;
    let (event, id, data) = here.next().await.expect("a change");
    assert_eq!((event.as_str(), data["id"].as_str()), ("change", Some(&*case.id)));
    assert_eq!(data["version"], case.version + 1);
    assert_eq!(data["queues"], json!(["entry"]));
    assert_eq!(data["seq"].to_string(), id);
    let (_, _, data) = there.next().await.expect("a change");
    assert_eq!(data["id"], json!(beijing.id));
}

async fn a_cut_stream_is_resumed(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    told(&app, &case.id, case.version).await;
    let entry = app.entry_clerk("SH").await;
    let (_, cut, _) = Stream::open(&entry, None).await.next().await.expect("a first word");
    case.claimed(&entry).await;
    case.command(&entry, json!({ "unclaim": {} })).await;
    told(&app, &case.id, case.version).await;
    let mut resumed = Stream::open(&entry, Some(&cut)).await;
    for version in [case.version - 1, case.version] {
        let (event, _, data) = resumed.next().await.expect("a change");
        assert_eq!((event.as_str(), data["version"].as_u64()), ("change", Some(version)));
    }
}

async fn who_missed_too_much_fetches_anew(app: TestApp) {
    let entry = app.entry_clerk("SH").await;
    let mut lost = Stream::open(&entry, Some("rubbish")).await;
    let events = [lost.next().await.expect("a word").0, lost.next().await.expect("a word").0];
    assert_eq!(events, ["ready", "resync"]);
}

async fn a_stopping_server_ends_its_streams(app: TestApp) {
    let entry = app.entry_clerk("SH").await;
    let mut stream = Stream::open(&entry, None).await;
    assert_eq!(stream.next().await.expect("a first word").0, "ready");
    app.app.hub().close();
    assert!(stream.next().await.is_none());
}
