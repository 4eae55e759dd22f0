//! One's own account: a first password, changing it, the second factor, one's sessions.

use axum::body::Body;
use axum::http::{Method, header};
use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;
use domain::actor::Role;
use serde_json::{Value, json};
use server::auth::permit::{Access, TABLE};
use server::auth::totp;
use server::cli::user;
use store::{Engine, StoreExt as _, WriteError};

use crate::support::client::{Answer, Client};
use crate::support::department::{PASSWORD, password_hash};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_first_password_opens_nothing_but_its_own_change,
    passwords_set_at_the_command_line_are_first_ones,
    a_changed_password_ends_every_other_session,
    a_password_is_changed_by_whoever_knows_it,
    a_new_sign_in_ends_the_session_the_browser_had,
    sessions_are_listed_and_ended_by_their_person_alone,
    a_second_factor_is_set_up_and_asked_for,
    no_code_is_good_twice,
    recovery_codes_are_good_once_each,
    guessing_codes_is_slowed,
    a_lost_second_factor_is_taken_away_at_the_command_line,
);

const NEW: &str = "seven blue cups on a shelf";

/// Signs in as somebody would from a browser of their own.
async fn sign_in(app: &TestApp, person: &str, password: &str) -> Answer {
    let body = json!({ "person": person, "password": password });
    app.stranger().post("/api/session", &body).await
}

/// The browser after an answer that set a cookie.
fn after(app: &TestApp, answer: &Answer) -> Client {
    app.client(Some(answer.cookie()))
}

/// Gives a person a first password, the usual one.
async fn first_password(app: &TestApp, person: &'static str) {
    let hash = password_hash().await;
    app.app
        .store()
        .write(move |tx| {
            let hash = hash.clone();
            Box::pin(async move {
                assert!(tx.set_password(&person.into(), &hash, true).await?);
                Ok::<_, WriteError<server::error::Error>>(())
            })
        })
        .await
        .expect("a password is set");
}

/// Every endpoint that is not open to everyone is refused, but for those named.
async fn opens_only(client: &Client, open: &[&str]) {
    for (method, path, _) in TABLE.iter().filter(|(.., access)| *access != Access::Everyone) {
        let path = path.replace("{id}", "00000000-0000-7000-8000-000000000000").replace("{queue}", "entry");
        let path = path.replace("{version}", "1");
        let named = format!("{method} {path}");
        if open.contains(&named.as_str()) {
            continue;
        }
        let request = client
            .request(Method::from_bytes(method.as_bytes()).expect("a method"), &path)
            .header("x-plumbline", "1")
            .header(header::CONTENT_TYPE, "application/json");
        let answer = client.send(request.body(Body::from("{}"))).await;
        assert_eq!((answer.status, answer.text("/slug")), (403, "sign-in-unfinished".to_owned()), "{named}");
    }
}

async fn a_first_password_opens_nothing_but_its_own_change(app: TestApp) {
    first_password(&app, "SH2001").await;
    let answer = sign_in(&app, "SH2001", PASSWORD).await.expect_status(200);
    assert_eq!(answer.text("/step"), "password");
    assert_eq!((answer.text("/drafts_key"), &answer.body["queues"]), (String::new(), &json!([])));
    assert_eq!(answer.body["names"].as_object().expect("names").len(), 1);
    let clerk = after(&app, &answer);
    opens_only(&clerk, &["GET /api/session", "DELETE /api/session", "POST /api/password"]).await;
    assert_eq!(clerk.get("/api/visitor").await.expect_status(200).text("/step"), "password");
    let change = json!({ "current": PASSWORD, "new": NEW });
    let changed = clerk.post("/api/password", &change).await.expect_status(200);
    assert!(changed.body.get("step").is_none());
    assert_eq!(changed.body["queues"], json!(["entry"]));
    // The token before is worth nothing any more; neither is the password.
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
    after(&app, &changed).get("/api/queues/entry").await.expect_status(200);
    sign_in(&app, "SH2001", PASSWORD).await.expect_problem(401, "wrong-credentials");
    let again = sign_in(&app, "SH2001", NEW).await.expect_status(200);
    assert!(again.body.get("step").is_none());
}

