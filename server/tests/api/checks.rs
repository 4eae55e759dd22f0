//! Samples: drawn by chance that anyone can follow, checked, and what a major finding does.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::case::{Held, Paper};
use crate::support::client::Client;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_draw_is_repeatable_and_its_checks_are_done,
    a_major_finding_bars_the_release_until_the_second_check_conforms,
    a_verdict_answers_every_point,
    what_may_be_taken_back_is_not_drawn,
    who_may_draw_and_check,
);

fn draw(count: u16) -> Value {
    json!({ "day": "2026-03-18", "unit": "SH", "post": "entry", "count": count })
}

/// Every point that applies, conforming but for one, with its evidence.
pub(crate) fn verdict(check: &Value, fails: Option<u64>, findings: &Value) -> Value {
    let points: Vec<Value> = check["applies"]
        .as_array()
        .expect("points that apply")
        .iter()
        .map(|point| match fails {
            Some(fails) if point.as_u64() == Some(fails) => {
                json!({ "point": point, "verdict": "does_not", "evidence": "手机号录错一位", "cause": "care" })
            }
            _ => json!({ "point": point, "verdict": "conforms" }),
        })
        .collect();
    json!({ "submit": { "points": points, "findings": findings } })
}

pub(crate) async fn drawn(app: &TestApp, inspector: &Client) -> Value {
    app.clock.pass(TimeDelta::minutes(1));
    inspector.order("/api/draws", &draw(1)).await.expect_status(200);
    let checks = inspector.get("/api/checks").await.expect_status(200);
    let id = checks.text("/checks/0/id");
    inspector.get(&format!("/api/checks/{id}")).await.expect_status(200).body
}

pub(crate) async fn submit(inspector: &Client, check: &Value, verdict: &Value) -> crate::support::Answer {
    let id = check["row"]["id"].as_str().expect("an id");
    let version = check["row"]["version"].as_u64().expect("a version");
    inspector.command(&format!("/api/checks/{id}/commands"), version, verdict).await
}

async fn a_draw_is_repeatable_and_its_checks_are_done(app: TestApp) {
    for no in 1..=4 {
        Held::at(&app, Paper::new("SH", no), "servicing").await;
    }
    app.clock.pass(TimeDelta::minutes(1));
    let inspector = app.inspector("SH").await;
    let before = inspector.get("/api/checks").await.expect_status(200);
    assert_eq!(before.body["frames"], json!([4, 4, 0, 0, 0]));
    let drawn = inspector.order("/api/draws", &draw(2)).await.expect_status(200);
    assert_eq!((drawn.number("/frame_size"), drawn.number("/drawn")), (4, 2));
    assert_eq!(drawn.body["verified_at"], json!(null));
    let verified = inspector.order(&format!("/api/draws/{}/verify", drawn.text("/id")), &json!({})).await;
    assert!(verified.expect_status(200).body["verified_at"].is_string());
    let checks = inspector.get("/api/checks").await.expect_status(200);
    let rows = checks.body["checks"].as_array().expect("checks");
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row["pi"], json!([2, 4]));
        let path = format!("/api/checks/{}", row["id"].as_str().unwrap());
        let check = inspector.get(&path).await.expect_status(200).body;
        // The step as it was: entered, not yet serviced.
        assert!(check["case"]["items"][0]["entered"].is_object());
        assert_eq!(check["case"]["items"][0]["core"], json!(null));
        let done = submit(&inspector, &check, &verdict(&check, None, &json!([]))).await.expect_status(200);
        assert_eq!(done.body["row"]["conforms"], json!(true));
        let again = submit(&inspector, &done.body, &verdict(&check, None, &json!([]))).await;
        again.expect_problem(409, "already-done");
    }
    let quality = app.manager("SH").await.get("/api/dashboards/quality").await.expect_status(200);
    assert_eq!(quality.number("/samples/error_rate/denominator"), 2);
    assert_eq!(quality.number("/samples/error_rate/numerator"), 0);
    assert!(quality.body["samples"]["error_rate"]["high"].as_f64().unwrap() > 0.0);
    app.verify().await;
}

