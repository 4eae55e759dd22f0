//! Archives: everything of a running store in one file, back in an empty store of either engine, and refused where the
//! file, the key or the store is not the right one.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::actor::{Person, Role};
use domain::post::Post;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use server::archive::{Archive, ArchiveError, backup};
use server::verify::verify;
use store::{Engine, Store};

use crate::support::case::{Held, Paper};
use crate::support::everything::everything;
use crate::support::process::{command, ran, said};
use crate::support::stores::{self, Place};
use crate::support::{NOW, TestApp, on_both_engines};

on_both_engines!(
    an_archive_is_taken_beside_people_at_work,
    a_cut_or_changed_archive_is_refused_and_leaves_nothing,
    the_key_and_the_store_must_be_the_right_ones,
    a_restoring_that_is_killed_leaves_nothing_or_all,
);

/// An archive of everything a server holds.
async fn archived(app: &TestApp, name: &str) -> PathBuf {
    let file = app.place.folder().join(name);
    backup(app.app.store().as_ref(), app.app.source(), &file).await.expect("an archive");
    file
}

/// An empty store with the key of another; its schema not even made.
async fn empty(engine: Engine, like: &TestApp) -> Place {
    let place = Place::new(engine).await;
    fs::copy(like.place.folder().join("plumbline.key"), place.folder().join("plumbline.key")).expect("a key");
    place
}

fn lines(file: &Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(file).expect("an archive")).read_to_string(&mut text).expect("text");
    text.lines().map(str::to_owned).collect()
}

fn written(file: &Path, lines: &[String]) {
    let mut out = GzEncoder::new(fs::File::create(file).expect("a file"), Compression::fast());
    out.write_all(format!("{}\n", lines.join("\n")).as_bytes()).expect("it is written");
    out.finish().expect("it is written");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of plain letters")
}

#[tokio::test]
async fn everything_comes_back_on_either_engine() {
    for from in [Engine::Sqlite, Engine::Postgres] {
        let app = everything(from).await;
        let first = archived(&app, "first.archive").await;
        assert_eq!(fs::metadata(&first).expect("an archive").mode() & 0o777, 0o600);
        for to in [Engine::Sqlite, Engine::Postgres] {
            let place = empty(to, &app).await;
            let (code, report) = ran(&place, &["restore", text(&first), "--json"]).await;
            assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report}");
            let second = place.folder().join("second.archive");
            let (code, told) = ran(&place, &["backup", text(&second), "--json"]).await;
            assert_eq!(code, Some(0), "{told}");
            // All lines but the first and the last are the same, row for row, whichever the engine.
            let (before, after) = (lines(&first), lines(&second));
            assert_eq!(before.len(), after.len());
            for (before, after) in before.iter().zip(&after).skip(1).take(before.len() - 2) {
                assert_eq!(before, after);
            }
            worked_on(place).await;
        }
        let database = app.place.database();
        drop(app);
        stores::clear(database).await;
    }
}

/// A clerk signs in at a restored store, registers a case, writes on it and hands it over; everything still agrees.
async fn worked_on(place: Place) {
    let (config, store, database) = (place.config(), place.open().await, place.database());
    let app = TestApp::over(place, config, store, NOW.parse().expect("a moment")).await;
    let at_counter = |person: &Person| {
        person.unit == "SH".into() && person.role == Role::Clerk && person.posts.contains(&Post::Intake)
    };
    let number = app.app.directory().people().find(|person| at_counter(person)).expect("a clerk").id.clone();
    let clerk = app.person(number.as_str()).await;
    let mut case = Held::registered(&clerk, Paper::new("SH", 1)).await;
    case.command(&clerk, json!({ "add_note": { "text": "恢复后继续办理" } })).await;
    case.command(&clerk, json!({ "hand_over": {} })).await;
    app.verify().await;
    drop(app);
    stores::clear(database).await;
}

