//! Under fire: who guesses passwords, a clock that is wrong, a database that hangs, figures a stranger would fill.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, header};
use chrono::TimeDelta;
use serde_json::json;
use server::config::Config;
use server::source::Source;
use store::Engine;

use crate::support::case::{Held, Paper};
use crate::support::client::Answer;
use crate::support::department::PASSWORD;
use crate::support::frozen::Tap;
use crate::support::stores::Place;
use crate::support::{NOW, TestApp, clock, department, on_both_engines, stores};

on_both_engines!(
    who_guesses_in_an_office_slows_neither_the_office_nor_a_known_browser,
    many_right_sign_ins_from_one_address_wait_for_nothing,
    guesses_at_people_who_do_not_exist_fill_no_store,
    a_wrong_clock_writes_nothing_and_says_so,
    sessions_and_leases_go_by_the_databases_time,
);

/// A try to sign in from an address, in a browser with these cookies.
async fn try_in(app: &TestApp, from: [u8; 4], person: &str, password: &str, cookies: &str) -> Answer {
    let stranger = app.stranger();
    let request = stranger
        .request(Method::POST, "/api/session")
        .header("x-plumbline", "1")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, cookies)
        .extension(ConnectInfo(SocketAddr::from((from, 9))))
        .body(Body::from(json!({ "person": person, "password": password }).to_string()));
    stranger.send(request).await
}

/// The cookies of an answer, as the browser sends them back after the session has ended.
fn browser_of(answer: &Answer) -> String {
    let lines = answer.headers.get_all(header::SET_COOKIE).into_iter();
    let pairs = lines.map(|line| line.to_str().expect("text").split(';').next().expect("a pair").to_owned());
    pairs.filter(|pair| !pair.starts_with("sid=")).collect::<Vec<_>>().join("; ")
}

async fn who_guesses_in_an_office_slows_neither_the_office_nor_a_known_browser(app: TestApp) {
    let office = [10, 0, 0, 1];
    let known = browser_of(&try_in(&app, office, "SH2001", PASSWORD, "").await.expect_status(200));
    for _ in 0..60 {
        let guess = try_in(&app, office, "SH2001", "not the password", "").await;
        assert!([401, 429].contains(&guess.status), "{}", guess.status);
    }
    // The account is slowed there …
    try_in(&app, office, "SH2001", PASSWORD, "").await.expect_problem(429, "too-many");
    // … but not for its owner, and nobody else in the office waits at all.
    try_in(&app, office, "SH2001", PASSWORD, &known).await.expect_status(200);
    for person in ["SH2002", "SH3001", "SH9001"] {
        try_in(&app, office, person, PASSWORD, "").await.expect_status(200);
    }
    try_in(&app, [10, 0, 0, 2], "SH2001", PASSWORD, "").await.expect_status(200);
    // Another's browser is no known one, and a known one gets no more tries than anybody.
    try_in(&app, office, "SH2002", "not the password", &known).await.expect_problem(401, "wrong-credentials");
    for _ in 0..4 {
        try_in(&app, office, "SH2001", "not the password", &known)
            .await
            .expect_problem(401, "wrong-credentials");
    }
    try_in(&app, office, "SH2001", PASSWORD, &known).await.expect_problem(429, "too-many");
    // Guesses from very many addresses leave each a single try; somebody at another one still signs in at once.
    for host in 0..26 {
        for _ in 0..4 {
            try_in(&app, [10, 1, 0, host], "BJ2001", "not the password", "").await;
        }
    }
    try_in(&app, [10, 2, 0, 1], "BJ2001", PASSWORD, "").await.expect_status(200);
    try_in(&app, [10, 2, 0, 2], "BJ2001", "not the password", "")
        .await
        .expect_problem(401, "wrong-credentials");
    try_in(&app, [10, 2, 0, 2], "BJ2001", PASSWORD, "").await.expect_problem(429, "too-many");
}

async fn many_right_sign_ins_from_one_address_wait_for_nothing(app: TestApp) {
    let people =
        ["SH1001", "SH1002", "SH2001", "SH2002", "SH3001", "SH3002", "SH4001", "SH9001", "BJ1001", "BJ2001"];
    for round in 0..6 {
        let all = people.map(|person| try_in(&app, [10, 0, 0, 1], person, PASSWORD, ""));
        for answer in futures::future::join_all(all).await {
            assert_eq!(answer.status, 200, "round {round}: {}", answer.body);
        }
    }
}

