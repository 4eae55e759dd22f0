//! Nobody unmasks by trying: exact searches are counted, recorded and limited; a 412 hides what the view hides.

use chrono::TimeDelta;
use serde_json::{Value, json};
use store::Engine;

use crate::support::case::{Held, Paper};
use crate::support::client::Client;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    exact_searches_are_counted_recorded_and_limited,
    a_digest_says_nothing_outside_its_case,
    a_stale_answer_hides_the_pages_the_view_hides,
);

async fn search(client: &Client, text: &str) -> crate::support::Answer {
    client.post("/api/search", &json!({ "text": text, "exact": true })).await
}

async fn exact_searches_are_counted_recorded_and_limited(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "servicing").await;
    let clerk = app.servicing_clerk("SH").await;
    assert_eq!(search(&clerk, &case.paper.new_mobile).await.expect_status(200).body[0]["id"], json!(case.id));
    app.clock.pass(TimeDelta::minutes(10));
    for number in 0..29 {
        let guess = format!("138{number:08}9");
        assert_eq!(search(&clerk, &guess).await.expect_status(200).body, json!([]));
    }
    let refused = search(&clerk, &case.paper.new_mobile).await.expect_problem(429, "too-many");
    assert_eq!(refused.headers["retry-after"], "3000");
    // What is too short is no search; other searches and other people go on.
    let short = search(&clerk, "1381234").await.expect_problem(422, "invalid");
    assert_eq!(short.text("/errors/0/pointer"), "/text");
    clerk.post("/api/search", &json!({ "text": case.number })).await.expect_status(200);
    search(&app.person("SH3002").await, &case.paper.new_mobile).await.expect_status(200);
    // The first one is forgotten after its hour, and that frees one.
    app.clock.pass(TimeDelta::minutes(50));
    search(&app.servicing_clerk("SH").await, &case.paper.new_mobile).await.expect_status(200);
    search(&app.servicing_clerk("SH").await, &case.paper.new_mobile).await.expect_problem(429, "too-many");
    let id = domain::id::CaseId(case.id.parse().expect("an id"));
    let accesses = app.app.store().accesses(id, 50).await.expect("accesses are read");
    let found: Vec<_> = accesses.iter().filter(|access| access.purpose == store::FOUND).collect();
    assert_eq!(found.len(), 3);
    assert!(found.iter().any(|access| access.person.as_str() == "SH3001"));
    let auditor = app.person("HQ0003").await;
    let count = async |kind: &str| {
        let page = auditor.get(&format!("/api/audit?person=SH3001&kind={kind}")).await.expect_status(200);
        page.body["items"].as_array().expect("rows").len()
    };
    assert_eq!((count("exact_search").await, count("exact_search_refused").await), (31, 2));
}

#[tokio::test]
async fn searches_at_once_are_counted_one_after_the_other() {
    let app = TestApp::with(Engine::Postgres, |config| server::config::Config {
        exact_searches_per_hour: 3,
        ..config
    })
    .await;
    let clerk = app.servicing_clerk("SH").await;
    let tries = futures::future::join_all((0..12).map(|_| search(&clerk, "13800000001"))).await;
    assert_eq!(tries.iter().filter(|answer| answer.status == 200).count(), 3);
    let database = app.place.database();
    drop(app);
    crate::support::stores::clear(database).await;
}

async fn a_digest_says_nothing_outside_its_case(app: TestApp) {
    // Whoever could compare digests would try the four hidden digits by registering cases of his own.
    let intake = app.intake_clerk("SH").await;
    let (first, mut second) = (Paper::new("SH", 1), Paper::new("SH", 2));
    second.applicant_mobile.clone_from(&first.applicant_mobile);
    let (first, second) = (Held::registered(&intake, first).await, Held::registered(&intake, second).await);
    let digest = async |case: &Held| {
        let view = intake.get(&case.path()).await.expect_status(200);
        view.text("/case/registration/mobile/digest")
    };
    assert_ne!(digest(&first).await, digest(&second).await);
    assert_eq!(digest(&first).await, digest(&first).await);
    let stored = app.app.vault().digest(&first.paper.applicant_mobile);
    assert_ne!(digest(&first).await, stored);
}

/// Every number of pages somewhere in an answer.
fn pages(value: &Value, found: &mut Vec<u64>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == "pages" {
                    found.extend(value.as_u64());
                }
                pages(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| pages(value, found)),
        _ => {}
    }
}

async fn a_stale_answer_hides_the_pages_the_view_hides(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut case = Held::registered(&intake, Paper::new("SH", 1)).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    let entry = app.entry_clerk("SH").await;
    let of = |value: &Value| {
        let mut found = Vec::new();
        pages(value, &mut found);
        found
    };
    let view = entry.get(&case.path()).await.expect_status(200).body;
    assert!(!of(&view).is_empty() && of(&view).iter().all(|pages| *pages == 0), "{view}");
    let path = format!("{}/commands", case.path());
    let stale = entry.command(&path, 0, &json!({ "claim": {} })).await.expect_problem(412, "stale").body;
    assert!(!of(&stale).is_empty() && of(&stale).iter().all(|pages| *pages == 0), "{stale}");
    let bulk = json!({ "cases": [[case.id, 0]], "command": { "claim": {} } });
    let stale = entry.order("/api/cases/bulk", &bulk).await.expect_status(200).body;
    assert_eq!(stale[0]["problem"]["status"], 412);
    assert!(!of(&stale).is_empty() && of(&stale).iter().all(|pages| *pages == 0), "{stale}");
    // Whoever stated them sees them, in both.
    let stale = intake.command(&path, 0, &json!({ "claim": {} })).await.expect_problem(412, "stale").body;
    assert!(of(&stale).contains(&2), "{stale}");
}