async fn an_archive_is_taken_beside_people_at_work(app: TestApp) {
    for no in 1..=3 {
        Held::at(&app, Paper::new("SH", no), "entry").await;
    }
    let mut case = Held::at(&app, Paper::new("SH", 9), "entry").await;
    let entry = app.entry_clerk("SH").await;
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    let work = tokio::spawn(async move {
        let mut notes = 0;
        while !told.load(Ordering::Relaxed) {
            case.command(&entry, json!({ "add_note": { "text": format!("第 {notes} 条") } })).await;
            notes += 1;
            tokio::task::yield_now().await;
        }
        notes
    });
    let mut archives = Vec::new();
    for no in 0..3 {
        archives.push(archived(&app, &format!("{no}.archive")).await);
        let report = verify(app.app.store().as_ref(), app.app.vault()).await.expect("the store is read");
        assert!(report.ok, "{report:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.store(true, Ordering::Relaxed);
    assert!(work.await.expect("the clerk goes home") > 3);
    for archive in archives {
        let place = empty(Engine::Sqlite, &app).await;
        let (code, report) = ran(&place, &["restore", text(&archive), "--json"]).await;
        assert_eq!((code, &report["ok"], &report["cases"]), (Some(0), &json!(true), &json!(4)), "{report}");
    }
    let again =
        backup(app.app.store().as_ref(), app.app.source(), &app.place.folder().join("0.archive")).await;
    assert!(matches!(again, Err(ArchiveError::Exists(_))), "{again:?}");
}

async fn a_cut_or_changed_archive_is_refused_and_leaves_nothing(app: TestApp) {
    for no in 1..=3 {
        Held::at(&app, Paper::new("SH", no), "servicing").await;
    }
    let engine = app.app.store().engine();
    let whole = archived(&app, "whole.archive").await;
    let bytes = fs::read(&whole).expect("an archive");
    let place = empty(engine, &app).await;
    let bad = place.folder().join("bad.archive");
    let store = server::start::open(&place.config()).await.expect("a store");
    let cuts = [10, bytes.len() / 3, bytes.len() / 2, bytes.len() - 200, bytes.len() - 9, bytes.len() - 1];
    for cut in cuts {
        fs::write(&bad, &bytes[..cut]).expect("a file");
        refused(store.as_ref(), &bad).await;
    }
    let good = lines(&whole);
    let row = good.iter().position(|line| line.contains("SH-260318-0001")).expect("a row of the first case");
    let changed = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = good.clone();
        change(&mut lines);
        written(&bad, &lines);
    };
    for change in [
        &(|lines: &mut Vec<String>| lines[row] = lines[row].replace("260318-0001", "260318-0009"))
            as &dyn Fn(&mut Vec<String>),
        &|lines| drop(lines.remove(row)),
        &|lines| lines.swap(row, row + 1),
        &|lines| drop(lines.pop()),
        &|lines| lines.push("[1]".to_owned()),
        &|lines| "{\"neither\": 1}".clone_into(&mut lines[row]),
        &|lines| lines[0] = lines[0].replace("archive", "parcel"),
        &|lines| lines[0] = lines[0].replace("\"form\":1", "\"form\":2"),
    ] {
        changed(change);
        refused(store.as_ref(), &bad).await;
    }
    store.close().await;
    let (code, report) = ran(&place, &["restore", text(&whole), "--json"]).await;
    assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report}");
    stores::clear(place.database()).await;
}

/// The archive is refused, and the store is as empty as before.
async fn refused(store: &dyn Store, file: &Path) {
    match Archive::open(file) {
        Err(_) => {}
        Ok(mut archive) => {
            let schema = archive.schema();
            store.restore(schema, &mut archive).await.expect_err("a broken archive");
        }
    }
    if store.check().await.is_ok() {
        let counts = store.counts().await.expect("counts");
        assert_eq!((counts.cases, counts.events, counts.people), (0, 0, 0), "{counts:?}");
    }
}

async fn the_key_and_the_store_must_be_the_right_ones(app: TestApp) {
    Held::at(&app, Paper::new("SH", 1), "entry").await;
    let engine = app.app.store().engine();
    let archive = archived(&app, "all.archive").await;
    let place = Place::new(engine).await;
    let key = place.folder().join("plumbline.key");
    let (code, told) = said(&place, &["restore", text(&archive)]).await;
    assert!(code != Some(0) && told.contains("needs the master key of the archive"), "{told}");
    assert!(!key.exists(), "no key is made up for values that are sealed with another");
    let (code, told) = said(&place, &["verify"]).await;
    assert_ne!(code, Some(0), "{told}");
    let other = Place::new(engine).await;
    server::start::vault(&other.config(), other.open().await.as_ref(), app.app.source())
        .await
        .expect("a vault");
    fs::copy(other.folder().join("plumbline.key"), &key).expect("another key");
    let (code, told) = said(&place, &["restore", text(&archive)]).await;
    assert!(code != Some(0) && told.contains("the archive needs another master key"), "{told}");
    fs::copy(app.place.folder().join("plumbline.key"), &key).expect("the key");
    // Of a newer program.
    let mut newer = lines(&archive);
    let mut first: Value = serde_json::from_str(&newer[0]).expect("a first line");
    first["schema"] = json!([1, 9_999]);
    newer[0] = first.to_string();
    let from_later = place.folder().join("newer.archive");
    written(&from_later, &newer);
    let (code, told) = said(&place, &["restore", text(&from_later)]).await;
    assert!(code != Some(0) && told.contains("written by a newer program (migration 9999)"), "{told}");
    let (code, report) = ran(&place, &["restore", text(&archive), "--json"]).await;
    assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report}");
    let (code, told) = said(&place, &["restore", text(&archive)]).await;
    assert!(code != Some(0) && told.contains("is restored into an empty one"), "{told}");
    // Without the key nothing can be verified, and it says so.
    fs::rename(&key, place.folder().join("away.key")).expect("the key is away");
    let (code, told) = said(&place, &["verify"]).await;
    assert!(code != Some(0) && told.contains("verify needs the master key"), "{told}");
    assert!(!key.exists());
    stores::clear(place.database()).await;
    stores::clear(other.database()).await;
}