async fn guesses_at_people_who_do_not_exist_fill_no_store(app: TestApp) {
    // Names of every length and kind come to buckets of one length.
    for person in ["X", "长".repeat(300).as_str(), "SH2001' OR 1=1", "\u{202e}"] {
        try_in(&app, [10, 0, 0, 1], person, "not the password", "")
            .await
            .expect_problem(401, "wrong-credentials");
    }
    let vault = app.app.vault();
    let mut names = std::collections::BTreeSet::new();
    for n in 0..200_000_u32 {
        names.insert(vault.bucket(&format!("address P{n} 10.0.0.1"), 1 << 16));
    }
    assert!(names.len() > 60_000 && names.len() <= 1 << 16, "{}", names.len());
}

/// A server whose clock can be set apart from its database's.
async fn two_clocks(engine: Engine) -> (TestApp, std::sync::Arc<clock::TestClock>) {
    let now = NOW.parse().expect("a moment");
    let place = Place::new(engine).await;
    let store = place.open().await;
    department::found(store.as_ref(), now).await;
    let theirs = std::sync::Arc::new(clock::TestClock::new(now));
    let config = place.config();
    let app = TestApp::with_store_clock(place, config, store, now, Some(theirs.clone())).await;
    (app, theirs)
}

async fn a_wrong_clock_writes_nothing_and_says_so(app: TestApp) {
    let engine = app.app.store().engine();
    let (app, theirs) = two_clocks(engine).await;
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    app.stranger().get("/readyz").await.expect_status(200);
    for (ours, jump) in
        [(true, TimeDelta::seconds(3)), (false, TimeDelta::seconds(-4)), (true, TimeDelta::days(-1))]
    {
        let clock = if ours { &app.clock } else { &theirs };
        clock.pass(jump);
        let told = app.stranger().get("/readyz").await.expect_problem(503, "unavailable");
        assert!(told.text("/detail").contains("differ by"), "{}", told.body);
        let refused =
            case.try_command(&entry, &json!({ "claim": {} })).await.expect_problem(503, "unavailable");
        assert!(refused.text("/detail").contains("differ by"), "{}", refused.body);
        assert!(refused.headers.contains_key("retry-after"));
        // Reading goes on, and the system does nothing.
        entry.get("/api/queues/entry").await.expect_status(200);
        assert!(server::jobs::round(&app.app, "test").await.is_err());
        clock.pass(-jump);
    }
    case.try_command(&entry, &json!({ "claim": {} })).await.expect_status(200);
    app.stranger().get("/readyz").await.expect_status(200);
    server::jobs::round(&app.app, "test").await.expect("the jobs run again");
    // A jump of the database's own clock: the two agree at once again, and nothing is written all the same.
    theirs.jumps.store(3_600_000, Ordering::SeqCst);
    let told = app.stranger().get("/readyz").await.expect_problem(503, "unavailable");
    assert!(told.text("/detail").contains("jumped by 3600 s"), "{}", told.body);
    entry.order("/api/queues/entry/next", &json!({})).await.expect_problem(503, "unavailable");
    stores::clear(app.place.database()).await;
}

async fn sessions_and_leases_go_by_the_databases_time(app: TestApp) {
    let engine = app.app.store().engine();
    let (app, theirs) = two_clocks(engine).await;
    let entry = app.entry_clerk("SH").await;
    // This server's clock runs wild: nobody is signed out by it, and no lease is taken from another server.
    app.clock.pass(TimeDelta::hours(48));
    entry.get("/api/session").await.expect_status(200);
    app.stranger().get("/readyz").await.expect_problem(503, "unavailable");
    let ends = entry.get("/api/session").await.expect_status(200).text("/ends_at");
    assert!(ends.starts_with("2026-03-18"), "{ends}");
    app.clock.pass(TimeDelta::hours(-48));
    // The database's time ends it.
    theirs.pass(TimeDelta::minutes(31));
    entry.get("/api/session").await.expect_problem(401, "not-signed-in");
    app.clock.pass(TimeDelta::minutes(31));
    assert!(server::jobs::round(&app.app, "another").await.is_ok());
    stores::clear(app.place.database()).await;
}

#[tokio::test]
async fn a_stranger_adds_no_series_to_the_figures() {
    let app = TestApp::new(Engine::Sqlite).await;
    let stranger = app.stranger();
    let local = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9)));
    let figures = async || {
        let request = stranger.request(Method::GET, "/metrics").extension(local).body(Body::empty());
        let text = String::from_utf8(stranger.send(request).await.expect_status(200).bytes).expect("text");
        text.lines().filter(|line| line.starts_with("plumbline_request_seconds_count")).count()
    };
    let strange = async |n: u32| {
        let word = format!("BREW{n}");
        let method = Method::from_bytes(word.as_bytes()).expect("a word");
        for path in ["/healthz", &format!("/nothing/{n}"), &format!("/api/cases/{n}"), "/api/queues"] {
            stranger.send(stranger.request(method.clone(), path).body(Body::empty())).await;
        }
        stranger.get(&format!("/api/none/{n}")).await;
    };
    strange(0).await;
    figures().await;
    let before = figures().await;
    for n in 1..50 {
        strange(n).await;
    }
    assert_eq!(figures().await, before);
}

