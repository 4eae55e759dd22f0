//! The audit record: what stands in it, who reads it, that nobody changes it.

use axum::http::Method;
use serde_json::{Value, json};
use server::cli::user;

use crate::support::case::{Held, Paper};
use crate::support::client::{Client, new_key};
use crate::support::department::PASSWORD;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    foreign_ids_refused_sign_ins_and_denied_roles_are_recorded,
    acts_at_the_command_line_are_recorded,
    pages_follow_each_other_without_gap,
    it_is_read_within_scope_and_by_filter,
);

async fn auditor(app: &TestApp) -> Client {
    app.person("HQ0003").await
}

/// Entries of a query, newest first: kind, who, about whom, what.
async fn read(client: &Client, query: &str) -> Vec<[String; 4]> {
    let page = client.get(&format!("/api/audit{query}")).await.expect_status(200);
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = page.body["items"].as_array().expect("rows");
    rows.iter().map(|row| ["kind", "actor", "person", "subject"].map(|key| text(row, key))).collect()
}

fn entry(kind: &str, actor: &str, person: &str, subject: &str) -> [String; 4] {
    [kind, actor, person, subject].map(str::to_owned)
}

async fn foreign_ids_refused_sign_ins_and_denied_roles_are_recorded(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let stranger = app.entry_clerk("BJ").await;
    let path = format!("/api/cases/{}", case.id);
    stranger.get(&path).await.expect_problem(404, "not-found");
    stranger.get(&path).await.expect_problem(404, "not-found");
    // Entries of one moment have no order of their own.
    let moment = || app.clock.pass(chrono::TimeDelta::seconds(1));
    moment();
    let bulk = json!({ "cases": [[case.id, 1]], "command": { "claim": {} } });
    let answer = stranger.order("/api/cases/bulk", &bulk).await.expect_status(200);
    assert_eq!(answer.body[0]["problem"]["status"], 404);
    stranger.get("/api/dashboards/backlog").await.expect_problem(403, "not-allowed");
    let wrong = |person: &str| json!({ "person": person, "password": "my-secret-typed" });
    app.stranger().post("/api/session", &wrong("SH2001")).await.expect_problem(401, "wrong-credentials");
    moment();
    app.stranger().post("/api/session", &wrong("my-secret-typed")).await.expect_status(401);
    case.claimed(&app.entry_clerk("SH").await).await;
    app.entry_clerk("SH").await.get(&path).await.expect_status(200);
    let auditor = auditor(&app).await;
    assert_eq!(
        read(&auditor, "?person=bj2001&kind=not_found").await,
        [
            entry("not_found", "BJ2001", "", &format!("POST /api/cases/{}/commands", case.id)),
            entry("not_found", "BJ2001", "", &format!("GET {path}")),
        ]
    );
    let denied = [entry("not_allowed", "BJ2001", "", "GET /api/dashboards/backlog")];
    assert_eq!(read(&auditor, "?kind=not_allowed").await, denied);
    let refused = read(&auditor, "?kind=sign_in_refused").await;
    assert_eq!(refused, [entry("sign_in_refused", "", "", ""), entry("sign_in_refused", "", "SH2001", "")]);
    let opened = read(&auditor, "?kind=values_opened").await;
    assert!(opened.contains(&entry("values_opened", "SH2001", "", &format!("{} entry", case.number))));
    // What was typed stands nowhere, and nothing of a customer does.
    let all = auditor.get("/api/audit").await.expect_status(200);
    let text = String::from_utf8(all.bytes).expect("text");
    for private in
        ["my-secret-typed", PASSWORD, "顾文娟", &case.paper.applicant_mobile, &case.paper.policy_no]
    {
        assert!(!text.contains(private), "{private} in {text}");
    }
}

async fn acts_at_the_command_line_are_recorded(app: TestApp) {
    let run = async |options| user::run(&app.place.config(), options).await.expect("it is done");
    let person = || "SH2002".to_owned();
    run(user::Options::Password { person: person(), password_stdin: false }).await;
    run(user::Options::SecondFactor { person: person() }).await;
    run(user::Options::Disable { person: person() }).await;
    run(user::Options::Add(user::Add::of("SH2099", "新人", "clerk", "SH"))).await;
    let auditor = auditor(&app).await;
    let by_hand = |kind: &str, person: &str| entry(kind, "", person, "command line");
    assert_eq!(
        read(&auditor, "?person=SH2002").await,
        [
            by_hand("person_disabled", "SH2002"),
            by_hand("second_factor_reset", "SH2002"),
            by_hand("password_given", "SH2002"),
        ]
    );
    assert_eq!(read(&auditor, "?person=SH2099").await, [by_hand("person_added", "SH2099")]);
}

async fn pages_follow_each_other_without_gap(app: TestApp) {
    let lead = app.lead("SH").await;
    for number in 0..130 {
        let path = format!("/api/cases/00000000-0000-7000-8000-{number:012}");
        lead.get(&path).await.expect_problem(404, "not-found");
    }
    let auditor = auditor(&app).await;
    let first = auditor.get("/api/audit?person=SH9001&kind=not_found").await.expect_status(200);
    assert_eq!(first.body["items"].as_array().expect("rows").len(), 100);
    assert_eq!(first.body["names"]["SH9001"], "职员SH9001");
    let next = first.text("/next");
    let second = auditor.get(&format!("/api/audit?person=SH9001&kind=not_found&after={next}")).await;
    let second = second.expect_status(200).body;
    assert!(second.get("next").is_none());
    let mut seen: Vec<&str> = [&first.body, &second]
        .into_iter()
        .flat_map(|page| page["items"].as_array().expect("rows"))
        .map(|row| row["subject"].as_str().expect("a subject"))
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 130);
}

async fn it_is_read_within_scope_and_by_filter(app: TestApp) {
    app.lead("SH").await;
    let auditor = auditor(&app).await;
    assert_eq!(read(&auditor, "?kind=signed_in&person=SH9001").await.len(), 1);
    assert_eq!(read(&auditor, "?from=2026-03-18&to=2026-03-18&person=SH9001").await.len(), 1);
    assert!(read(&auditor, "?to=2026-03-17").await.is_empty());
    assert!(read(&auditor, "?from=2026-03-19").await.is_empty());
    // The ends of the calendar are days like others.
    assert_eq!(read(&auditor, "?from=1900-01-01&to=2199-12-31&person=SH9001").await.len(), 1);
    auditor.get("/api/audit?from=-262142-01-01").await.expect_problem(400, "malformed");
    auditor.get("/api/audit?kind=nothing").await.expect_problem(400, "malformed");
    auditor.get("/api/audit?after=7").await.expect_problem(400, "malformed");
    for person in ["SH2001", "SH9001", "SH9901", "SH8001", "HQ0001", "HQ0002"] {
        app.person(person).await.get("/api/audit").await.expect_problem(403, "not-allowed");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let request = auditor.request(method, "/api/audit").header("x-plumbline", "1");
        let answer =
            auditor.send(request.header("idempotency-key", new_key()).body(axum::body::Body::empty())).await;
        answer.expect_problem(405, "method-not-allowed");
    }
}