async fn a_major_finding_bars_the_release_until_the_second_check_conforms(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "binding").await;
    let inspector = app.inspector("SH").await;
    let check = drawn(&app, &inspector).await;
    let finding = json!({
        "error_point": "E03", "severity": "major", "cause": "care", "item": 1, "field": "mobile",
        "responsible": "SH2001", "evidence": "与申请书不符", "affected_minor": 0,
    });
    let point = check["applies"][0].as_u64();
    submit(&inspector, &check, &verdict(&check, point, &json!([finding]))).await.expect_status(200);
    let binding = app.binding_clerk("SH").await;
    case.version = binding.get(&case.path()).await.expect_status(200).number("/case/version");
    case.claimed(&binding).await;
    let lines = json!({ "endorsement": "done", "customer_copy": "done" });
    case.command(&binding, json!({ "bind": { "item": 1, "lines": lines } })).await;
    let release = json!({ "release": { "method": "counter", "receiver": "顾文娟" } });
    case.try_command(&binding, &release).await.expect_problem(409, "release-barred");
    let due = inspector.get("/api/checks").await.expect_status(200);
    let first = due.text("/second_due/0/id");
    // A second check that does not conform leaves the bar, and another one follows.
    for conforms in [false, true] {
        let second =
            inspector.order("/api/checks/second", &json!({ "check": first })).await.expect_status(200);
        assert_eq!(second.text("/row/second_of"), first);
        assert_eq!(second.body["row"]["pi"], json!(null));
        let fails = if conforms { None } else { second.body["applies"][0].as_u64() };
        submit(&inspector, &second.body, &verdict(&second.body, fails, &json!([]))).await.expect_status(200);
        let view = binding.get(&case.path()).await.expect_status(200);
        assert_eq!(view.body["case"]["bars"].as_array().map(Vec::len), Some(usize::from(!conforms)));
        case.version = view.number("/case/version");
    }
    case.command(&binding, release).await;
    let quality = app.manager("SH").await.get("/api/dashboards/quality").await.expect_status(200);
    assert_eq!(quality.number("/samples/error_rate/numerator"), 1);
    assert_eq!(quality.number("/samples/error_rate/denominator"), 1);
    assert_eq!(quality.number("/outside_rates"), 2);
    assert_eq!(quality.text("/samples/pareto/0/error_point"), "E03");
    app.verify().await;
}

async fn a_verdict_answers_every_point(app: TestApp) {
    Held::at(&app, Paper::new("SH", 1), "servicing").await;
    let inspector = app.inspector("SH").await;
    let check = drawn(&app, &inspector).await;
    let missing = submit(&inspector, &check, &json!({ "submit": { "points": [] } })).await;
    assert_eq!(missing.expect_problem(422, "input").text("/refusal/input/pointer"), "/submit/points");
    let mut without = verdict(&check, check["applies"][0].as_u64(), &json!([]));
    without["submit"]["points"][0]["evidence"] = json!("");
    let without = submit(&inspector, &check, &without).await.expect_problem(422, "input");
    assert_eq!(without.text("/refusal/input/pointer"), "/submit/points/0/evidence");
    let stranger = json!({
        "error_point": "E03", "severity": "minor", "cause": "care", "responsible": "SH5001", "evidence": "x",
    });
    let stranger = verdict(&check, check["applies"][0].as_u64(), &json!([stranger]));
    let stranger = submit(&inspector, &check, &stranger).await.expect_problem(422, "input");
    assert_eq!(stranger.text("/refusal/input/pointer"), "/submit/findings/0/responsible");
}

async fn what_may_be_taken_back_is_not_drawn(app: TestApp) {
    Held::at(&app, Paper::new("SH", 1), "servicing").await;
    let mut given = Held::at(&app, Paper::new("SH", 2), "entry").await;
    let entry = app.entry_clerk("SH").await;
    given.claimed(&entry).await;
    given.entered(&entry).await;
    app.clock.pass(TimeDelta::minutes(1));
    let inspector = app.inspector("SH").await;
    let drawn = inspector.order("/api/draws", &draw(5)).await.expect_status(200);
    assert_eq!((drawn.number("/frame_size"), drawn.number("/drawn")), (1, 1));
    // Taken back, given again and received: the frame of the draw is still what it was.
    app.clock.pass(TimeDelta::minutes(1));
    given.command(&entry, json!({ "take_back": {} })).await;
    given.command(&entry, json!({ "hand_over": {} })).await;
    given.received(&app.servicing_clerk("SH").await).await;
    let path = format!("/api/draws/{}/verify", drawn.text("/id"));
    inspector.order(&path, &json!({})).await.expect_status(200);
    app.clock.pass(TimeDelta::minutes(1));
    let again = inspector.order("/api/draws", &draw(5)).await.expect_status(200);
    assert_eq!(again.number("/frame_size"), 2);
    app.verify().await;
}

async fn who_may_draw_and_check(app: TestApp) {
    Held::at(&app, Paper::new("SH", 1), "servicing").await;
    let inspector = app.inspector("SH").await;
    let check = drawn(&app, &inspector).await;
    let path = format!("/api/checks/{}", check["row"]["id"].as_str().unwrap());
    app.manager("SH").await.get(&path).await.expect_problem(403, "not-allowed");
    let foreign = app.inspector("BJ").await;
    foreign.get(&path).await.expect_problem(404, "not-found");
    foreign.order("/api/draws", &draw(1)).await.expect_problem(404, "not-found");
    inspector.order("/api/draws", &draw(0)).await.expect_problem(422, "invalid");
    let tomorrow = json!({ "day": "2026-03-19", "unit": "SH", "post": "entry", "count": 1 });
    inspector.order("/api/draws", &tomorrow).await.expect_problem(422, "invalid");
}
