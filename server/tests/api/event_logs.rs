//! Event logs of other systems: read whole or not at all, once, and counted as others count them.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;
use server::import::{File, Report, Rule, event_log, figures, mapping};

use crate::support::process::ran;
use crate::support::published::compare;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_log_gives_the_figures_counted_by_hand,
    the_published_log_gives_the_published_figures,
    the_same_file_again_changes_nothing,
    a_case_that_was_brought_before_refuses_the_file,
    a_dry_run_writes_nothing,
    a_file_at_fault_is_told_row_by_row_and_writes_nothing,
    an_unreadable_file_is_told_where_it_breaks,
    the_commands_print_what_scripts_read,
);

/// The columns of our own small log.
const HEADER: &str = "case,what,id,at,who,group,channel,department,deadline,end";

/// A file of this folder.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/data").join(name)
}

/// How our own small log is read.
pub fn desk() -> event_log::Mapping {
    mapping(&data("desk-mapping.toml")).expect("a mapping")
}

pub async fn import(app: &TestApp, file: &File, mapping: &event_log::Mapping, dry_run: bool) -> Report {
    let store = app.app.store().as_ref();
    event_log::import(store, app.app.source(), file, mapping, dry_run).await.expect("the store answers")
}

/// Everything of imports a store holds.
async fn held(app: &TestApp) -> (u64, usize, usize, usize) {
    let store = app.app.store();
    let counts = store.counts().await.expect("counts");
    let sources = store.sources().await.expect("sources");
    let batches = store.batches(10).await.expect("batches");
    (counts.imported, sources.len(), batches.len(), store.units().await.expect("units").len())
}

async fn a_log_gives_the_figures_counted_by_hand(app: TestApp) {
    let (file, mapping) = (File::read(&data("desk.csv")).expect("a file"), desk());
    let report = import(&app, &file, &mapping, false).await;
    assert!(report.is_good(), "{}", report.faults);
    assert_eq!((report.rows, report.cases, report.steps, report.written), (16, 5, Some(16), 5));
    let published = std::fs::read_to_string(data("desk-expected.md")).expect("figures");
    compare(&figures(app.app.store().as_ref(), "desk").await.expect("figures"), &mapping, &published);
}

async fn the_published_log_gives_the_published_figures(app: TestApp) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // 2 MB of another's data: they lie beside the repository, not in it.
    let logs = repository.join("../shared/data/logs");
    if !logs.is_dir() {
        // Past the harness, which keeps what a passing test prints: nobody shall take it for compared.
        let absent = "NOT COMPARED with the published figures: there is no ../shared/data/logs";
        writeln!(std::io::stderr(), "{absent}").expect("standard error");
        return;
    }
    let mapping: event_log::Mapping =
        mapping(&repository.join("docs/receipt-mapping.toml")).expect("a mapping");
    let file = File::read(&logs.join("receipt.csv")).expect("a log");
    let report = import(&app, &file, &mapping, false).await;
    assert!(report.is_good(), "{}", report.faults);
    assert_eq!((report.rows, report.written), (8577, 1434));
    let published = std::fs::read_to_string(logs.join("receipt-expected.md")).expect("figures");
    compare(&figures(app.app.store().as_ref(), "receipt").await.expect("figures"), &mapping, &published);
    // Its unit was not there; it stands below the head office now, so that somebody sees its cases.
    let units = app.app.store().units().await.expect("units");
    let unit = units.iter().find(|unit| unit.id.as_str() == "NL").expect("the unit of the log");
    assert_eq!(unit.parent, Some("HQ".into()));
    let again = import(&app, &file, &mapping, false).await;
    assert_eq!((again.already, again.written, again.known), (true, 0, 1434));
}

