//! A store with something in every table: months of the demo department, an imported log with a note, values looked at.

use domain::case::state::{State, Status};
use domain::time::Timestamp;
use serde_json::json;
use server::import::File;
use server::seed::{Options, seed};
use server::source::Source;
use store::Engine;

use super::stores::Place;
use super::{NOW, TestApp, department};
use crate::event_logs::{data, desk, import};

/// How many cases the demo department has.
const CASES: u32 = 150;

/// The server over it; everything is sealed.
pub async fn everything(engine: Engine) -> TestApp {
    let place = Place::new(engine).await;
    let store = place.open().await;
    let now: Timestamp = NOW.parse().expect("a moment");
    let vault =
        server::start::vault(&place.config(), store.as_ref(), &Source::system()).await.expect("a vault");
    let story = Options { cases: CASES, seed: 1, until: now };
    seed(store.as_ref(), &vault, story, &department::password_hash().await).await.expect("a story");
    let config = place.config();
    let app = TestApp::over(place, config, store, now).await;
    assert_eq!(
        import(&app, &File::read(&data("desk.csv")).expect("a file"), &desk(), false).await.written,
        5
    );
    server::live::poll(&app.app).await.expect("the feed is read");
    app.app.read_directory().await.expect("the directory is read");
    looked_at(&app).await;
    noted(&app).await;
    app.clock.pass(chrono::TimeDelta::minutes(1));
    sealed(&app).await;
    app
}

/// Everything that came into the log is sealed. On PostgreSQL a transaction of any test on the server may hold the
/// watermark back for a moment.
pub async fn sealed(app: &TestApp) {
    let all = async {
        loop {
            server::jobs::round(&app.app, "test").await.expect("the jobs run");
            let seals = app.app.store().seals(&app.app.vault().seal_key()).await.expect("the seals are read");
            if seals.unsealed == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(super::PATIENCE, all).await.expect("everything is sealed");
}

/// A holder opens his case and sees full values.
async fn looked_at(app: &TestApp) {
    let cases = app.app.store().cases_behind(None, CASES).await.expect("cases");
    let held = cases.iter().find_map(|case| match &case.record.case.state {
        State::Open { status: Status::Claimed(holding), stage } if *stage != domain::post::Stage::Binding => {
            Some((holding.by.clone(), case.record.case.id))
        }
        _ => None,
    });
    let (holder, id) = held.expect("a case in hand");
    let seen = app.person(holder.as_str()).await.get(&format!("/api/cases/{id}")).await.expect_status(200);
    assert_ne!(seen.body["plain"], json!({}));
}

/// Somebody of the head office writes a note on a case of the other log.
async fn noted(app: &TestApp) {
    let directory = app.app.directory();
    let sees = |person: &domain::actor::Person| person.role.leads() && person.scope.contains(&"SH".into());
    let lead = directory.people().find(|person| sees(person)).expect("a lead").id.clone();
    let lead = app.person(lead.as_str()).await;
    let found = lead.post("/api/search", &json!({ "text": "D-4" })).await.expect_status(200);
    let path = format!("/api/cases/{}/commands", found.text("/0/id"));
    let note = json!({ "add_note": { "text": "与来件登记簿核对" } });
    lead.command(&path, 0, &note).await.expect_status(200);
}
