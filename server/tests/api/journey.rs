//! One case through the five posts, by five people.

use serde_json::json;

use crate::support::TestApp;
use crate::support::case::{Held, Paper};
use crate::support::on_both_engines;

on_both_engines!(five_people_bring_a_case_from_intake_to_release, a_return_goes_back_and_comes_again);

async fn five_people_bring_a_case_from_intake_to_release(app: TestApp) {
    let people = [
        app.intake_clerk("SH").await,
        app.entry_clerk("SH").await,
        app.servicing_clerk("SH").await,
        app.recheck_clerk("SH").await,
        app.binding_clerk("SH").await,
    ];
    let [intake, entry, servicing, recheck, binding] = &people;
    let mut case = Held::registered(intake, Paper::new("SH", 1)).await;
    assert_eq!(case.number, "SH-260318-0001");
    case.command(intake, json!({ "hand_over": {} })).await;
    let queues = entry.get("/api/queues").await.expect_status(200);
    assert_eq!(queues.number("/slips"), 1);
    case.received_and_next(entry, "entry").await;
    case.entered(entry).await;
    case.received_and_next(servicing, "servicing").await;
    case.serviced(servicing).await;
    case.received_and_next(recheck, "recheck").await;
    let view = recheck.get(&case.path()).await.expect_status(200);
    assert_eq!(view.body["differences"], json!({}), "nothing is compared before the application is keyed");
    case.rechecked(recheck).await;
    case.received_and_next(binding, "binding").await;
    case.released(binding).await;
    let view = intake.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/case/state/ended/ending"), "released");
    assert_eq!(view.number("/case/version"), case.version);
    let done = binding.get("/api/queues/binding?tab=done").await.expect_status(200);
    assert_eq!(done.text("/items/0/number"), case.number);
    app.verify().await;
}

async fn a_return_goes_back_and_comes_again(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 2), "recheck").await;
    let recheck = app.recheck_clerk("SH").await;
    case.claimed(&recheck).await;
    let ground = json!({ "finding": {
        "error_point": "E03", "severity": "ordinary", "cause": "care", "field": "mobile",
    } });
    let back = json!({ "stage": "entry", "items": [1], "grounds": [ground], "reason": "手机号与申请书不符" });
    case.command(&recheck, json!({ "return_to": back })).await;
    let entry = app.entry_clerk("SH").await;
    case.received(&entry).await;
    let next = entry.next("entry").await.expect_status(200);
    assert_eq!(next.text("/case/case/id"), case.id);
    assert_eq!(next.text("/reason/0"), "returned_to_you");
    case.version = next.number("/case/case/version");
    case.entered(&entry).await;
    let servicing = app.servicing_clerk("SH").await;
    case.received(&servicing).await;
    case.claimed(&servicing).await;
    case.serviced(&servicing).await;
    case.received(&recheck).await;
    case.claimed(&recheck).await;
    case.rechecked(&recheck).await;
    app.verify().await;
}
