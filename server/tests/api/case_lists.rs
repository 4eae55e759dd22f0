//! Lists of cases to be worked here: registered as people register, all rows or none, once.

use std::path::Path;

use serde_json::{Value, json};
use server::import::{File, Report, Rule, case_list, mapping};

use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_row_becomes_a_case_in_the_pool_of_intake,
    a_bad_row_is_named_and_no_row_is_written,
    what_registration_refuses_is_refused,
    rows_brought_before_stay_as_they_are,
    a_dry_run_registers_and_undoes,
);

/// The columns of the documented example.
const HEADER: &str = "受理号,受理机构,申请人,手机号,申请日期,收件时间,保全项目,资料,保单号,险种,保单状态,生效日,交至日,\
    期交保费,现金价值,投保人,被保险人";

/// A row that is in order.
fn row(no: u32, unit: &str) -> String {
    format!(
        "P-{no},{unit},顾文娟,139{no:08},2026-03-18,2026-03-18 09:10,联系方式变更,\"申请书:original:1:2;身份证:copy\",\
        3100{no:08},安衡终身寿险,有效,2019-06-12,2026-06-12,12480.50,0,顾文娟,沈嘉树"
    )
}

/// The mapping of the documentation: what is written there works.
fn portal() -> case_list::Mapping {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/case-list-mapping.toml");
    mapping(&path).expect("a mapping")
}

async fn import(app: &TestApp, rows: &[String], dry_run: bool) -> Report {
    let file = File::new(format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes());
    case_list::import(&app.app, &file, &portal(), dry_run).await.expect("the server answers")
}

/// Cases and events in the store, and batches noted.
async fn held(app: &TestApp) -> (u64, u64, usize) {
    let counts = app.app.store().counts().await.expect("counts");
    (counts.cases, counts.events, app.app.store().batches(10).await.expect("batches").len())
}

fn faults(report: &Report) -> Vec<(u64, Option<&str>, Rule)> {
    let faults = report.faults.first.iter();
    let mut told: Vec<_> =
        faults.map(|fault| (fault.row.unwrap_or(0), fault.column.as_deref(), fault.rule)).collect();
    told.sort_unstable();
    told
}

async fn a_row_becomes_a_case_in_the_pool_of_intake(app: TestApp) {
    let report = import(&app, &[row(1, "SH"), row(2, "SH01"), row(3, "SH")], false).await;
    assert!(report.is_good(), "{}", report.faults);
    assert_eq!((report.rows, report.cases, report.written, report.known), (3, 3, 3, 0));
    let intake = app.intake_clerk("SH").await;
    let page = intake.get("/api/queues/intake?tab=todo&sort=number").await.expect_status(200);
    let rows = page.body["items"].as_array().expect("a page").iter();
    let told: Vec<_> = rows.map(|row| (&row["number"], &row["status"], &row["imported"])).collect();
    let numbers = ["SH-260318-0001", "SH-260318-0002", "SH01-260318-0001"].map(|number| json!(number));
    let (ready, ours) = (json!("ready"), json!(false));
    assert_eq!(told, numbers.each_ref().map(|number| (number, &ready, &ours)));
    // The office's application waits at the office.
    let at_office = app.person("SH011001").await.get("/api/queues/intake?tab=todo").await.expect_status(200);
    assert_eq!((at_office.number("/count"), &at_office.body["items"][0]["number"]), (1, &numbers[2]));
    // Another system registered it: nobody holds it, and who claims it works on it as on any other.
    let next = intake.next("intake").await.expect_status(200);
    let view = intake.get(&format!("/api/cases/{}", next.text("/case/case/id"))).await.expect_status(200);
    assert_eq!(view.body["events"][0]["by"], json!({ "integration": "portal" }));
    assert_eq!(view.text("/case/state/open/status/claimed/by"), "SH1001");
    let registration = &view.body["case"]["registration"];
    assert_eq!((&registration["items"], &registration["channel"]), (&json!(["AM"]), &json!("online")));
    assert_eq!(registration["policy"]["premium"]["minor"], json!(1_248_050));
    assert_eq!(registration["received_at"], json!("2026-03-18T01:10:00Z"));
    let path = format!("/api/cases/{}/commands", next.text("/case/case/id"));
    let hand_over = json!({ "hand_over": {} });
    intake.command(&path, next.number("/case/case/version"), &hand_over).await.expect_status(200);
    // Personal values are sealed like everyone's.
    let stored = app.place.bytes(&app).await;
    assert!(!stored.windows(11).any(|bytes| bytes == b"13900000001"), "a mobile number is stored plain");
    app.verify().await;
}