async fn the_same_file_again_changes_nothing(app: TestApp) {
    let (file, mapping) = (File::read(&data("desk.csv")).expect("a file"), desk());
    import(&app, &file, &mapping, false).await;
    let before = held(&app).await;
    let told = figures(app.app.store().as_ref(), "desk").await.expect("figures");
    for dry_run in [false, true] {
        let again = import(&app, &file, &mapping, dry_run).await;
        assert!(again.is_good(), "{}", again.faults);
        assert_eq!((again.already, again.written, again.known), (true, 0, 5));
    }
    assert_eq!(held(&app).await, before);
    assert_eq!(figures(app.app.store().as_ref(), "desk").await.expect("figures"), told);
}

async fn a_case_that_was_brought_before_refuses_the_file(app: TestApp) {
    import(&app, &File::read(&data("desk.csv")).expect("a file"), &desk(), false).await;
    let before = held(&app).await;
    let rows = "D-9,receive,1,2026-03-01T08:00:00Z,,,,,,\nD-4,check,2,2026-03-04T08:00:00Z,,,,,,\n";
    let other = import(&app, &File::new(format!("{HEADER}\n{rows}").into_bytes()), &desk(), false).await;
    assert_eq!(faults(&other), [(Some(3), Some("case"), Rule::Known)]);
    assert_eq!((other.already, other.written, other.known), (false, 0, 1));
    assert_eq!(held(&app).await, before);
    // Another source may use the same numbers.
    let mut elsewhere = desk();
    "other desk".clone_into(&mut elsewhere.source);
    let file = File::new(format!("{HEADER}\n{rows}").into_bytes());
    assert_eq!(import(&app, &file, &elsewhere, false).await.written, 2);
}

async fn a_dry_run_writes_nothing(app: TestApp) {
    let before = held(&app).await;
    let file = File::read(&data("desk.csv")).expect("a file");
    let mut mapping = desk();
    // Not even the unit it would make.
    (mapping.unit.code, mapping.unit.name) = ("NEW".to_owned(), Some("新机构".to_owned()));
    let report = import(&app, &file, &mapping, true).await;
    assert!(report.is_good() && report.dry_run && !report.already, "{report:?}");
    assert_eq!((report.rows, report.cases, report.written), (16, 5, 0));
    assert_eq!(held(&app).await, before);
    assert_eq!(import(&app, &file, &mapping, false).await.written, 5);
    assert_eq!(held(&app).await, (5, 1, 1, before.3 + 1));
}

fn faults(report: &Report) -> Vec<(Option<u64>, Option<&str>, Rule)> {
    report.faults.first.iter().map(|fault| (fault.row, fault.column.as_deref(), fault.rule)).collect()
}

async fn a_file_at_fault_is_told_row_by_row_and_writes_nothing(app: TestApp) {
    let before = held(&app).await;
    let rows = "D-1,receive,1,2026-03-01T08:00:00Z,,,,,,\n\
        D-1,check,2,1 March 2026,,,,,,\n\
        D-1,dance,3,2026-03-01T08:00:00Z,,,,,,\n\
        D-1,check,4,2026-03-01T08:00:00Z,,,\n\
        ,check,5,2026-03-01T08:00:00Z,,,,,,\n\
        D-1,check,6,2026-03-01 08:00:00,,,,,,\n\
        D-1,check,1,2026-03-01T09:00:00Z,,,,,,\n\
        D-1,check,8,2026-03-01T08:00:00Z,,,Post,,,\n\
        D-2,check,9,2026-03-01T08:00:00Z,,,,,soon,\n";
    let report = import(&app, &File::new(format!("{HEADER}\n{rows}").into_bytes()), &desk(), false).await;
    let mut told = faults(&report);
    told.sort_unstable();
    let expected = [
        (Some(3), Some("at"), Rule::Time),
        (Some(4), Some("what"), Rule::Activity),
        (Some(5), None, Rule::Columns),
        (Some(6), Some("case"), Rule::Required),
        (Some(7), Some("at"), Rule::Time),
        (Some(8), Some("id"), Rule::Twice),
        (Some(10), Some("deadline"), Rule::Time),
    ];
    assert_eq!(told, expected);
    assert_eq!((report.faults.count, report.written), (7, 0));
    let shown = report.faults.to_string();
    assert!(
        shown.contains("row 4, column what: activity \"dance\" is not in the mapping: add it under [[activities]] [activity]"),
        "{shown}"
    );
    let without = HEADER.replace("id,at,", "");
    let file = File::new(format!("{without}\nD-1,receive,,,,,,\n").into_bytes());
    let report = import(&app, &file, &desk(), false).await;
    let missing = |column| (Some(1), Some(column), Rule::ColumnMissing);
    assert_eq!(faults(&report), [missing("at"), missing("id")]);
    let mut nowhere = desk();
    "XX".clone_into(&mut nowhere.unit.code);
    let report = import(&app, &File::read(&data("desk.csv")).expect("a file"), &nowhere, false).await;
    assert_eq!(faults(&report), [(None, None, Rule::Unit)]);
    assert_eq!(held(&app).await, before);
}

