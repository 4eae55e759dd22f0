//! What imported files come to in the store: figures of days and of work, logs that grow, lists that were corrected.

use serde_json::json;
use server::import::{File, Report, Rule, case_list, event_log, figures};

use crate::support::process::{printed, ran};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    figures_of_days_say_so,
    begun_and_finished_rows_give_work_time,
    years_far_apart_give_figures_of_bounded_length,
    a_log_that_has_grown_brings_what_is_new,
    a_case_that_has_ended_or_changed_its_past_refuses,
    a_corrected_list_says_which_rows_differ,
    a_corrected_list_updates_what_nobody_has_taken_up,
    a_preview_says_what_a_file_was_taken_for_and_a_mapping_is_suggested,
);

const MAPPING: &str = r#"
    source = "flow"
    unit.code = "SH"
    columns = { case = "case", activity = "act", time = "at", resource = "who" }
    activities = [
        { name = "in", stage = "intake" },
        { name = "key", stage = "entry" },
        { name = "bind", stage = "binding", ends = true },
    ]
"#;

/// The mapping with lines in front of it and others behind it.
fn log(front: &str, time: &str) -> event_log::Mapping {
    let text = format!("{front}\n{MAPPING}\n[time]\noffset = \"+08:00\"\n{time}");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

async fn import(app: &TestApp, mapping: &event_log::Mapping, text: &str) -> Report {
    let file = File::new(text.as_bytes().to_vec());
    let store = app.app.store().as_ref();
    event_log::import(store, app.app.source(), &file, mapping, false).await.expect("the store answers")
}

async fn told(app: &TestApp) -> serde_json::Value {
    let figures = figures(app.app.store().as_ref(), "flow").await.expect("figures");
    serde_json::to_value(figures).expect("figures are JSON")
}

fn faults(report: &Report) -> Vec<(u64, &str, Rule)> {
    let faults = report.faults.first.iter();
    faults.map(|fault| (fault.row.unwrap_or(0), fault.column.as_deref().unwrap_or(""), fault.rule)).collect()
}

/// `verify` finds nothing wrong.
async fn whole(app: &TestApp) {
    let report =
        server::verify::verify(app.app.store().as_ref(), app.app.vault()).await.expect("the store is read");
    assert!(report.ok, "{report:#?}");
}

async fn figures_of_days_say_so(app: TestApp) {
    let text = "case,act,at,who\nA1,in,2026-03-05,甲\nA1,key,2026-03-05,\nA1,bind,2026-03-06,乙\n";
    let report = import(&app, &log("", "days = \"rows\""), text).await;
    assert!(report.is_good() && report.notes.iter().any(|note| note.contains("days")), "{report:?}");
    let told = told(&app).await;
    assert_eq!((&told["precision"], &told["duration mean (h)"]), (&json!("days"), &json!(24.0)));
    // The step in the middle is of somebody unknown: who handed over to whom is not known either.
    assert_eq!((&told["resource_pairs"], &told["resource_handovers"]), (&json!(0), &json!(0)));
    let clerk = app.intake_clerk("SH").await;
    let found = clerk.post("/api/search", &json!({ "text": "A1" })).await.expect_status(200);
    let view = clerk.get(&format!("/api/cases/{}", found.text("/0/id"))).await.expect_status(200);
    assert_eq!(view.body["imported"]["by_day"], json!(true));
    whole(&app).await;
}

async fn begun_and_finished_rows_give_work_time(app: TestApp) {
    let text = "case,act,at,who,life\nA1,in,2026-03-05 09:00,甲,start\nA1,in,2026-03-05 09:20,甲,complete\n\
        A1,key,2026-03-05 10:00,乙,start\nA1,key,2026-03-05 10:40,乙,complete\nA1,bind,2026-03-05 11:00,丙,complete\n\
        A2,in,2026-03-05 12:00,甲,start\n";
    let unsaid = import(&app, &log("", ""), text).await;
    assert_eq!(faults(&unsaid), [(1, "life", Rule::Lifecycle)]);
    let report = import(&app, &log("lifecycle = { column = \"life\" }", ""), text).await;
    assert!(report.is_good(), "{}", report.faults);
    assert_eq!((report.written, report.steps), (1, Some(3)));
    let told = told(&app).await;
    assert_eq!((&told["work: steps"], &told["work mean (h)"]), (&json!(2), &json!(0.5)));
    assert_eq!((&told["events"], &told["precision"]), (&json!(3), &serde_json::Value::Null));
}

async fn years_far_apart_give_figures_of_bounded_length(app: TestApp) {
    let text = "case,act,at,who\nA1,in,0026-03-05 09:00,\nA1,key,2026-03-06 09:00,\nA2,in,2026-03-05 09:00,\nA2,key,9999-12-31 00:00,\n";
    let refused = import(&app, &log("", ""), text).await;
    assert_eq!(faults(&refused), [(2, "at", Rule::Time), (5, "at", Rule::Time)]);
    // Whoever insists gets them; figures stay short all the same.
    let insisted = log("", "from = \"0001-01-01\"\nuntil = \"9999-12-31\"");
    let report = import(&app, &insisted, text).await;
    assert!(report.is_good(), "{}", report.faults);
    let told = told(&app).await;
    let months = told["open_at_end_of_month"].as_object().expect("months").len();
    assert!((1..10).contains(&months), "{told}");
}

const OCTOBER: &str =
    "case,act,at,who\nA1,in,2025-10-05 09:00,甲\nA1,key,2025-10-06 09:00,乙\nA2,in,2025-10-28 09:00,甲\n";
const NOVEMBER: &str = "case,act,at,who\nA1,in,2025-10-05 09:00,甲\nA1,key,2025-10-06 09:00,乙\nA2,in,2025-10-28 09:00,甲\n\
    A2,key,2025-11-03 09:00,乙\na2,bind,2025-11-04 09:00,丙\nA3,in,2025-11-05 09:00,甲\n";

async fn a_log_that_has_grown_brings_what_is_new(app: TestApp) {
    let (strict, append) = (log("", ""), log("brought_before = \"append\"", ""));
    assert_eq!(import(&app, &append, OCTOBER).await.written, 2);
    let refused = import(&app, &strict, NOVEMBER).await;
    assert_eq!(faults(&refused), [(2, "case", Rule::Known), (4, "case", Rule::Known)]);
    assert!(refused.faults.to_string().contains("brought_before = \"append\""), "{}", refused.faults);
    let grown = import(&app, &append, NOVEMBER).await;
    assert!(grown.is_good(), "{}", grown.faults);
    assert_eq!((grown.written, grown.updated, grown.known), (1, 1, 1));
    let now = told(&app).await;
    assert_eq!((&now["cases"], &now["events"]), (&json!(3), &json!(6)));
    let clerk = app.entry_clerk("SH").await;
    let page = clerk.get("/api/queues/entry?tab=todo").await.expect_status(200);
    assert_eq!((page.number("/count"), page.text("/items/0/number").as_str()), (1, "A1"));
    let binding = app.binding_clerk("SH").await.get("/api/queues/binding?tab=todo").await.expect_status(200);
    assert_eq!(binding.number("/count"), 0, "the case that was bound has ended");
    // The same file changes nothing, nor does another that holds nothing new.
    let again = import(&app, &append, NOVEMBER).await;
    assert_eq!((again.already, again.updated, again.written), (true, 0, 0));
    let only_new = "case,act,at,who\nA2,key,2025-11-03 09:00,乙\nA2,bind,2025-11-04 09:00,丙\nA3,in,2025-11-05 09:00,甲\n";
    let nothing = import(&app, &append, only_new).await;
    assert!(nothing.is_good(), "{}", nothing.faults);
    assert_eq!((nothing.updated, nothing.written, nothing.known), (0, 0, 2));
    assert_eq!(told(&app).await, now);
    whole(&app).await;
}

async fn a_case_that_has_ended_or_changed_its_past_refuses(app: TestApp) {
    let append = log("brought_before = \"append\"", "");
    import(&app, &append, NOVEMBER).await;
    let before = told(&app).await;
    let late = "case,act,at,who\nA2,key,2025-12-01 09:00,乙\nA1,in,2025-10-05 10:00,甲\nA1,bind,2025-12-01 09:00,丙\n";
    let report = import(&app, &append, late).await;
    assert_eq!(faults(&report), [(2, "at", Rule::Late), (3, "at", Rule::Late)]);
    assert!(report.faults.to_string().contains("has ended") && report.written == 0, "{}", report.faults);
    assert_eq!(told(&app).await, before);
}

const HEADER: &str = "号,申请人,手机,保单号,收件,项目,资料,保费";

fn list(before: &str) -> case_list::Mapping {
    let text = format!(
        r#"
        source = "portal"
        brought_before = "{before}"
        time.offset = "+08:00"
        [columns]
        number = "号"
        applicant = "申请人"
        mobile = "手机"
        policy_no = "保单号"
        received_at = "收件"
        items = "项目"
        materials = "资料"
        premium = "保费"
        holder = "申请人"
        [constants]
        accepting = "SH"
        applied_on = "2026-03-18"
        group = "traditional"
        payment_mode = "annual"
        product = "安衡终身寿险"
        status = "in_force"
        effective = "2019-06-12"
        paid_to = "2026-06-12"
        insured = "沈嘉树"
        "#
    );
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn row(no: u32, applicant: &str, mobile: &str, premium: &str) -> String {
    format!(
        "P-{no},{applicant},{mobile},31000000710{no},2026-03-18 09:10,AM,application:original:1:2;applicant_id:copy,{premium}"
    )
}

async fn bring(app: &TestApp, before: &str, rows: &[String]) -> Report {
    let file = File::new(format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes());
    case_list::import(&app.app, &file, &list(before), false).await.expect("the server answers")
}

fn brought() -> [String; 2] {
    [row(1, "顾文娟", "13900007101", "100"), row(2, "沈嘉林", "13900007102", "100")]
}

async fn a_corrected_list_says_which_rows_differ(app: TestApp) {
    assert_eq!(bring(&app, "refuse", &brought()).await.written, 2);
    // The same values otherwise written are the same.
    let same = [row(1, "顾文娟", "+86 139-0000-7101", "￥100.00"), brought()[1].clone()];
    let report = bring(&app, "refuse", &same).await;
    assert!(report.is_good(), "{}", report.faults);
    assert_eq!((report.known, report.written, report.updated), (2, 0, 0));
    let corrected =
        [brought()[0].clone(), row(2, "陈默", "13900007199", "100"), row(3, "陈默", "13900007103", "100")];
    let report = bring(&app, "refuse", &corrected).await;
    assert_eq!(faults(&report), [(3, "申请人", Rule::Changed), (3, "手机", Rule::Changed)]);
    let said = report.faults.to_string();
    assert!(said.contains("brought_before = \"update\"") && !said.contains("139000"), "{said}");
    assert_eq!(report.written, 0);
    let kept = bring(&app, "keep", &corrected).await;
    assert!(kept.is_good() && kept.notes.iter().any(|note| note.contains("row 3")), "{kept:?}");
    assert_eq!((kept.written, kept.known, kept.updated), (1, 2, 0));
}

async fn a_corrected_list_updates_what_nobody_has_taken_up(app: TestApp) {
    bring(&app, "refuse", &brought()).await;
    let clerk = app.intake_clerk("SH").await;
    let taken = clerk.next("intake").await.expect_status(200);
    let held = taken.text("/case/case/registration/applicant");
    let (free, busy) = if held == "顾文娟" { (2, 1) } else { (1, 2) };
    let corrected = [row(free, "陈默", "13900007199", "200")];
    let report = bring(&app, "update", &corrected).await;
    assert!(report.is_good(), "{}", report.faults);
    assert_eq!((report.updated, report.written, report.known), (1, 0, 0));
    let found =
        clerk.post("/api/search", &json!({ "text": format!("31000000710{free}") })).await.expect_status(200);
    let view = clerk.get(&format!("/api/cases/{}", found.text("/0/id"))).await.expect_status(200);
    let registration = &view.body["case"]["registration"];
    assert_eq!(
        (&registration["applicant"], &registration["policy"]["premium"]["minor"]),
        (&json!("陈默"), &json!(20_000))
    );
    assert_eq!(registration["mobile"]["masked"], json!("139****7199"));
    assert_eq!(view.number("/case/version"), 2);
    // Brought again with what stands there now: nothing is left to do.
    let again = bring(&app, "refuse", &[corrected[0].clone(), row(3, "陈默", "13900007103", "100")]).await;
    assert!(again.is_good(), "{}", again.faults);
    // Who holds the other one decides himself; papers and receipt are the case's own.
    let report = bring(&app, "update", &[row(busy, "陈默", "13900007199", "200")]).await;
    assert_eq!(faults(&report), [(2, "申请人", Rule::Changed)]);
    assert!(report.faults.to_string().contains("amend it there"), "{}", report.faults);
    let papers = corrected[0].replace("copy", "original");
    let report = bring(&app, "update", &[papers]).await;
    assert_eq!(faults(&report), [(2, "资料", Rule::Changed)]);
    app.verify().await;
}

async fn a_preview_says_what_a_file_was_taken_for_and_a_mapping_is_suggested(app: TestApp) {
    let folder = app.place.folder();
    let path = |name: &str| folder.join(name).to_str().expect("a path of plain letters").to_owned();
    let (gbk, _, _) = encoding_rs::GB18030
        .encode("案件号;环节;完成时间\n甲1;登记;2026年3月5日 9:00\n甲1;复核;2026-03-05 下午 2:00\n");
    std::fs::write(path("log.csv"), &gbk).expect("a file");
    let (code, suggested) =
        printed(&app.place, &["import", "event-log", &path("log.csv"), "--suggest"]).await;
    assert_eq!(code, Some(0), "{suggested}");
    std::fs::write(path("log.toml"), &suggested).expect("a file");
    let arguments =
        ["import", "event-log", &path("log.csv"), "--mapping", &path("log.toml"), "--dry-run", "--json"];
    let (code, told) = ran(&app.place, &arguments).await;
    assert_eq!(code, Some(0), "{told}");
    assert_eq!((&told["encoding"], &told["delimiter"]), (&json!("gb18030"), &json!("semicolon")));
    assert_eq!((&told["cases"], &told["steps"], &told["written"]), (&json!(1), &json!(2), &json!(0)));
}
