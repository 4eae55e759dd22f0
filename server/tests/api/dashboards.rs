//! Dashboards: figures that agree with what was done.

use chrono::TimeDelta;
use serde_json::json;
use server::source::Clock as _;

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    the_backlog_counts_what_stands_where,
    every_figure_opens_exactly_the_cases_it_counts,
    clerks_see_no_dashboard,
);

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

async fn every_figure_opens_exactly_the_cases_it_counts(app: TestApp) {
    for (no, post) in (1..).zip(["entry", "entry", "servicing", "recheck", "recheck", "binding"]) {
        Held::at(&app, Paper::new("SH", no), post).await;
    }
    let entry = app.entry_clerk("SH").await;
    let waiting = entry.order("/api/queues/entry/next", &json!({})).await.expect_status(200);
    let path = format!("/api/cases/{}", waiting.text("/case/case/id"));
    let until = (app.clock.now() + TimeDelta::hours(5)).to_rfc3339();
    let hold = json!({ "put_on_hold": { "reason": "等客户来电", "until": until, "moves_due": false } });
    entry
        .command(&format!("{path}/commands"), waiting.number("/case/case/version"), &hold)
        .await
        .expect_status(200);
    let intake = app.intake_clerk("SH").await;
    Held::registered(&intake, Paper::new("SH", 7)).await.command(&intake, json!({ "hand_over": {} })).await;
    let mut released = Held::at(&app, Paper::new("SH", 8), "binding").await;
    let binding = app.binding_clerk("SH").await;
    released.claimed(&binding).await;
    released.released(&binding).await;
    // So late that what stands at a post is overdue there, and some of it stuck.
    app.clock.pass(TimeDelta::days(1));
    let manager = app.manager("SH").await;
    let page = manager.get("/api/dashboards/backlog").await.expect_status(200);
    let behind = async |question: &str| -> Vec<String> {
        let list = manager.get(&format!("/api/dashboards/backlog/cases?{question}")).await.expect_status(200);
        let rows = list.body["rows"].as_array().expect("rows");
        rows.iter().map(|row| row["case"].as_str().expect("an id").to_owned()).collect()
    };
    let counts = async |question: &str| behind(question).await.len() as u64;
    assert_eq!(counts("standing=at_post").await, page.number("/ready") + page.number("/claimed"));
    assert_eq!((page.number("/waiting"), counts("standing=waiting").await), (1, 1));
    assert_eq!((page.number("/in_transit"), counts("standing=in_transit").await), (1, 1));
    assert!(page.number("/overdue") > 0, "something is overdue");
    assert_eq!(counts("late=overdue").await, page.number("/overdue"));
    assert_eq!(counts("late=today").await, page.number("/due_today"));
    assert_eq!(counts("counted=due_done").await, page.number("/due_today_done"));
    assert_eq!(counts("counted=registered").await, page.number("/registered_today/now"));
    assert_eq!(counts("counted=released").await, page.number("/released_today/now"));
    assert_eq!(counts("counted=stuck").await, page.number("/stuck_count"));
    for row in page.body["rows"].as_array().expect("rows") {
        let unit = row["unit"].as_str().expect("a unit");
        for cell in row["cells"].as_array().expect("cells") {
            let stage = cell["stage"].as_str().expect("a stage");
            let of = format!("row={unit}&stage={stage}");
            assert_eq!(counts(&of).await, cell["open"]["now"].as_u64().unwrap(), "{of}");
            assert_eq!(
                counts(&format!("{of}&late=overdue")).await,
                cell["overdue"].as_u64().unwrap(),
                "{of}"
            );
            assert_eq!(
                counts(&format!("{of}&late=today")).await,
                cell["due_today"].as_u64().unwrap(),
                "{of}"
            );
        }
    }
    for load in page.body["load"].as_array().expect("people") {
        let who = load["person"].as_str().expect("a number");
        let open = counts(&format!("person={who}&standing=held")).await;
        let finished = counts(&format!("person={who}&counted=finished")).await;
        assert_eq!(
            (open, finished),
            (load["open"].as_u64().unwrap(), load["finished"].as_u64().unwrap()),
            "{who}"
        );
    }
    // Today the steps were finished and the case released; it is in the list of that day alone.
    let mut all = behind("").await;
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 7, "open cases, each once, and not the one that was released");
    manager.get("/api/dashboards/backlog/cases?unit=BJ").await.expect_problem(404, "not-found");
    app.entry_clerk("SH").await.get("/api/dashboards/backlog/cases").await.expect_problem(403, "not-allowed");
}

async fn clerks_see_no_dashboard(app: TestApp) {
    let clerk = app.entry_clerk("SH").await;
    clerk.get("/api/dashboards/backlog").await.expect_problem(403, "not-allowed");
    clerk.get("/api/dashboards/quality").await.expect_problem(403, "not-allowed");
    let inspector = app.inspector("SH").await;
    inspector.get("/api/dashboards/quality").await.expect_status(200);
    inspector.get("/api/dashboards/backlog").await.expect_problem(403, "not-allowed");
}
