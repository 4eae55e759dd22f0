//! Every way a request can go wrong ends in a problem document that says which.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::json;

use crate::support::case::{Held, Paper};
use crate::support::client::new_key;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_wrong_post_is_refused,
    another_unit_sees_nothing,
    an_old_version_is_told_what_happened,
    a_released_case_takes_notes_alone,
    bodies_are_checked_before_anything_is_done,
    requests_are_made_by_our_page,
    addresses_and_methods_that_are_not_there,
    keys_and_versions_must_be_sent,
    what_no_reader_should_meet_is_refused,
);

async fn a_wrong_post_is_refused(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let servicing = app.servicing_clerk("SH").await;
    servicing.get("/api/queues/entry").await.expect_problem(403, "post-not-held");
    servicing.next("entry").await.expect_problem(403, "post-not-held");
    let refused = case.try_command(&servicing, &json!({ "claim": {} })).await;
    let refused = refused.expect_problem(403, "post-not-held");
    assert_eq!(refused.body["refusal"], json!({ "post_not_held": { "post": "entry" } }));
    let approvals = servicing.get("/api/queues/approval").await;
    approvals.expect_problem(403, "not-a-lead");
    let entry = app.entry_clerk("SH").await;
    let register = entry.order("/api/cases", &Paper::new("SH", 2).registration()).await;
    register.expect_problem(403, "post-not-held");
}

async fn another_unit_sees_nothing(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let beijing = app.entry_clerk("BJ").await;
    beijing.get(&case.path()).await.expect_problem(404, "not-found");
    case.try_command(&beijing, &json!({ "claim": {} })).await.expect_problem(404, "not-found");
    assert_eq!(beijing.get("/api/queues/entry").await.expect_status(200).number("/count"), 0);
    assert_eq!(beijing.next("entry").await.status, 204);
    beijing.get("/api/queues/entry?unit=SH").await.expect_problem(404, "not-found");
    let search = json!({ "text": case.number });
    assert_eq!(beijing.post("/api/search", &search).await.expect_status(200).body, json!([]));
    let manager = app.manager("BJ").await;
    manager.get("/api/dashboards/backlog?unit=SH").await.expect_problem(404, "not-found");
    let intake = app.intake_clerk("BJ").await;
    let foreign = intake.order("/api/cases", &Paper::new("SH", 2).registration()).await;
    foreign.expect_problem(403, "out-of-scope");
}

async fn an_old_version_is_told_what_happened(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (first, second) = (app.person("SH2001").await, app.person("SH2002").await);
    case.try_command(&first, &json!({ "claim": {} })).await.expect_status(200);
    let stale = case.try_command(&second, &json!({ "claim": {} })).await.expect_problem(412, "stale");
    let events = stale.body["events"].as_array().expect("the events since");
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["fact"], json!({ "claimed": {} }));
    assert_eq!(events[0]["by"], json!({ "person": "SH2001" }));
    let now = case.version + 1;
    let path = format!("{}/commands", case.path());
    let held = second.command(&path, now, &json!({ "claim": {} })).await;
    let held = held.expect_problem(409, "case-already-claimed");
    assert_eq!(held.text("/refusal/held_by_other/holder"), "SH2001");
}

async fn a_released_case_takes_notes_alone(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "binding").await;
    let binding = app.binding_clerk("SH").await;
    case.claimed(&binding).await;
    case.released(&binding).await;
    let closed = case.try_command(&binding, &json!({ "claim": {} })).await;
    closed.expect_problem(409, "case-ended");
    case.command(&binding, json!({ "add_note": { "text": "客户来电确认收到" } })).await;
}