#[tokio::test]
async fn an_unfinished_session_is_a_short_one() {
    let app = TestApp::new(Engine::Sqlite).await;
    first_password(&app, "SH2001").await;
    let clerk = after(&app, &sign_in(&app, "SH2001", PASSWORD).await.expect_status(200));
    app.clock.pass(TimeDelta::minutes(14));
    clerk.get("/api/session").await.expect_status(200);
    app.clock.pass(TimeDelta::minutes(2));
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
}

async fn passwords_set_at_the_command_line_are_first_ones(app: TestApp) {
    let lead = app.lead("SH").await;
    let password = user::Options::Password { person: "sh9001".to_owned(), password_stdin: false };
    user::run(&app.place.config(), password).await.expect("a password is made up");
    lead.get("/api/session").await.expect_problem(401, "not-signed-in");
    let record = app.app.store().person(&"SH9001".into()).await.expect("people are read").expect("the lead");
    assert!(record.must_change);
}

async fn a_changed_password_ends_every_other_session(app: TestApp) {
    let (here, there) = (app.entry_clerk("SH").await, app.entry_clerk("SH").await);
    let change = json!({ "current": PASSWORD, "new": NEW });
    let changed = here.post("/api/password", &change).await.expect_status(200);
    there.get("/api/session").await.expect_problem(401, "not-signed-in");
    here.get("/api/session").await.expect_problem(401, "not-signed-in");
    after(&app, &changed).get("/api/session").await.expect_status(200);
}

async fn a_password_is_changed_by_whoever_knows_it(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    let refused = async |current: &str, new: &str| {
        let change = json!({ "current": current, "new": new });
        let answer = clerk.post("/api/password", &change).await.expect_problem(422, "invalid");
        (answer.text("/errors/0/pointer"), answer.text("/errors/0/detail"))
    };
    for (current, new, pointer, detail) in [
        ("not the password", NEW, "/current", "the password is wrong"),
        (PASSWORD, "short", "/new", "a password has at least 10 characters"),
        (PASSWORD, "my sh2001 word", "/new", "a password does not hold the person's number"),
        (PASSWORD, "ＺｈａｎｇＷｅｉ１９８８", "/new", "this password is too common"),
        (PASSWORD, "taikang888888", "/new", "this password is too common"),
        (PASSWORD, PASSWORD, "/new", "the new password is the one so far"),
    ] {
        assert_eq!(refused(current, new).await, (pointer.to_owned(), detail.to_owned()), "{new}");
    }
    // Whoever finds an open page cannot guess here either.
    for _ in 0..3 {
        refused("not the password", NEW).await;
    }
    let change = json!({ "current": "not the password", "new": NEW });
    clerk.post("/api/password", &change).await.expect_problem(422, "invalid");
    clerk.post("/api/password", &change).await.expect_problem(429, "too-many");
}

async fn a_new_sign_in_ends_the_session_the_browser_had(app: TestApp) {
    let before = app.entry_clerk("SH").await;
    let elsewhere = app.entry_clerk("SH").await;
    let body = json!({ "person": "SH2002", "password": PASSWORD });
    let now = before.post("/api/session", &body).await.expect_status(200);
    before.get("/api/session").await.expect_problem(401, "not-signed-in");
    assert_eq!(after(&app, &now).get("/api/session").await.expect_status(200).text("/person/id"), "SH2002");
    elsewhere.get("/api/session").await.expect_status(200);
}

async fn sessions_are_listed_and_ended_by_their_person_alone(app: TestApp) {
    let agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0";
    let body = json!({ "person": "SH2001", "password": PASSWORD });
    let there = app.stranger().post_with("/api/session", &body, &[("user-agent", agent)]).await;
    let there = after(&app, &there.expect_status(200));
    app.clock.pass(TimeDelta::minutes(1));
    let (here, other) = (app.entry_clerk("SH").await, app.person("SH2002").await);
    let list = here.get("/api/sessions").await.expect_status(200).body;
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 2);
    assert_eq!((&list[0]["current"], &list[1]["current"]), (&json!(true), &json!(false)));
    assert_eq!((&list[1]["device"], &list[1]["address"]), (&json!("Edge · Windows"), &json!("0.0.0.0")));
    let path = format!("/api/sessions/{}", list[1]["id"].as_str().expect("an id"));
    other.delete(&path).await.expect_problem(404, "not-found");
    there.get("/api/session").await.expect_status(200);
    here.delete(&path).await.expect_status(204);
    there.get("/api/session").await.expect_problem(401, "not-signed-in");
    here.delete(&path).await.expect_problem(404, "not-found");
    assert_eq!(here.get("/api/sessions").await.body.as_array().expect("a list").len(), 1);
    // One that has run out stands in no list.
    app.clock.pass(TimeDelta::minutes(29));
    let fresh = app.entry_clerk("SH").await;
    app.clock.pass(TimeDelta::minutes(2));
    assert_eq!(fresh.get("/api/sessions").await.body.as_array().expect("a list").len(), 1);
}

