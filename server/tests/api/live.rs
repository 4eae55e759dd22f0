//! Live notices: told after the commit, to whoever sees the unit, resumed where they were cut.

use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use futures::StreamExt as _;
use serde_json::{Value, json};
use server::live::Told;

use crate::support::case::{Held, Paper};
use crate::support::client::Client;
use crate::support::department::PASSWORD;
use crate::support::{PATIENCE, TestApp, on_both_engines};

on_both_engines!(
    a_change_is_told_to_its_unit_alone,
    a_cut_stream_is_resumed,
    who_missed_too_much_fetches_anew,
    who_is_ahead_of_the_feed_fetches_anew,
    a_stopping_server_ends_its_streams,
    a_stream_ends_with_its_session_whatever_ends_it,
    a_stream_follows_its_persons_scope,
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
                let data = field("data:");
                let json = serde_json::from_str(&data).unwrap_or(Value::Null);
                let found = (field("event:"), field("id:"), json);
                self.1 = rest.to_string();
                // As browsers do: comments, and whatever has no data, are passed over.
                if data.is_empty() {
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

async fn who_is_ahead_of_the_feed_fetches_anew(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    told(&app, &case.id, case.version).await;
    let entry = app.entry_clerk("SH").await;
    let end = app.app.hub().end();
    for ahead in [end + 100_000_000, i64::MAX] {
        // As after a store was put back from a copy: what this browser knows has not happened there.
        let mut lost = Stream::open(&entry, Some(&ahead.to_string())).await;
        let (_, id, _) = lost.next().await.expect("a word");
        assert_eq!(id, end.to_string());
        assert_eq!(lost.next().await.expect("a word").0, "resync", "{ahead}");
    }
    // Where another server has read further than this one, nothing is lost: the next change is simply told.
    case.try_command(&entry, &json!({ "claim": {} })).await.expect_status(200);
    let further = app.app.store().feed_end().await.expect("the feed has an end");
    let mut resumed = Stream::open(&entry, Some(&further.to_string())).await;
    case_changes(&app, &case, &entry).await;
    assert_eq!(resumed.next().await.expect("a change").0, "change");
}

/// The claim is given back.
async fn case_changes(app: &TestApp, case: &Held, entry: &Client) {
    let claimed = Held { version: case.version + 1, ..case.clone() };
    claimed.try_command(entry, &json!({ "unclaim": {} })).await.expect_status(200);
    told(app, &case.id, case.version + 2).await;
}

async fn a_stopping_server_ends_its_streams(app: TestApp) {
    let entry = app.entry_clerk("SH").await;
    let mut stream = Stream::open(&entry, None).await;
    assert_eq!(stream.next().await.expect("a first word").0, "ready");
    app.app.hub().close();
    assert!(stream.next().await.is_none());
}

/// Well below the time after which a stream asks by itself: what ends it is told.
const AT_ONCE: std::time::Duration = std::time::Duration::from_secs(8);

/// The next word of a stream while the feed is followed, as a running server does.
async fn next_told(app: &TestApp, stream: &mut Stream) -> Option<String> {
    let follow = async {
        loop {
            server::live::poll(&app.app).await.expect("the feed is read");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let word = async { stream.next().await.map(|(event, ..)| event) };
    tokio::time::timeout(AT_ONCE, async {
        tokio::select! { word = word => word, () = follow => None }
    })
    .await
    .expect("a word at once")
}

async fn a_stream_ends_with_its_session_whatever_ends_it(app: TestApp) {
    let open = async |client: &Client| {
        let mut stream = Stream::open(client, None).await;
        assert_eq!(stream.next().await.expect("a first word").0, "ready");
        stream
    };
    // Signed out in another window of the same browser.
    let clerk = app.entry_clerk("SH").await;
    let other = app.person("SH2002").await;
    let (mut stream, mut neighbour) = (open(&clerk).await, open(&other).await);
    clerk.sign_out().await.expect_status(204);
    assert_eq!(next_told(&app, &mut stream).await.as_deref(), Some("ended"));
    assert_eq!(next_told(&app, &mut stream).await, None);
    // Ended from another device.
    let (here, there) = (app.entry_clerk("SH").await, app.entry_clerk("SH").await);
    let mut stream = open(&there).await;
    let list = here.get("/api/sessions").await.expect_status(200).body;
    let ours = list.as_array().expect("a list").iter().find(|one| one["current"] == json!(false));
    let id = ours.expect("the other session")["id"].as_str().expect("an id").to_owned();
    here.delete(&format!("/api/sessions/{id}")).await.expect_status(204);
    assert_eq!(next_told(&app, &mut stream).await.as_deref(), Some("ended"));
    // The password was changed elsewhere.
    let there = app.entry_clerk("SH").await;
    let mut stream = open(&there).await;
    let change = json!({ "current": PASSWORD, "new": "seven blue cups on a shelf" });
    here.post("/api/password", &change).await.expect_status(200);
    assert_eq!(next_told(&app, &mut stream).await.as_deref(), Some("ended"));
    // Shut out.
    let clerk = app.servicing_clerk("SH").await;
    let mut stream = open(&clerk).await;
    server::cli::user::shut_out(app.app.store().as_ref(), app.app.source(), &"SH3001".into())
        .await
        .expect("a person is shut out");
    assert_eq!(next_told(&app, &mut stream).await.as_deref(), Some("ended"));
    // Nobody else's stream ended.
    let case = Held::registered(&app.intake_clerk("SH").await, Paper::new("SH", 1)).await;
    assert_eq!(next_told(&app, &mut neighbour).await.as_deref(), Some("change"), "{}", case.id);
}

async fn a_stream_follows_its_persons_scope(app: TestApp) {
    use store::{FeedEntry, StoreExt as _, WriteError};
    let clerk = app.entry_clerk("SH").await;
    let mut stream = Stream::open(&clerk, None).await;
    assert_eq!(stream.next().await.expect("a first word").0, "ready");
    // Moved to Beijing: from then on nothing of Shanghai is told.
    let mut record = app.app.store().person(&"SH2001".into()).await.expect("read").expect("the clerk");
    record.scope = ["BJ".into()].into();
    let notice = FeedEntry {
        seq: 0,
        at: app.app.source().now(),
        aggregate: "people".to_owned(),
        id: uuid::Uuid::nil(),
        version: 1,
        queues: Vec::new(),
        unit: "SH".into(),
        accepting: "SH".into(),
    };
    app.app
        .store()
        .write(move |tx| {
            let (record, notice) = (record.clone(), notice.clone());
            Box::pin(async move {
                tx.put_person(&record).await?;
                tx.notice(&notice).await?;
                Ok::<_, WriteError<server::error::Error>>(())
            })
        })
        .await
        .expect("a person is moved");
    let scope = std::collections::BTreeSet::from(["BJ".into()]);
    app.hears(|| app.app.directory().person(&"SH2001".into()).is_some_and(|person| person.scope == scope))
        .await;
    Held::registered(&app.intake_clerk("SH").await, Paper::new("SH", 1)).await;
    let beijing = Held::registered(&app.intake_clerk("BJ").await, Paper::new("BJ", 2)).await;
    let first = async {
        loop {
            server::live::poll(&app.app).await.expect("the feed is read");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let (event, _, data) = tokio::select! {
        told = stream.next() => told.expect("a change"),
        () = first => unreachable!("it follows for ever"),
    };
    assert_eq!((event.as_str(), data["id"].as_str()), ("change", Some(&*beijing.id)));
}
