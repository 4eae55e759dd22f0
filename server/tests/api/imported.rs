//! Cases of other systems' logs among our own: seen, marked, never worked.

use serde_json::{Value, json};
use server::import::File;

use crate::event_logs::{data, desk, import};
use crate::support::case::{Held, Paper};
use crate::support::client::{Client, new_key};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    they_stand_in_lists_and_search_marked_as_imported,
    dashboards_count_them_apart,
    nobody_is_given_one,
    every_command_but_a_note_is_refused,
    a_note_is_added_once_and_stays,
    who_does_not_see_the_unit_does_not_find_them,
);

async fn brought(app: &TestApp) {
    let file = File::read(&data("desk.csv")).expect("a file");
    assert_eq!(import(app, &file, &desk(), false).await.written, 5);
}

/// The address of an imported case, by its number.
async fn found(who: &Client, number: &str) -> String {
    let found = who.post("/api/search", &json!({ "text": number })).await.expect_status(200);
    assert_eq!(found.body.as_array().map(Vec::len), Some(1), "{}", found.body);
    assert_eq!((found.text("/0/number").as_str(), &found.body[0]["imported"]), (number, &json!(true)));
    found.text("/0/id")
}

fn numbers(page: &Value) -> Vec<(&str, bool)> {
    let rows = page["items"].as_array().expect("a page").iter();
    let mut numbers: Vec<_> =
        rows.map(|row| (row["number"].as_str().expect("a number"), row["imported"] == json!(true))).collect();
    numbers.sort_unstable();
    numbers
}

async fn they_stand_in_lists_and_search_marked_as_imported(app: TestApp) {
    brought(&app).await;
    let ours = Held::at(&app, Paper::new("SH", 1), "recheck").await;
    let recheck = app.recheck_clerk("SH").await;
    // Open there with a check as its last step; ended ones stand in no list.
    let page = recheck.get("/api/queues/recheck?tab=todo").await.expect_status(200);
    assert_eq!(numbers(&page.body), [("D-4", true), (&*ours.number, false)]);
    assert_eq!(page.number("/count"), 2);
    let intake = app.intake_clerk("SH").await;
    let page = intake.get("/api/queues/intake?tab=todo").await.expect_status(200);
    assert_eq!(numbers(&page.body), [("D-3", true)]);
    assert_eq!(page.text("/items/0/id"), found(&intake, "D-3").await);
    let view = recheck.get(&format!("/api/cases/{}", found(&recheck, "D-4").await)).await.expect_status(200);
    assert_eq!((view.text("/imported/source").as_str(), view.number("/version")), ("desk", 0));
    let steps = view.body["imported"]["steps"].as_array().expect("steps");
    assert_eq!((steps.len(), &steps[1]["referral"], &steps[4]["rework"]), (6, &json!(true), &json!(true)));
    let ended = recheck.post("/api/search", &json!({ "text": "D-1" })).await.expect_status(200);
    assert_eq!((&ended.body[0]["imported"], &ended.body[0]["stage"]), (&json!(true), &Value::Null));
}

async fn dashboards_count_them_apart(app: TestApp) {
    brought(&app).await;
    Held::at(&app, Paper::new("SH", 1), "recheck").await;
    let backlog = app.manager("SH").await.get("/api/dashboards/backlog").await.expect_status(200);
    assert_eq!(backlog.number("/imported_open"), 2);
    let cells = backlog.body["rows"][0]["cells"].as_array().expect("cells").iter();
    let told: Vec<_> = cells.map(|cell| (&cell["open"]["now"], &cell["overdue"])).collect();
    let (none, one) = (json!(0), json!(1));
    assert_eq!(told, [(&none, &none), (&none, &none), (&none, &none), (&one, &none), (&none, &none)]);
    assert_eq!(backlog.body["stuck"], json!([]));
    let elsewhere = app.manager("BJ").await.get("/api/dashboards/backlog").await.expect_status(200);
    assert_eq!(elsewhere.number("/imported_open"), 0);
    app.verify().await;
}

async fn nobody_is_given_one(app: TestApp) {
    brought(&app).await;
    let recheck = app.recheck_clerk("SH").await;
    assert_eq!(recheck.next("recheck").await.status, 204);
    assert_eq!(app.intake_clerk("SH").await.next("intake").await.status, 204);
    let ours = Held::at(&app, Paper::new("SH", 1), "recheck").await;
    assert_eq!(recheck.next("recheck").await.expect_status(200).text("/case/case/id"), ours.id);
    assert_eq!(recheck.next("recheck").await.status, 204);
    let several = json!({ "cases": [[found(&recheck, "D-4").await, 0]], "command": { "claim": {} } });
    let results = recheck.order("/api/cases/bulk", &several).await.expect_status(200);
    assert_eq!(results.text("/0/problem/type"), "/problems/case-imported");
}