async fn an_unreadable_file_is_told_where_it_breaks(app: TestApp) {
    let before = held(&app).await;
    let good = format!("{HEADER}\nD-1,receive,1,2026-03-01T08:00:00Z,,,,,,\n");
    let broken: [(&[u8], Rule); 4] = [
        (b"D-1,check,2,2026-03-01T08:00:00Z,\xff,,,,,\n", Rule::Encoding),
        (b"D-1,\"check,2,2026-03-01T08:00:00Z,,,,,,\nD-1,check,3,x,,,,,,\n", Rule::Quotes),
        (b"D-1,check,2,2026-03-01T08:00:00Z,\0,,,,,\n", Rule::Nul),
        (b"D-1,\"check\"x,2,2026-03-01T08:00:00Z,,,,,,\n", Rule::Quotes),
    ];
    for (row, rule) in broken {
        let file = File::new([good.as_bytes(), row].concat());
        let report = import(&app, &file, &desk(), false).await;
        assert_eq!((faults(&report), report.written), (vec![(Some(3), None, rule)], 0));
    }
    for (file, rule) in [(String::new(), Rule::Empty), (format!("{HEADER}\n"), Rule::NoRows)] {
        let report = import(&app, &File::new(file.into_bytes()), &desk(), false).await;
        assert_eq!(faults(&report), [(None, None, rule)]);
    }
    assert_eq!(held(&app).await, before);
}

async fn the_commands_print_what_scripts_read(app: TestApp) {
    let path = |path: PathBuf| path.to_str().expect("a path of plain letters").to_owned();
    let (log, how) = (path(data("desk.csv")), path(data("desk-mapping.toml")));
    let arguments = ["import", "event-log", &log, "--mapping", &how, "--json"];
    for (written, already) in [(5, false), (0, true)] {
        let (code, told) = ran(&app.place, &arguments).await;
        assert_eq!((code, &told["written"], &told["already"]), (Some(0), &json!(written), &json!(already)));
        assert_eq!(
            (&told["cases"], &told["steps"], &told["faults"]["count"]),
            (&json!(5), &json!(16), &json!(0))
        );
    }
    let (code, told) = ran(&app.place, &["stats", "event-log", "--json"]).await;
    let figures = figures(app.app.store().as_ref(), "desk").await.expect("figures");
    assert_eq!((code, told), (Some(0), serde_json::to_value(figures).expect("figures are JSON")));
    let broken = path(app.place.folder().join("broken.csv"));
    std::fs::write(&broken, format!("{HEADER}\nD-7,dance,1,2026-03-01T08:00:00Z,,,,,,\n")).expect("a file");
    let (code, told) = ran(&app.place, &["import", "event-log", &broken, "--mapping", &how, "--json"]).await;
    assert_eq!((code, &told["written"]), (Some(1), &json!(0)));
    let fault = &told["faults"]["first"][0];
    assert_eq!(
        (&fault["row"], &fault["column"], &fault["rule"]),
        (&json!(2), &json!("what"), &json!("activity"))
    );
}
