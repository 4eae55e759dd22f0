//! Dashboards: figures that agree with what was done.

use serde_json::json;

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(the_backlog_counts_what_stands_where, clerks_see_no_dashboard);

async fn the_backlog_counts_what_stands_where(app: TestApp) {
    Held::at(&app, Paper::new("SH", 1), "entry").await;
    Held::at(&app, Paper::new("SH", 2), "recheck").await;
    let mut released = Held::at(&app, Paper::new("SH", 3), "binding").await;
    let binding = app.binding_clerk("SH").await;
    released.claimed(&binding).await;
    released.released(&binding).await;
    let intake = app.intake_clerk("SH").await;
    let mut given = Held::registered(&intake, Paper::new("SH", 4)).await;
    given.command(&intake, json!({ "hand_over": {} })).await;
    let manager = app.manager("SH").await;
    let backlog = manager.get("/api/dashboards/backlog").await.expect_status(200);
    assert_eq!((backlog.number("/ready"), backlog.number("/claimed")), (2, 0));
    assert_eq!(backlog.number("/registered_today/now"), 4);
    assert_eq!(backlog.number("/released_today/now"), 1);
    let row = &backlog.body["rows"][0];
    assert_eq!((&row["unit"], &row["in_transit"]), (&json!("SH"), &json!(1)));
    let open: Vec<_> = row["cells"].as_array().unwrap().iter().map(|cell| &cell["open"]["now"]).collect();
    assert_eq!(open, [1, 1, 0, 1, 0]);
    let last = backlog.body["today"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["arrived"], &last["finished"]), (&json!(4), &json!(1)));
    let one_post = manager.get("/api/dashboards/backlog?post=recheck").await.expect_status(200);
    assert_eq!((one_post.number("/ready"), one_post.number("/overdue")), (1, 0));
    let quality = manager.get("/api/dashboards/quality").await.expect_status(200);
    assert_eq!(quality.number("/recheck/error_rate/denominator"), 1);
    manager
        .get("/api/dashboards/quality?from=2026-03-18&to=2026-03-01")
        .await
        .expect_problem(400, "malformed");
}

async fn clerks_see_no_dashboard(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    clerk.get("/api/dashboards/backlog").await.expect_problem(403, "not-allowed");
    clerk.get("/api/dashboards/quality").await.expect_problem(403, "not-allowed");
    let inspector = app.inspector("SH").await;
    inspector.get("/api/dashboards/quality").await.expect_status(200);
    inspector.get("/api/dashboards/backlog").await.expect_problem(403, "not-allowed");
}