async fn every_command_but_a_note_is_refused(app: TestApp) {
    brought(&app).await;
    let (recheck, lead) = (app.recheck_clerk("SH").await, app.lead("SH").await);
    let path = format!("/api/cases/{}/commands", found(&recheck, "D-4").await);
    let paper = Paper::new("SH", 1);
    let (fields, reason) = (paper.fields(), "不需要");
    let commands = [
        json!({ "amend_registration": { "amendment": paper.amendment() } }),
        json!({ "receive_material": { "material": { "kind": "application", "form": "original", "copies": 1, "pages": 1 } } }),
        json!({ "hand_over": {} }),
        json!({ "confirm_receipt": { "counted": [1] } }),
        json!({ "take_back": {} }),
        json!({ "claim": {} }),
        json!({ "unclaim": {} }),
        json!({ "assign": { "to": "SH4001" } }),
        json!({ "set_priority": { "priority": "complaint", "reason": reason } }),
        json!({ "transfer_holding": { "to": "SH4002" } }),
        json!({ "confirm_transfer": {} }),
        json!({ "enter_change": { "item": 1, "fields": fields } }),
        json!({ "confirm_entry": { "item": 1, "key_fields": fields } }),
        json!({ "endorse": { "item": 1, "number": "P-1", "text": reason, "effective_date": "2026-03-18" } }),
        json!({ "pass_recheck": { "change": true, "entry": true, "fees": true } }),
        json!({ "propose_decline": { "reason": reason, "items": [1] } }),
        json!({ "cancel_proposal": {} }),
        json!({ "decline": {} }),
        json!({ "withdraw": { "request_pages": 1, "reason": reason } }),
        json!({ "release": { "method": "counter", "receiver": "顾文娟" } }),
        json!({ "put_on_hold": { "reason": reason, "until": "2026-03-19T03:00:00Z" } }),
        json!({ "resume": {} }),
        json!({ "approve": { "approval": 1 } }),
    ];
    for command in &commands {
        for who in [&recheck, &lead] {
            let refused = who.command(&path, 0, command).await;
            assert_eq!(refused.status, 409, "{command}: {}", refused.body);
            refused.expect_problem(409, "case-imported");
        }
    }
    let view = recheck.get(path.trim_end_matches("/commands")).await.expect_status(200);
    assert_eq!(view.number("/version"), 0);
}

async fn a_note_is_added_once_and_stays(app: TestApp) {
    brought(&app).await;
    let recheck = app.recheck_clerk("SH").await;
    let path = format!("/api/cases/{}", found(&recheck, "D-4").await);
    let (commands, key) = (format!("{path}/commands"), new_key());
    let note = json!({ "add_note": { "text": "与原系统核对过" } });
    for _ in 0..2 {
        let done = recheck.command_with(&commands, 0, &note, &key).await.expect_status(200);
        assert_eq!(done.number("/version"), 1);
    }
    recheck.command(&commands, 0, &note).await.expect_problem(412, "stale");
    let empty = json!({ "add_note": { "text": " " } });
    recheck.command(&commands, 1, &empty).await.expect_problem(422, "input");
    let view = recheck.get(&path).await.expect_status(200);
    let notes = view.body["imported"]["notes"].as_array().expect("notes");
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0]["fact"], json!({ "noted": { "text": "与原系统核对过" } }));
    app.verify().await;
}

async fn who_does_not_see_the_unit_does_not_find_them(app: TestApp) {
    brought(&app).await;
    let path = format!("/api/cases/{}", found(&app.recheck_clerk("SH").await, "D-4").await);
    let other = app.recheck_clerk("BJ").await;
    let found = other.post("/api/search", &json!({ "text": "D-4" })).await.expect_status(200);
    assert_eq!(found.body, json!([]));
    other.get(&path).await.expect_problem(404, "not-found");
    let note = json!({ "add_note": { "text": "x" } });
    other.command(&format!("{path}/commands"), 0, &note).await.expect_problem(404, "not-found");
    let page = other.get("/api/queues/recheck?tab=todo").await.expect_status(200);
    assert_eq!(page.body["items"], json!([]));
}
