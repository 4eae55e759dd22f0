//! The same key gives the same answer, whatever happened meanwhile; another body is refused.

use serde_json::json;

use crate::support::case::{Held, Paper};
use crate::support::client::new_key;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_command_sent_again_is_done_once,
    a_registration_sent_again_is_one_case,
    get_next_sent_again_gives_the_same_case,
    a_key_belongs_to_one_request,
    sent_at_once_is_done_once,
    a_bulk_command_goes_on_where_it_stopped,
);

async fn a_command_sent_again_is_done_once(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    let (path, key) = (format!("{}/commands", case.path()), new_key());
    let claim = json!({ "claim": {} });
    let first = entry.command_with(&path, case.version, &claim, &key).await.expect_status(200);
    let second = entry.command_with(&path, case.version, &claim, &key).await.expect_status(200);
    assert_eq!(first.body["case"]["case"], second.body["case"]["case"]);
    assert_eq!(first.number("/version"), case.version + 1);
    // Also when the case has moved on since.
    let unclaim = json!({ "unclaim": {} });
    entry.command(&path, case.version + 1, &unclaim).await.expect_status(200);
    let third = entry.command_with(&path, case.version, &claim, &key).await.expect_status(200);
    assert_eq!(first.body["case"]["case"], third.body["case"]["case"]);
    assert_eq!(first.number("/version"), third.number("/version"));
    assert_eq!(third.body["case"]["plain"], json!({}));
}

async fn a_registration_sent_again_is_one_case(app: TestApp) {
    let (intake, key) = (app.intake_clerk("SH").await, new_key());
    let (body, more) = (Paper::new("SH", 1).registration(), [("idempotency-key", &*key)]);
    let first = intake.post_with("/api/cases", &body, &more).await.expect_status(200);
    let second = intake.post_with("/api/cases", &body, &more).await.expect_status(200);
    assert_eq!(first.text("/case/case/id"), second.text("/case/case/id"));
    let mine = intake.get("/api/queues/intake?tab=mine").await.expect_status(200);
    assert_eq!(mine.number("/count"), 1);
}

async fn get_next_sent_again_gives_the_same_case(app: TestApp) {
    for no in 1..=2 {
        Held::at(&app, Paper::new("SH", no), "entry").await;
    }
    let (entry, key) = (app.entry_clerk("SH").await, new_key());
    let more = [("idempotency-key", &*key)];
    let path = "/api/queues/entry/next";
    let first = entry.post_with(path, &json!({}), &more).await.expect_status(200);
    let second = entry.post_with(path, &json!({}), &more).await.expect_status(200);
    assert_eq!(first.text("/case/case/id"), second.text("/case/case/id"));
    assert_ne!(
        entry.next("entry").await.expect_status(200).text("/case/case/id"),
        first.text("/case/case/id")
    );
    assert_eq!(entry.next("entry").await.status, 204);
}

async fn a_key_belongs_to_one_request(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (entry, key) = (app.entry_clerk("SH").await, new_key());
    let path = format!("{}/commands", case.path());
    entry.command_with(&path, case.version, &json!({ "claim": {} }), &key).await.expect_status(200);
    let other = json!({ "add_note": { "text": "x" } });
    let reused = entry.command_with(&path, case.version, &other, &key).await;
    reused.expect_problem(422, "key-reused");
    // Another person's key is another key.
    let colleague = app.person("SH2002").await;
    let note = colleague.command_with(&path, case.version + 1, &other, &key).await;
    note.expect_status(200);
}

async fn sent_at_once_is_done_once(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (entry, key) = (app.entry_clerk("SH").await, new_key());
    let (path, note) = (format!("{}/commands", case.path()), json!({ "add_note": { "text": "一次" } }));
    let sent = (0..5).map(|_| entry.command_with(&path, case.version, &note, &key));
    for answer in futures::future::join_all(sent).await {
        assert_eq!(answer.expect_status(200).number("/version"), case.version + 1);
    }
    let view = entry.get(&case.path()).await.expect_status(200);
    assert_eq!(view.number("/case/version"), case.version + 1);
}

async fn a_bulk_command_goes_on_where_it_stopped(app: TestApp) {
    let mut cases = Vec::new();
    for no in 1..=3 {
        cases.push(Held::at(&app, Paper::new("SH", no), "entry").await);
    }
    let (entry, key) = (app.entry_clerk("SH").await, new_key());
    let more = [("idempotency-key", &*key)];
    let mut pairs: Vec<_> = cases.iter().map(|case| json!([case.id, case.version])).collect();
    pairs[1][1] = json!(1);
    let body = json!({ "cases": pairs, "command": { "claim": {} } });
    let first = entry.post_with("/api/cases/bulk", &body, &more).await.expect_status(200);
    assert_eq!(first.number("/0/version"), cases[0].version + 1);
    assert_eq!(first.text("/1/problem/slug"), "stale");
    assert_eq!(first.number("/2/version"), cases[2].version + 1);
    let second = entry.post_with("/api/cases/bulk", &body, &more).await.expect_status(200);
    assert_eq!(first.number("/0/version"), second.number("/0/version"));
    let release = json!({ "cases": [[cases[0].id, 1]], "command": { "unclaim": {} } });
    let single = entry.order("/api/cases/bulk", &json!({ "cases": [], "command": { "claim": {} } })).await;
    single.expect_problem(422, "invalid");
    entry.order("/api/cases/bulk", &release).await.expect_status(200);
    let not_for_several = json!({ "cases": [[cases[0].id, 1]], "command": { "add_note": { "text": "x" } } });
    entry.order("/api/cases/bulk", &not_for_several).await.expect_problem(422, "invalid");
}