/// An authenticator.
struct Phone(Vec<u8>);

impl Phone {
    fn code(&self, app: &TestApp) -> Value {
        json!({ "code": totp::code_of(&self.0, app.app.source().now()) })
    }
}

/// Sets a second factor up; gives the browser after it, the authenticator and the recovery codes.
async fn enrol(app: &TestApp, client: &Client) -> (Client, Phone, Vec<String>) {
    let offer = client.post("/api/second-factor", &json!({ "password": PASSWORD })).await.expect_status(200);
    let key = offer.text("/key");
    assert!(offer.text("/uri").contains(&format!("secret={key}")) && offer.text("/qr").contains("<svg"));
    let phone = Phone(BASE32_NOPAD.decode(key.as_bytes()).expect("base32"));
    let done = client.post("/api/second-factor/confirm", &phone.code(app)).await.expect_status(200);
    let codes: Vec<String> = serde_json::from_value(done.body["codes"].clone()).expect("codes");
    assert_eq!(codes.len(), 10);
    (after(app, &done), phone, codes)
}

async fn a_second_factor_is_set_up_and_asked_for(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    clerk.post("/api/second-factor", &json!({ "password": "wrong" })).await.expect_problem(422, "invalid");
    clerk
        .post("/api/second-factor/confirm", &json!({ "code": "123456" }))
        .await
        .expect_problem(422, "invalid");
    let elsewhere = app.entry_clerk("SH").await;
    let (clerk, phone, _) = enrol(&app, &clerk).await;
    elsewhere.get("/api/session").await.expect_problem(401, "not-signed-in");
    let state = clerk.get("/api/second-factor").await.expect_status(200);
    assert_eq!((&state.body["required"], state.number("/recovery_left")), (&json!(false), 10));
    app.clock.pass(TimeDelta::minutes(1));
    let half = sign_in(&app, "SH2001", PASSWORD).await.expect_status(200);
    assert_eq!((half.text("/step"), half.text("/drafts_key")), ("code".to_owned(), String::new()));
    let half = after(&app, &half);
    opens_only(&half, &["GET /api/session", "DELETE /api/session", "POST /api/session/code"]).await;
    half.post("/api/session/code", &json!({ "code": "000000" })).await.expect_problem(422, "invalid");
    let whole = half.post("/api/session/code", &phone.code(&app)).await.expect_status(200);
    assert!(whole.body.get("step").is_none());
    half.get("/api/session").await.expect_problem(401, "not-signed-in");
    let whole = after(&app, &whole);
    whole.get("/api/queues/entry").await.expect_status(200);
    whole.post("/api/session/code", &phone.code(&app)).await.expect_problem(403, "not-allowed");
    // Taken away by whoever knows the password; then a sign-in is whole again.
    whole.post("/api/second-factor/remove", &json!({ "password": "x" })).await.expect_problem(422, "invalid");
    whole.post("/api/second-factor/remove", &json!({ "password": PASSWORD })).await.expect_status(204);
    assert!(sign_in(&app, "SH2001", PASSWORD).await.expect_status(200).body.get("step").is_none());
}

