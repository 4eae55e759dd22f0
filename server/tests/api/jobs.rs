//! What the server does by itself: leases, holds, seeds.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(an_idle_claim_ends_in_business_hours, a_hold_ends_at_its_time, one_server_does_the_jobs);

async fn an_idle_claim_ends_in_business_hours(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    case.claimed(&entry).await;
    // 09:30 and three hours: half an hour of lunch does not count.
    app.clock.pass(TimeDelta::hours(4));
    assert_eq!(server::jobs::expire_claims(&app.app).await.expect("claims are looked at"), 0);
    app.clock.pass(TimeDelta::hours(1));
    assert_eq!(server::jobs::expire_claims(&app.app).await.expect("claims are looked at"), 1);
    let late = case.try_command(&app.entry_clerk("SH").await, &json!({ "hand_over": {} })).await;
    let late = late.expect_problem(412, "stale");
    assert_eq!(late.body["events"][0]["fact"], json!({ "lease_expired": { "holder": "SH2001" } }));
    let view = app.entry_clerk("SH").await.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/case/state/open/status"), "ready");
    app.verify().await;
}

async fn a_hold_ends_at_its_time(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    case.claimed(&entry).await;
    let hold = json!({ "reason": "等候客户来电", "until": "2026-03-18T03:00:00Z" });
    case.command(&entry, json!({ "put_on_hold": hold })).await;
    assert_eq!(server::jobs::end_holds(&app.app).await.expect("holds are looked at"), 0);
    app.clock.pass(TimeDelta::minutes(95));
    assert_eq!(server::jobs::end_holds(&app.app).await.expect("holds are looked at"), 1);
    let view = app.entry_clerk("SH").await.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/case/state/open/status/claimed/by"), "SH2001");
}

async fn one_server_does_the_jobs(app: TestApp) {
    let today = "2026-03-18".parse().unwrap();
    let fixed = app.app.store().commitment(today).await.expect("seeds are read").expect("a seed is fixed");
    server::jobs::round(&app.app, "another").await.expect("a round");
    server::jobs::round(&app.app, "test").await.expect("a round");
    let again = app.app.store().commitment(today).await.expect("seeds are read").expect("a seed is fixed");
    assert_eq!(fixed.commitment, again.commitment);
}
