//! Hand-over slips: several cases on one, pages counted unseen, differences, transfers.

use serde_json::json;

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    cases_for_one_receiver_share_a_slip,
    the_receiver_counts_unseen,
    a_difference_leaves_the_case_with_the_giver,
    a_transfer_moves_the_holding_alone,
    an_office_hands_over_to_its_branch,
);

async fn cases_for_one_receiver_share_a_slip(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut cases = Vec::new();
    for no in 1..=3 {
        let mut case = Held::registered(&intake, Paper::new("SH", no)).await;
        case.command(&intake, json!({ "hand_over": {} })).await;
        cases.push(case);
    }
    let entry = app.entry_clerk("SH").await;
    let slips = entry.get("/api/slips").await.expect_status(200);
    assert_eq!(slips.body["incoming"].as_array().map(Vec::len), Some(1));
    assert_eq!(slips.text("/incoming/0/number"), "SH-260318-J001");
    assert_eq!(slips.number("/incoming/0/lines"), 3);
    // Once a line is confirmed the slip takes no more.
    cases[0].received(&entry).await;
    let mut fourth = Held::registered(&intake, Paper::new("SH", 4)).await;
    fourth.command(&intake, json!({ "hand_over": {} })).await;
    let slips = entry.get("/api/slips").await.expect_status(200);
    assert_eq!(slips.body["incoming"].as_array().map(Vec::len), Some(2));
    let mine = intake.get("/api/slips").await.expect_status(200);
    assert_eq!(mine.body["outgoing"].as_array().map(Vec::len), Some(2));
    app.verify().await;
}

async fn the_receiver_counts_unseen(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut case = Held::registered(&intake, Paper::new("SH", 1)).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    let entry = app.entry_clerk("SH").await;
    let id = entry.get("/api/slips").await.expect_status(200).text("/incoming/0/id");
    let slip = entry.get(&format!("/api/slips/{id}")).await.expect_status(200);
    assert_eq!(slip.body["lines"][0]["materials"][0]["pages"], json!(null));
    let view = entry.get(&case.path()).await.expect_status(200);
    assert_eq!(view.number("/case/materials/0/pages"), 0);
    assert_eq!(view.number("/events/0/fact/registered/registration/materials/0/pages"), 0);
    let giver = intake.get(&format!("/api/slips/{id}")).await.expect_status(200);
    assert_eq!(giver.number("/lines/0/materials/0/pages"), 2);
    case.received(&entry).await;
    let settled = entry.get(&format!("/api/slips/{id}")).await.expect_status(200);
    assert_eq!(settled.number("/lines/0/materials/0/pages"), 2);
    assert_eq!(settled.text("/lines/0/state"), "confirmed");
    let foreign = app.entry_clerk("BJ").await;
    foreign.get(&format!("/api/slips/{id}")).await.expect_problem(404, "not-found");
}

async fn a_difference_leaves_the_case_with_the_giver(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut case = Held::registered(&intake, Paper::new("SH", 1)).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    let entry = app.entry_clerk("SH").await;
    let report = json!({ "report_difference": { "difference": "申请书少一页" } });
    case.try_command(&entry, &report).await.expect_problem(409, "count-first");
    for _ in 0..2 {
        case.command(&entry, json!({ "confirm_receipt": { "counted": [1, 1] } })).await;
    }
    case.command(&entry, report).await;
    let view = intake.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/case/state/open/stage"), "intake");
    assert_eq!(view.text("/case/state/open/status/claimed/by"), "SH1001");
    app.verify().await;
}

async fn a_transfer_moves_the_holding_alone(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (giver, receiver) = (app.person("SH2001").await, app.person("SH2002").await);
    case.claimed(&giver).await;
    case.command(&giver, json!({ "transfer_holding": { "to": "SH2002" } })).await;
    let slips = receiver.get("/api/slips").await.expect_status(200);
    assert_eq!(slips.text("/incoming/0/kind"), "transfer");
    assert_eq!(slips.text("/incoming/0/to_person"), "SH2002");
    case.try_command(&giver, &json!({ "confirm_transfer": {} })).await.expect_problem(409, "not-receiver");
    case.command(&receiver, json!({ "confirm_transfer": {} })).await;
    let view = receiver.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/case/state/open/status/claimed/by"), "SH2002");
    app.verify().await;
}

async fn an_office_hands_over_to_its_branch(app: TestApp) {
    let intake = app.person("SH011001").await;
    let mut case = Held::registered(&intake, Paper::new("SH01", 1)).await;
    assert!(case.number.starts_with("SH01-"));
    case.command(&intake, json!({ "hand_over": {} })).await;
    let entry = app.entry_clerk("SH").await;
    case.received_and_next(&entry, "entry").await;
    case.entered(&entry).await;
    let view = intake.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/sites/entry"), "SH");
    app.verify().await;
}