async fn a_bad_row_is_named_and_no_row_is_written(app: TestApp) {
    let rows = [
        row(1, "SH"),
        row(2, "SH").replace(",2026-03-18,", ",18.3.2026,"),
        row(3, "SH").replace("12480.50", "12480.505"),
        row(4, "SH").replace("有效", "尚可"),
        row(5, "SH").replace("13900000005", ""),
        row(6, "SH").replace("2026-03-18 09:10", "今早"),
        row(7, "SH").replace(":original:1:2", ":scan:1:2"),
        row(1, "SH").replace("沈嘉树", "沈嘉林"),
        row(8, "SH").replace(",沈嘉树", ""),
    ];
    let report = import(&app, &rows, false).await;
    let expected = [
        (3, Some("申请日期"), Rule::Date),
        (4, Some("期交保费"), Rule::Amount),
        (5, Some("保单状态"), Rule::Unknown),
        (6, Some("手机号"), Rule::Required),
        (7, Some("收件时间"), Rule::Time),
        (8, Some("资料"), Rule::Unknown),
        (9, Some("受理号"), Rule::Twice),
        (10, None, Rule::Columns),
    ];
    assert_eq!(faults(&report), expected);
    assert_eq!((report.faults.count, report.written), (8, 0));
    assert_eq!(held(&app).await, (0, 0, 0));
}

async fn what_registration_refuses_is_refused(app: TestApp) {
    let rows = [
        row(1, "SH"),
        // A unit nobody knows, an item nobody knows, papers of the future, missing ones, dated back: another system
        // has no grant for that.
        row(2, "XX"),
        row(3, "SH").replace("联系方式变更", "ZZ"),
        row(4, "SH").replace("2026-03-18 09:10", "2026-03-19 09:10"),
        row(5, "SH").replace(";身份证:copy", ""),
        row(6, "SH").replace(",2026-03-18,", ",2026-03-17,"),
        row(7, "SH"),
    ];
    let report = import(&app, &rows, false).await;
    let refused = |row| (row, None, Rule::Refused);
    assert_eq!(
        faults(&report),
        [(3, Some("受理机构"), Rule::Unit), refused(4), refused(5), refused(6), refused(7)]
    );
    let told = report.faults.to_string();
    assert!(
        told.contains("row 4: not to be registered: ") && told.contains("/registration/items/0"),
        "{told}"
    );
    assert!(told.contains("applicant_id") && told.contains("not_too_old"), "{told}");
    assert!(!told.contains("139000"), "a mobile number is told: {told}");
    // Rows 2 and 8 had been written by then.
    assert_eq!((report.written, held(&app).await), (0, (0, 0, 0)));
    let mended = import(&app, &[row(1, "SH"), row(7, "SH")], false).await;
    assert_eq!(mended.written, 2);
    let intake = app.intake_clerk("SH").await;
    let page = intake.get("/api/queues/intake?tab=todo&sort=number").await.expect_status(200);
    assert_eq!(page.text("/items/0/number"), "SH-260318-0001", "an undone import left no gap");
    app.verify().await;
}

async fn rows_brought_before_stay_as_they_are(app: TestApp) {
    let rows = [row(1, "SH"), row(2, "SH")];
    import(&app, &rows, false).await;
    let intake = app.intake_clerk("SH").await;
    let worked = intake.next("intake").await.expect_status(200);
    let before = held(&app).await;
    let again = import(&app, &rows, false).await;
    assert_eq!((again.already, again.written, again.known), (true, 0, 2));
    assert_eq!(held(&app).await, before);
    // A list that has grown brings what is new.
    let grown = [row(1, "SH"), row(3, "SH"), row(2, "SH")];
    let more = import(&app, &grown, false).await;
    assert_eq!((more.already, more.written, more.known), (false, 1, 2));
    let (cases, events, batches) = held(&app).await;
    assert_eq!((cases, events, batches), (before.0 + 1, before.1 + 1, before.2 + 1));
    let id = worked.text("/case/case/id");
    let view = intake.get(&format!("/api/cases/{id}")).await.expect_status(200);
    assert_eq!(view.body["case"]["version"], worked.body["case"]["case"]["version"]);
    app.verify().await;
}

async fn a_dry_run_registers_and_undoes(app: TestApp) {
    let good = import(&app, &[row(1, "SH"), row(2, "SH")], true).await;
    assert!(good.is_good() && good.dry_run, "{}", good.faults);
    assert_eq!((good.cases, good.written), (2, 0));
    let bad = import(&app, &[row(1, "SH"), row(2, "SH").replace("联系方式变更", "ZZ")], true).await;
    assert_eq!(faults(&bad), [(3, None, Rule::Refused)]);
    assert_eq!(held(&app).await, (0, 0, 0));
    let page = app.intake_clerk("SH").await.get("/api/queues/intake?tab=todo").await.expect_status(200);
    assert_eq!(page.body["items"], Value::Array(Vec::new()));
}