#[tokio::test]
async fn behind_tls_figures_want_their_token() {
    let tls =
        |config: Config| Config { public_origin: Some("https://plumbline.example".to_owned()), ..config };
    let app = TestApp::with(Engine::Sqlite, tls).await;
    let local = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9)));
    let request = |token: Option<&str>| {
        let mut request = axum::http::Request::builder().uri("/metrics").extension(local);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        request.body(Body::empty())
    };
    // A proxy on this machine that adds no header would let everybody in.
    app.stranger().send(request(None)).await.expect_problem(404, "not-found");
    let app = TestApp::with(Engine::Sqlite, |config| Config {
        metrics_token: Some("12345678".to_owned().into()),
        ..tls(config)
    })
    .await;
    app.stranger().send(request(None)).await.expect_problem(404, "not-found");
    app.stranger().send(request(Some("87654321"))).await.expect_problem(404, "not-found");
    app.stranger().send(request(Some("12345678"))).await.expect_status(200);
}

#[tokio::test]
async fn a_database_that_hangs_is_told_within_three_seconds_and_taken_up_within_five() {
    let place = Place::new(Engine::Postgres).await;
    let store = place.open().await;
    department::found(store.as_ref(), NOW.parse().expect("a moment")).await;
    store.close().await;
    drop(store);
    let tap = Tap::before(&place.config().store).await;
    let place = place.behind(tap.address());
    let store = server::start::open(&place.config()).await.expect("the store opens");
    let config = place.config();
    let app = TestApp::over(place, config, store, NOW.parse().expect("a moment")).await;
    let pulse = tokio::spawn(server::pulse::follow(app.app.clone()));
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    let (claiming, path) = (json!({ "claim": {} }), case.path());
    tap.close();
    for round in 0..2 {
        let begun = Instant::now();
        let (queue, seen, ready, claim, stranger) = tokio::join!(
            entry.get("/api/queues/entry"),
            entry.get(&path),
            entry.get("/readyz"),
            case.try_command(&entry, &claiming),
            try_in(&app, [10, 0, 0, 1], "SH2002", PASSWORD, ""),
        );
        for answer in [queue, seen, ready, claim, stranger] {
            answer.expect_problem(503, "unavailable");
        }
        let passed = begun.elapsed();
        assert!(passed < Duration::from_secs(3), "round {round}: {passed:?}");
        app.stranger().get("/healthz").await.expect_status(200);
    }
    tap.open();
    let begun = Instant::now();
    while entry.get("/readyz").await.status != 200 || entry.get("/api/queues/entry").await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(5), "not taken up: {:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let claimed = case.try_command(&entry, &json!({ "claim": {} })).await;
    assert_eq!(claimed.status, 200, "{}", claimed.body);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    app.app.hub().close();
    pulse.await.expect("the pulse ends with the server");
    app.verify().await;
    stores::clear(app.place.database()).await;
}

#[tokio::test]
async fn a_locked_file_is_read_and_its_writes_are_answered_within_three_seconds() {
    let app = TestApp::new(Engine::Sqlite).await;
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    // Long enough that the next request of the session is to be noted.
    app.clock.pass(TimeDelta::minutes(5));
    let lock = crate::support::frozen::Lock::of(&app.place).await;
    let begun = Instant::now();
    let claiming = json!({ "claim": {} });
    let answers = futures::future::join_all((0..80).map(|_| case.try_command(&entry, &claiming))).await;
    for answer in answers {
        answer.expect_problem(503, "unavailable");
    }
    let passed = begun.elapsed();
    assert!(passed < Duration::from_secs(4), "{passed:?}");
    let begun = Instant::now();
    entry.get("/api/queues/entry").await.expect_status(200);
    entry.get("/readyz").await.expect_status(200);
    let passed = begun.elapsed();
    assert!(passed < Duration::from_secs(3), "{passed:?}");
    lock.release().await;
    case.try_command(&entry, &json!({ "claim": {} })).await.expect_status(200);
    app.verify().await;
}

/// The figure a process shows of itself, kilobytes.
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a running process");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|figure| figure.parse().ok()).expect("kilobytes")
}

