//! Demo data: whole, lively, the same for the same seed, and never mixed with real work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::case::state::{State, Status};
use domain::id::CaseId;
use domain::post::Post;
use domain::time::Timestamp;
use server::seed::{Options, SeedError, Seeded, seed};
use server::source::Source;
use store::{Engine, EventPlace, Store};

use crate::support::stores::{self, Place};
use crate::support::{NOW, TestApp, department};

const CASES: u32 = 400;

/// A store that was seeded.
struct Demo {
    place: Place,
    store: Arc<dyn Store>,
    seeded: Seeded,
}

impl Demo {
    async fn new(engine: Engine, seed: u64) -> Self {
        let place = Place::new(engine).await;
        let store = place.open().await;
        let seeded = fill(&place, store.as_ref(), seed).await.expect("the store is filled");
        Self { place, store, seeded }
    }

    /// Every case by number with what was done to it, when and by whom. Ids of cases and sealed values are another
    /// store's own, numbers and acts are not.
    async fn story(&self) -> BTreeMap<String, Vec<String>> {
        let mut numbers: BTreeMap<CaseId, String> = BTreeMap::new();
        let mut behind = None;
        loop {
            let page = self.store.cases_behind(behind, 500).await.expect("cases are read");
            let Some(last) = page.last() else { break };
            behind = Some(last.record.case.id);
            numbers.extend(page.iter().map(|case| (case.record.case.id, case.record.case.number.clone())));
        }
        let (mut story, mut behind) = (BTreeMap::<String, Vec<String>>::new(), None);
        loop {
            let page = self.store.events_behind(behind, 2_000).await.expect("events are read");
            let Some(last) = page.last() else { break };
            behind = Some(EventPlace { case: last.envelope.case, version: last.envelope.version });
            for event in page {
                let act = event.envelope;
                let told = format!("{} {} {:?} {:?} {}", act.version, act.at, act.by, act.stage, act.unit);
                story.entry(numbers[&act.case].clone()).or_default().push(told);
            }
        }
        story
    }

    async fn clear(self) {
        self.store.close().await;
        stores::clear(self.place.database()).await;
    }
}

async fn fill(place: &Place, store: &dyn Store, chance: u64) -> Result<Seeded, SeedError> {
    let until: Timestamp = NOW.parse().expect("a moment");
    let vault =
        server::start::vault(&place.config(), store, &Source::system()).await.expect("the vault opens");
    seed(store, &vault, Options { cases: CASES, seed: chance, until }, &department::password_hash().await)
        .await
}

/// What is asked of the demo data on either engine.
async fn is_whole_and_lively(engine: Engine) {
    let Demo { place, store, seeded } = Demo::new(engine, 1).await;
    let vault = server::start::existing_vault(&place.config(), store.as_ref(), &Source::system())
        .await
        .expect("the vault opens");
    let report = server::verify::verify(store.as_ref(), &vault).await.expect("the store is read");
    assert!(report.ok, "{report:#?}");
    assert_eq!((report.cases, report.events), (u64::from(CASES), seeded.events));
    assert_eq!(seeded.cases, u64::from(CASES));
    assert!(seeded.refused.is_empty(), "the rules refused {:?}", seeded.refused);
    let cases = store.cases_behind(None, CASES).await.expect("cases are read");
    let open: BTreeSet<Post> = cases
        .iter()
        .filter_map(|case| match case.record.case.state {
            State::Open { stage, .. } => Some(stage.post()),
            State::Ended { .. } => None,
        })
        .collect();
    assert_eq!(open.len(), Post::ALL.len(), "open work in {open:?}");
    let ended = cases.iter().filter(|case| matches!(case.record.case.state, State::Ended { .. })).count();
    assert!(ended > CASES as usize / 2, "{ended} cases have ended");
    let again = fill(&place, store.as_ref(), 2).await;
    assert!(matches!(again, Err(SeedError::NotEmpty(n)) if n == u64::from(CASES)), "{again:?}");
    assert_eq!(store.counts().await.expect("counts").events, seeded.events);
    // Somebody of a post signs in and finds what is in hand. Intake hands over within minutes of registering: in a
    // department of this size there may just be nothing.
    let (config, database) = (place.config(), place.database());
    let app = TestApp::over(place, config, store, NOW.parse().expect("a moment")).await;
    for post in Post::ALL.into_iter().filter(|post| *post != Post::Intake) {
        let mut held = cases.iter().filter_map(|case| match &case.record.case.state {
            State::Open { stage, status: Status::Claimed(holding) } if stage.post() == post => {
                Some(&holding.by)
            }
            _ => None,
        });
        let holder = app.person(held.next().expect("a case in hand").as_str()).await;
        let mine = format!("/api/queues/{}?tab=mine", post.as_str());
        assert!(holder.get(&mine).await.expect_status(200).number("/count") > 0, "nothing at {post:?}");
    }
    stores::clear(database).await;
}

#[tokio::test]
async fn on_sqlite_it_is_whole_and_lively() {
    is_whole_and_lively(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_postgres_it_is_whole_and_lively() {
    is_whole_and_lively(Engine::Postgres).await;
}

#[tokio::test]
async fn the_same_seed_tells_the_same_story_on_both_engines() {
    let (here, there) = (Demo::new(Engine::Sqlite, 7).await, Demo::new(Engine::Postgres, 7).await);
    assert_eq!((here.seeded.cases, here.seeded.events), (there.seeded.cases, there.seeded.events));
    let people = |demo: &Demo| serde_json::to_value(&demo.seeded.people).expect("people are JSON");
    assert_eq!(people(&here), people(&there));
    let story = here.story().await;
    assert_eq!(story.len(), CASES as usize);
    assert_eq!(story, there.story().await);
    let other = Demo::new(Engine::Sqlite, 8).await;
    assert_ne!(story, other.story().await, "another seed tells another story");
    here.clear().await;
    there.clear().await;
    other.clear().await;
}

#[tokio::test]
async fn real_work_is_left_alone() {
    let app = TestApp::new(Engine::Sqlite).await;
    let intake = app.intake_clerk("SH").await;
    crate::support::case::Held::registered(&intake, crate::support::case::Paper::new("SH", 1)).await;
    let before = app.app.store().counts().await.expect("counts");
    let refused = fill(&app.place, app.app.store().as_ref(), 1).await;
    assert!(matches!(refused, Err(SeedError::NotEmpty(1))), "{refused:?}");
    assert_eq!(app.app.store().counts().await.expect("counts"), before);
}
