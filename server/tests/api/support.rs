//! A server of one's own for a test: a fresh store with a small department, a clock that stands still.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use domain::time::Timestamp;
use server::state::{App, Parts};
use server::{routes, site, start};
use store::{Engine, Store};

pub mod case;
pub mod client;
pub mod clock;
pub mod department;
pub mod everything;
pub mod frozen;
pub mod logs;
pub mod process;
pub mod published;
pub mod stores;

pub use client::{Answer, Client};

/// Runs each test on both engines.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() {
                super::$name(crate::support::TestApp::new(store::Engine::Sqlite).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                let app = crate::support::TestApp::new(store::Engine::Postgres).await;
                let database = app.place.database();
                super::$name(app).await;
                crate::support::stores::clear(database).await;
            })+
        }
    };
}
pub(crate) use on_both_engines;

/// Wednesday, 18 March 2026, half past nine in the morning.
pub const NOW: &str = "2026-03-18T09:30:00+08:00";

/// What is told at all is told by then.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A server in process.
pub struct TestApp {
    /// The server itself.
    pub app: App,
    /// Its clock.
    pub clock: Arc<clock::TestClock>,
    /// Its store's files; gone with it.
    pub place: stores::Place,
    router: Router,
}

impl TestApp {
    /// A server over a fresh store of this engine.
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, |config| config).await
    }

    /// The same with other settings.
    pub async fn with(
        engine: Engine,
        set: impl FnOnce(server::config::Config) -> server::config::Config,
    ) -> Self {
        let now: Timestamp = NOW.parse().expect("a moment");
        let place = stores::Place::new(engine).await;
        let config = set(place.config());
        let store = place.open().await;
        department::found(store.as_ref(), now).await;
        Self::over(place, config, store, now).await
    }

    /// A server over a store somebody has filled.
    pub async fn over(
        place: stores::Place,
        config: server::config::Config,
        store: Arc<dyn Store>,
        now: Timestamp,
    ) -> Self {
        Self::with_store_clock(place, config, store, now, None).await
    }

    /// The same where the store has a clock of its own.
    pub async fn with_store_clock(
        place: stores::Place,
        config: server::config::Config,
        store: Arc<dyn Store>,
        now: Timestamp,
        store_clock: Option<Arc<clock::TestClock>>,
    ) -> Self {
        logs::capture();
        let clock = Arc::new(clock::TestClock::new(now));
        let mut source = clock::source(Arc::clone(&clock));
        if let Some(store_clock) = store_clock {
            source = source.with_store_clock(store_clock);
        }
        let vault = start::vault(&config, store.as_ref(), &source).await.expect("the vault opens");
        let site = site::Site::embedded();
        let app = App::new(Parts { config, source, store, vault, site }).await.expect("the server starts");
        server::jobs::round(&app, "test").await.expect("the jobs run");
        Self { router: routes::router(app.clone()), app, clock, place }
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self) -> Client {
        Client::new(self.router.clone(), None)
    }

    /// Reads the feed until what is waited for has been told. A notice may wait for transactions of other tests: on
    /// PostgreSQL the watermark is one for all databases of the server.
    pub async fn hears(&self, mut told: impl FnMut() -> bool) {
        let read = async {
            while !told() {
                server::live::poll(&self.app).await.expect("the feed is read");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, read).await.expect("the change is told");
    }

    /// A browser with this cookie.
    pub fn client(&self, cookie: Option<String>) -> Client {
        Client::new(self.router.clone(), cookie)
    }

    /// A person, signed in.
    pub async fn person(&self, number: &str) -> Client {
        let stranger = self.stranger();
        let sign_in = serde_json::json!({ "person": number, "password": department::PASSWORD });
        let answer = stranger.post("/api/session", &sign_in).await.expect_status(200);
        Client::new(self.router.clone(), Some(answer.cookie()))
    }

    /// The first clerk of 交接岗 in a unit.
    pub async fn intake_clerk(&self, unit: &str) -> Client {
        self.person(&format!("{unit}1001")).await
    }

    /// The first clerk of 录入岗.
    pub async fn entry_clerk(&self, unit: &str) -> Client {
        self.person(&format!("{unit}2001")).await
    }

    /// The first clerk of 保全岗.
    pub async fn servicing_clerk(&self, unit: &str) -> Client {
        self.person(&format!("{unit}3001")).await
    }

    /// The first clerk of 复核岗.
    pub async fn recheck_clerk(&self, unit: &str) -> Client {
        self.person(&format!("{unit}4001")).await
    }

    /// The first clerk of 装订岗.
    pub async fn binding_clerk(&self, unit: &str) -> Client {
        self.person(&format!("{unit}5001")).await
    }

    /// The lead.
    pub async fn lead(&self, unit: &str) -> Client {
        self.person(&format!("{unit}9001")).await
    }

    /// The manager.
    pub async fn manager(&self, unit: &str) -> Client {
        self.person(&format!("{unit}9901")).await
    }

    /// The inspector.
    pub async fn inspector(&self, unit: &str) -> Client {
        self.person(&format!("{unit}8001")).await
    }

    /// `verify` finds nothing wrong.
    pub async fn verify(&self) {
        let report = server::verify::verify(self.app.store().as_ref(), self.app.vault())
            .await
            .expect("the store is read");
        assert!(report.ok, "{report:#?}");
        assert!(report.events > 0);
    }
}
