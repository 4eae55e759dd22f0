//! Signing in and out, and how sessions end.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::department::PASSWORD;
use crate::support::{TestApp, on_both_engines};
use store::Engine;

on_both_engines!(
    a_session_says_who_one_is,
    wrong_passwords_and_unknown_people_look_alike,
    guessing_is_slowed_and_forgiven,
    an_idle_session_ends,
    no_session_outlives_its_day,
    signing_out_ends_it_on_the_server,
    who_is_shut_out_is_out_at_once,
);

async fn a_session_says_who_one_is(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    let session = clerk.get("/api/session").await.expect_status(200);
    assert_eq!(session.text("/person/id"), "SH2001");
    assert_eq!(session.body["queues"], json!(["entry"]));
    assert_eq!(session.number("/catalogue"), 1);
    assert_eq!(session.body["demo"], json!(false));
    let visitor = clerk.get("/api/visitor").await.expect_status(200);
    assert_eq!(visitor.text("/person/id"), "SH2001");
    app.stranger().get("/api/visitor").await.expect_status(204);
    let units: Vec<_> =
        session.body["units"].as_array().expect("units").iter().map(|unit| &unit["id"]).collect();
    assert_eq!(units, ["HQ", "SH", "SH01"]);
    let lead = app.lead("SH").await.get("/api/session").await.expect_status(200);
    let all = json!(["intake", "entry", "servicing", "recheck", "binding", "approval"]);
    assert_eq!(lead.body["queues"], all);
    let answer =
        app.stranger().post("/api/session", &json!({ "person": " sh2001 ", "password": PASSWORD })).await;
    let cookie = answer.expect_status(200).headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("sid=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
}

#[tokio::test]
async fn behind_tls_the_cookie_belongs_to_this_host_alone() {
    let app = TestApp::with(Engine::Sqlite, |config| server::config::Config {
        public_origin: Some("https://plumbline.example".to_owned()),
        ..config
    })
    .await;
    let sign_in = json!({ "person": "SH2001", "password": PASSWORD });
    let answer = app.stranger().post("/api/session", &sign_in).await.expect_status(200);
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-sid=") && cookie.contains("; Secure"), "{cookie}");
    assert!(answer.headers["strict-transport-security"].to_str().unwrap().contains("max-age=31536000"));
}

async fn wrong_passwords_and_unknown_people_look_alike(app: TestApp) {
    let stranger = app.stranger();
    let try_in = async |person: &str, password: &str| {
        let mut answer =
            stranger.post("/api/session", &json!({ "person": person, "password": password })).await;
        answer.body["instance"] = json!(null);
        (answer.status, answer.body)
    };
    let wrong = try_in("SH2001", "not the password").await;
    let unknown = try_in("SH7777", "not the password").await;
    assert_eq!(wrong, unknown);
    assert_eq!(wrong.0, 401);
    let empty = stranger.post("/api/session", &json!({ "person": "SH2001" })).await;
    assert_eq!(empty.expect_problem(400, "malformed").text("/errors/0/pointer"), "/password");
}

async fn guessing_is_slowed_and_forgiven(app: TestApp) {
    let stranger = app.stranger();
    let wrong = json!({ "person": "SH2001", "password": "not the password" });
    for _ in 0..4 {
        stranger.post("/api/session", &wrong).await.expect_problem(401, "wrong-credentials");
    }
    let slowed = stranger.post("/api/session", &wrong).await.expect_problem(429, "too-many");
    assert_eq!(slowed.headers["retry-after"], "2");
    let right = json!({ "person": "SH2001", "password": PASSWORD });
    stranger.post("/api/session", &right).await.expect_problem(429, "too-many");
    // Others from the same address go on, and so does the person after the wait.
    app.person("SH2002").await;
    app.clock.pass(TimeDelta::seconds(3));
    stranger.post("/api/session", &right).await.expect_status(200);
    stranger.post("/api/session", &wrong).await.expect_problem(401, "wrong-credentials");
}

async fn an_idle_session_ends(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    app.clock.pass(TimeDelta::minutes(29));
    clerk.get("/api/session").await.expect_status(200);
    app.clock.pass(TimeDelta::minutes(29));
    clerk.get("/api/session").await.expect_status(200);
    app.clock.pass(TimeDelta::minutes(31));
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
    clerk.get("/api/visitor").await.expect_status(204);
}

async fn no_session_outlives_its_day(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    for _ in 0..28 {
        app.clock.pass(TimeDelta::minutes(25));
        clerk.get("/api/session").await.expect_status(200);
    }
    app.clock.pass(TimeDelta::minutes(25));
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
}

async fn signing_out_ends_it_on_the_server(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    let out = clerk.sign_out().await.expect_status(204);
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
}

async fn who_is_shut_out_is_out_at_once(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    clerk.get("/api/session").await.expect_status(200);
    server::cli::user::shut_out(app.app.store().as_ref(), app.app.source(), &"SH2001".into())
        .await
        .expect("a person is shut out");
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
    let sign_in = json!({ "person": "SH2001", "password": PASSWORD });
    app.stranger().post("/api/session", &sign_in).await.expect_problem(401, "wrong-credentials");
    app.hears(|| app.app.directory().person(&"SH2001".into()).is_none()).await;
}