async fn a_restoring_that_is_killed_leaves_nothing_or_all(app: TestApp) {
    for no in 1..=6 {
        Held::at(&app, Paper::new("SH", no), "binding").await;
    }
    let archive = archived(&app, "all.archive").await;
    let place = empty(app.app.store().engine(), &app).await;
    for millis in [15, 40, 80, 120, 200, 400] {
        let mut child = command(&place).args(["restore", text(&archive)]).spawn().expect("it starts");
        tokio::time::sleep(Duration::from_millis(millis)).await;
        child.kill().await.expect("it is killed");
        let store = server::start::open(&place.config()).await.expect("the store opens");
        // What is half made of the schema the next restoring makes whole.
        let cases = if store.check().await.is_ok() { store.counts().await.expect("counts").cases } else { 0 };
        store.close().await;
        assert!([0, 6].contains(&cases), "{cases} of 6 cases");
        if cases == 6 {
            let (code, report) = ran(&place, &["verify", "--json"]).await;
            assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report}");
            stores::clear(place.database()).await;
            return;
        }
    }
    let (code, report) = ran(&place, &["restore", text(&archive), "--json"]).await;
    assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report}");
    stores::clear(place.database()).await;
}

#[tokio::test]
async fn its_cases_are_printed_without_a_store_or_a_key() {
    let app = everything(Engine::Sqlite).await;
    let archive = archived(&app, "all.archive").await;
    let nowhere = Place::new(Engine::Sqlite).await;
    let out = nowhere.folder().join("cases.jsonl");
    let (code, told) = said(&nowhere, &["export", text(&archive), "--output", text(&out)]).await;
    assert!(code == Some(0) && told.contains("150 cases, 5 imported ones"), "{told}");
    assert_eq!(fs::metadata(&out).expect("a file").mode() & 0o777, 0o600);
    let text_of_all = fs::read_to_string(&out).expect("lines");
    assert!(!text_of_all.contains("\"cipher\":\""), "ciphertext is printed");
    let cases: Vec<Value> =
        text_of_all.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    let events: usize = cases.iter().filter_map(|case| case["events"].as_array()).map(Vec::len).sum();
    let counts = app.app.store().counts().await.expect("counts");
    // The note on the imported case stands with that case.
    assert_eq!(events as u64, counts.events - 1);
    let noted = cases.iter().find(|case| case["number"] == "D-4").expect("an imported case");
    assert_eq!(noted["imported"]["notes"].as_array().map(Vec::len), Some(1), "{noted}");
    assert_eq!(noted["imported"]["steps"].as_array().map(Vec::len), Some(6));
    let number = cases[0]["number"].as_str().expect("a number");
    let (code, told) = said(&nowhere, &["export", text(&archive), "--case", number]).await;
    assert!(code == Some(0) && told.lines().filter(|line| line.starts_with('{')).count() == 1, "{told}");
    let (code, told) = said(&nowhere, &["export", text(&archive), "--case", "XX-1"]).await;
    assert!(code != Some(0) && told.contains("1 of the 1 cases asked for are not in the archive"), "{told}");
}

#[tokio::test]
async fn files_of_a_store_are_for_its_account_alone() {
    let app = TestApp::new(Engine::Sqlite).await;
    Held::at(&app, Paper::new("SH", 1), "entry").await;
    archived(&app, "all.archive").await;
    let mut seen = 0;
    for entry in fs::read_dir(app.place.folder()).expect("a folder") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("a file").mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
        seen += 1;
    }
    assert!(seen >= 4, "the store, its log, the key and the archive: {seen}");
}