async fn bodies_are_checked_before_anything_is_done(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    let path = format!("{}/commands", case.path());
    let send = |body: &'static str| {
        let (entry, path, version) = (entry.clone(), path.clone(), format!("\"{}\"", case.version));
        async move {
            let more = [("idempotency-key", &*new_key()), ("if-match", &*version)]
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
            let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (&**name, &**value)).collect();
            entry.bytes(&path, body.as_bytes().to_vec(), &more).await
        }
    };
    let pointer =
        |answer: crate::support::Answer| answer.expect_problem(400, "malformed").text("/errors/0/pointer");
    assert_eq!(pointer(send(r#"{"assign":{"to":7}}"#).await), "/assign/to");
    assert_eq!(pointer(send(r#"{"assign":{}}"#).await), "/assign/to");
    assert_eq!(pointer(send(r#"{"claim":{"quickly":true}}"#).await), "/claim/quickly");
    let lines = r#"{"complete_review":{"lines":{"time":true,"content":true,"material":1,"identity":true}}}"#;
    assert_eq!(pointer(send(lines).await), "/complete_review/lines/material");
    send(r#"{"steal":{}}"#).await.expect_problem(400, "malformed");
    send(r#"{"claim":{}"#).await.expect_problem(400, "malformed");
    // What the system alone commands is not on the wire at all.
    send(r#"{"expire_lease":{}}"#).await.expect_problem(400, "malformed");
    let text = send(r#"{"add_note":{"text":"  "}}"#).await.expect_problem(422, "input");
    assert_eq!(text.text("/refusal/input/pointer"), "/add_note/text");
}

async fn requests_are_made_by_our_page(app: TestApp) {
    let sign_in = json!({ "person": "SH2001", "password": "whatever it is" }).to_string();
    let stranger = app.stranger();
    let request = |more: &[(&str, &str)]| {
        let mut request =
            stranger.request(Method::POST, "/api/session").header(header::CONTENT_TYPE, "application/json");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        request.body(Body::from(sign_in.clone()))
    };
    for more in [
        &[][..],
        &[("x-plumbline", "0")],
        &[("x-plumbline", "1"), ("sec-fetch-site", "cross-site")],
        &[("x-plumbline", "1"), ("origin", "https://evil.example")],
        &[("x-plumbline", "1"), ("origin", "null")],
    ] {
        stranger.send(request(more)).await.expect_problem(403, "cross-site");
    }
    let ours = [("x-plumbline", "1"), ("origin", "http://127.0.0.1:3000"), ("sec-fetch-site", "same-origin")];
    stranger.send(request(&ours)).await.expect_problem(401, "wrong-credentials");
}

async fn addresses_and_methods_that_are_not_there(app: TestApp) {
    let entry = app.entry_clerk("SH").await;
    entry.get("/api/nothing").await.expect_problem(404, "not-found");
    entry.get("/api/cases/not-an-id").await.expect_problem(404, "not-found");
    entry.get("/api/queues/underwriting").await.expect_problem(404, "not-found");
    entry.get("/api/catalogue/99").await.expect_problem(404, "not-found");
    entry.post("/api/queues", &json!({})).await.expect_problem(405, "method-not-allowed");
    entry.post("/api/nothing", &json!({})).await.expect_problem(405, "method-not-allowed");
    entry.get("/api/queues/entry?tab=nothing").await.expect_problem(400, "malformed");
    entry.get("/api/queues/entry?colour=red").await.expect_problem(400, "malformed");
    entry.get("/api/queues/entry?after=rubbish").await.expect_problem(400, "malformed");
    let stranger = app.stranger();
    stranger.get("/api/queues").await.expect_problem(401, "not-signed-in");
    let head = entry.send(entry.request(Method::HEAD, "/api/queues").body(Body::empty())).await;
    assert_eq!(head.status, 200);
}

async fn keys_and_versions_must_be_sent(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (entry, path) = (app.entry_clerk("SH").await, format!("{}/commands", case.path()));
    let claim = json!({ "claim": {} });
    entry.post(&path, &claim).await.expect_problem(428, "precondition-missing");
    let key = new_key();
    let keyed = [("idempotency-key", &*key)];
    entry.post_with(&path, &claim, &keyed).await.expect_problem(428, "precondition-missing");
    let bare = [("idempotency-key", &*key), ("if-match", "7")];
    entry.post_with(&path, &claim, &bare).await.expect_problem(400, "malformed");
    entry.post("/api/queues/entry/next", &json!({})).await.expect_problem(428, "precondition-missing");
}

async fn what_no_reader_should_meet_is_refused(app: TestApp) {
    let entry = app.entry_clerk("SH").await;
    let search = |bytes: Vec<u8>| {
        let entry = entry.clone();
        async move { entry.bytes("/api/search", bytes, &[]).await }
    };
    search(b"{\"text\":\"\xff\"}".to_vec()).await.expect_problem(400, "malformed");
    search(br#"{"text":"a\u0000b"}"#.to_vec()).await.expect_problem(400, "malformed");
    search(format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000)).into())
        .await
        .expect_problem(400, "malformed");
    search(vec![b'a'; 300 * 1024]).await.expect_problem(413, "too-large");
    let long = json!({ "text": "长".repeat(500) });
    entry.post("/api/search", &long).await.expect_problem(422, "invalid");
    let plain = entry
        .request(Method::POST, "/api/search")
        .header("x-plumbline", "1")
        .header(header::CONTENT_TYPE, "text/plain")
        .body(Body::from("{}"));
    entry.send(plain).await.expect_problem(415, "not-json");
    let huge = Request::builder()
        .uri(format!("/api/queues/entry?search={}", "a".repeat(50_000)))
        .body(Body::empty());
    assert!((400..500).contains(&entry.send(huge).await.status));
}