/// A real process over a fresh store, with these settings more.
async fn process(more: &[(&str, &str)]) -> (crate::support::process::Process, Place) {
    let place = Place::new(Engine::Sqlite).await;
    let store = place.open().await;
    department::found(store.as_ref(), Source::system().now()).await;
    store.close().await;
    (crate::support::process::Process::serve_with(&place, more).await, place)
}

#[tokio::test]
async fn three_hundred_sign_ins_leave_no_memory_behind() {
    let (server, _place) = process(&[]).await;
    // What every server does once is done before.
    server.sign_in("SH2001").await;
    let before = resident(server.id());
    for _ in 0..75 {
        futures::future::join_all(
            ["SH1001", "SH2001", "SH3001", "BJ1001"].map(|person| server.sign_in(person)),
        )
        .await;
    }
    let after = resident(server.id());
    server.kill().await;
    assert!(after * 10 <= before * 13, "{before} kB before, {after} kB after");
}

#[tokio::test]
async fn slow_heads_and_bodies_are_not_waited_for() {
    let (server, _place) =
        process(&[("PLUMBLINE_HEADER_SECONDS", "1"), ("PLUMBLINE_BODY_SECONDS", "1")]).await;
    let begun = Instant::now();
    let head = server.said("POST /api/session HTTP/1.1\r\nhost: x\r\nx-slow").await;
    assert!(!head.starts_with("HTTP/1.1 2"), "{head}");
    let body = server
        .said("POST /api/session HTTP/1.1\r\nhost: x\r\nx-plumbline: 1\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{")
        .await;
    assert!(body.starts_with("HTTP/1.1 408 ") && body.contains("/problems/timeout"), "{body}");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    server.kill().await;
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_gets_them_back() {
    let (server, _place) =
        process(&[("PLUMBLINE_CONNECTIONS_PER_ADDRESS", "5"), ("PLUMBLINE_CONNECTIONS", "6")]).await;
    let mut open = Vec::new();
    for _ in 0..5 {
        open.push(server.connected().await);
    }
    let full = server.said("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(full.is_empty() || full.starts_with("HTTP/1.1 503 "), "{full}");
    open.clear();
    let begun = Instant::now();
    loop {
        let fine = server.said("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        if fine.starts_with("HTTP/1.1 200 ") {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{fine}");
    }
    server.kill().await;
}

#[tokio::test]
async fn numbers_out_of_range_are_told_and_nothing_panics() {
    let place = Place::new(Engine::Sqlite).await;
    let start = "2026-03-18T09:00:00+08:00";
    let wrong: [&[&str]; 14] = [
        &["due", "--start", start, "--minutes", "9223372036854775807"],
        &["due", "--start", start, "--minutes", "-1"],
        &["due", "--start", start, "--minutes", "1000001"],
        &["due", "--start", start, "--days", "4294967295"],
        &["due", "--start", start, "--days", "4294967296"],
        &["due", "--start", "+262142-12-31T23:59:59Z", "--minutes", "1"],
        &["due", "--start", "0001-01-01T00:00:00Z", "--days", "1"],
        &["seed", "--cases", "0"],
        &["seed", "--cases", "4294967295"],
        &["seed", "--until", "9999-12-31T00:00:00Z"],
        &["seed", "--until", "soon"],
        &["serve", "--listen", "127.0.0.1:99999"],
        &["serve", "--public-origin", "https://p.example"],
        &["import", "event-log"],
    ];
    for arguments in wrong {
        let (code, told) = crate::support::process::told(&place, arguments, &[]).await;
        assert_eq!(code, Some(2), "{arguments:?}: {told}");
        assert!(told.len() > 20 && !told.contains("panicked"), "{arguments:?}: {told}");
    }
    let settings = [
        ("PLUMBLINE_SESSION_HOURS", "4294967295"),
        ("PLUMBLINE_IDLE_MINUTES", "0"),
        ("PLUMBLINE_TIMEOUT_SECONDS", "-1"),
        ("PLUMBLINE_CONNECTIONS", "many"),
        ("PLUMBLINE_TRUSTED_PROXIES", "proxy.example"),
    ];
    for setting in settings {
        let (code, told) = crate::support::process::told(&place, &["serve"], &[setting]).await;
        assert_eq!(code, Some(2), "{setting:?}: {told}");
        let name = setting.0.trim_start_matches("PLUMBLINE_").to_lowercase();
        assert!(told.to_lowercase().contains(&name) && !told.contains("panicked"), "{setting:?}: {told}");
    }
    let last = ["due", "--start", "2199-12-31T00:00:00Z", "--days", "10000"];
    let (code, told) = crate::support::process::told(&place, &last, &[]).await;
    assert_eq!(code, Some(0), "{told}");
}