#[tokio::test]
async fn a_role_that_needs_a_second_factor_sets_one_up_first() {
    let app = TestApp::with(Engine::Sqlite, |config| server::config::Config {
        second_factor: vec![Role::Lead],
        ..config
    })
    .await;
    let answer = sign_in(&app, "SH9001", PASSWORD).await.expect_status(200);
    assert_eq!(answer.text("/step"), "enrol");
    let lead = after(&app, &answer);
    let open = [
        "GET /api/session",
        "DELETE /api/session",
        "POST /api/second-factor",
        "POST /api/second-factor/confirm",
    ];
    opens_only(&lead, &open).await;
    let (lead, _, _) = enrol(&app, &lead).await;
    lead.get("/api/queues/entry").await.expect_status(200);
    assert_eq!(lead.get("/api/second-factor").await.body["required"], json!(true));
    let remove = json!({ "password": PASSWORD });
    lead.post("/api/second-factor/remove", &remove).await.expect_problem(403, "not-allowed");
    // Others are not asked.
    assert!(sign_in(&app, "SH2001", PASSWORD).await.expect_status(200).body.get("step").is_none());
}

async fn no_code_is_good_twice(app: TestApp) {
    let (_, phone, _) = enrol(&app, &app.entry_clerk("SH").await).await;
    // The code it was set up with is used up too.
    let half = after(&app, &sign_in(&app, "SH2001", PASSWORD).await.expect_status(200));
    half.post("/api/session/code", &phone.code(&app)).await.expect_problem(422, "invalid");
    app.clock.pass(TimeDelta::seconds(90));
    let (a, b) = (
        after(&app, &sign_in(&app, "SH2001", PASSWORD).await.expect_status(200)),
        after(&app, &sign_in(&app, "SH2001", PASSWORD).await.expect_status(200)),
    );
    let code = phone.code(&app);
    let (one, two) = futures::join!(a.post("/api/session/code", &code), b.post("/api/session/code", &code));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "the same code let two sessions in");
}

async fn recovery_codes_are_good_once_each(app: TestApp) {
    let (_, _, codes) = enrol(&app, &app.entry_clerk("SH").await).await;
    let give = async |code: &str| {
        let half = after(&app, &sign_in(&app, "SH2001", PASSWORD).await.expect_status(200));
        half.post("/api/session/code", &json!({ "code": code })).await
    };
    let whole = give(&codes[3].to_uppercase()).await.expect_status(200);
    let state = after(&app, &whole).get("/api/second-factor").await.expect_status(200);
    assert_eq!(state.number("/recovery_left"), 9);
    give(&codes[3]).await.expect_problem(422, "invalid");
    give(&codes[4].replace('-', " ")).await.expect_status(200);
}

async fn guessing_codes_is_slowed(app: TestApp) {
    let (_, phone, _) = enrol(&app, &app.entry_clerk("SH").await).await;
    app.clock.pass(TimeDelta::minutes(1));
    let half = after(&app, &sign_in(&app, "SH2001", PASSWORD).await.expect_status(200));
    let wrong = json!({ "code": "not it" });
    for _ in 0..4 {
        half.post("/api/session/code", &wrong).await.expect_problem(422, "invalid");
    }
    let slowed = half.post("/api/session/code", &phone.code(&app)).await.expect_problem(429, "too-many");
    assert_eq!(slowed.headers["retry-after"], "2");
    app.clock.pass(TimeDelta::seconds(3));
    half.post("/api/session/code", &phone.code(&app)).await.expect_status(200);
}

async fn a_lost_second_factor_is_taken_away_at_the_command_line(app: TestApp) {
    let (clerk, _, codes) = enrol(&app, &app.entry_clerk("SH").await).await;
    let reset = user::Options::SecondFactor { person: "SH2001".to_owned() };
    user::run(&app.place.config(), reset).await.expect("a second factor is taken away");
    clerk.get("/api/session").await.expect_problem(401, "not-signed-in");
    let whole = sign_in(&app, "SH2001", PASSWORD).await.expect_status(200);
    assert!(whole.body.get("step").is_none(), "{codes:?}");
}

#[tokio::test]
async fn a_secret_is_nowhere_plain() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (_, phone, codes) = enrol(&app, &app.entry_clerk("SH").await).await;
    let stored = app.place.bytes(&app).await;
    let holds = |part: &[u8]| stored.windows(part.len()).any(|window| window == part);
    assert!(!holds(&phone.0) && !holds(BASE32_NOPAD.encode(&phone.0).as_bytes()));
    assert!(codes.iter().all(|code| !holds(code.as_bytes()) && !holds(code.replace('-', "").as_bytes())));
}
