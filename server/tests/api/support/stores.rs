//! A fresh store for a test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use server::config::{Config, LogFormat};
use store::{Engine, EventPlace, Store};
use store_postgres::{Options, SqlStore, scratch};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::TestApp;

/// Where a test's store is; gone with it.
pub struct Place {
    engine: Engine,
    folder: TempDir,
    url: String,
}

/// A migrated PostgreSQL database that tests copy.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(1);

impl Place {
    /// A file, or a database on the server that `TEST_POSTGRES_URL` names.
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("plumbline.db").display()),
            Engine::Postgres => database().await,
        };
        Self { engine, folder, url }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder for files of this test.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The store itself, its schema made.
    pub async fn open(&self) -> Arc<dyn Store> {
        let store = server::start::open(&self.config()).await.expect("the store opens");
        store.migrate().await.expect("the store is migrated");
        store
    }

    /// The database's name, where there is one to be dropped.
    pub fn database(&self) -> Option<String> {
        let name = self.url.rsplit('/').next()?.split('?').next()?;
        (self.engine == Engine::Postgres).then(|| name.to_owned())
    }

    /// The same database by way of another address.
    pub fn behind(self, address: std::net::SocketAddr) -> Self {
        Self { url: super::frozen::through(&self.url, address), ..self }
    }

    /// Settings of a server over it.
    pub fn config(&self) -> Config {
        Config {
            listen: ([127, 0, 0, 1], 3000).into(),
            store: self.url.clone(),
            public_origin: None,
            trusted_proxies: Vec::new(),
            log: "debug".to_owned(),
            log_format: LogFormat::Json,
            master_key_file: Some(self.folder.path().join("plumbline.key")),
            master_key: None,
            metrics_token: None,
            idle_minutes: 30,
            session_hours: 12,
            second_factor: Vec::new(),
            exact_searches_per_hour: 30,
            timeout_seconds: 30,
            drain_seconds: 1,
            header_seconds: 30,
            body_seconds: 15,
            connections: 1_000,
            connections_per_address: 1_000,
            site_dir: None,
        }
    }

    /// Everything that is stored: the files of SQLite, byte by byte; of PostgreSQL the log and every state.
    pub async fn bytes(&self, app: &TestApp) -> Vec<u8> {
        match self.engine {
            Engine::Sqlite => {
                let entries = std::fs::read_dir(self.folder.path()).expect("the folder is read");
                let files = entries.map(|entry| entry.expect("an entry").path());
                files.flat_map(|file| std::fs::read(file).expect("a file is read")).collect()
            }
            Engine::Postgres => log_and_states(app).await,
        }
    }
}

async fn log_and_states(app: &TestApp) -> Vec<u8> {
    let store = app.app.store();
    let (mut bytes, mut behind) = (Vec::new(), None);
    loop {
        let page = store.events_behind(behind, 500).await.expect("events are read");
        let Some(last) = page.last() else { break };
        behind = Some(EventPlace { case: last.envelope.case, version: last.envelope.version });
        bytes.extend(page.into_iter().flat_map(|event| event.payload));
    }
    for case in store.cases_behind(None, 500).await.expect("cases are read") {
        bytes.extend(serde_json::to_vec(&case.record.case).expect("a case is JSON"));
    }
    bytes
}

/// A fresh database of one's own.
async fn database() -> String {
    let template = TEMPLATE.get_or_init(template).await;
    let name = format!("{template}_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    scratch::create(&server(), &name, Some(template)).await.expect("a database is made")
}

/// Drops a database; a failed test leaves its own, to be looked at.
pub async fn clear(database: Option<String>) {
    if let Some(name) = database {
        scratch::drop(&server(), &name).await.expect("a database is dropped");
    }
}

async fn template() -> String {
    let name = format!("plumbline_api_{}", std::process::id());
    scratch::drop(&server(), &name).await.expect("an old one is dropped");
    let url = scratch::create(&server(), &name, None).await.expect("a template is made");
    let store = SqlStore::open(&url, &Options::default()).await.expect("the template opens");
    store.migrate().await.expect("the template is migrated");
    store.close().await;
    name
}

fn server() -> String {
    std::env::var("TEST_POSTGRES_URL").expect("set TEST_POSTGRES_URL: cargo xtask test does")
}
