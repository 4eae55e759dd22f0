//! What handlers share.

use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;
use store::{BoxFuture, Store, StoreExt as _, Tx, WriteError};

use crate::audit::Missed;
use crate::auth::password::Passwords;
use crate::auth::token::Cookie;
use crate::config::Config;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::live::Hub;
use crate::metrics::Metrics;
use crate::opening::Openings;
use crate::pulse::{self, Pulse};
use crate::seal::Vault;
use crate::site::Site;
use crate::source::Source;

/// The server: cheap to clone, shared by every handler and job.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What a server is made of.
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// Time, ids, randomness.
    pub source: Source,
    /// The store, migrated.
    pub store: Arc<dyn Store>,
    /// Seals personal values.
    pub vault: Vault,
    /// The browser app.
    pub site: Site,
}

struct Inner {
    parts: Parts,
    passwords: Passwords,
    metrics: Metrics,
    hub: Hub,
    pulse: Pulse,
    openings: Openings,
    missed: Missed,
    directory: RwLock<Arc<Directory>>,
    openapi: Bytes,
    demo: bool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// A server over a store; reads the directory.
    pub async fn new(parts: Parts) -> Result<Self> {
        let now = parts.source.now();
        let directory = Directory::read(parts.store.as_ref(), now).await?;
        let hub = Hub::new(parts.store.feed_end().await?);
        let openapi = crate::routes::openapi().to_json().map_err(Error::internal)?;
        let demo = parts.store.batches(1_000).await?.iter().any(|batch| batch.source == DEMO_SOURCE);
        Ok(Self(Arc::new(Inner {
            passwords: Passwords::new(parts.source.clone()),
            metrics: Metrics::new().map_err(Error::internal)?,
            hub,
            pulse: Pulse::default(),
            openings: Openings::default(),
            missed: Missed::default(),
            directory: RwLock::new(Arc::new(directory)),
            openapi: openapi.into(),
            demo,
            parts,
        })))
    }

    /// Settings.
    pub fn config(&self) -> &Config {
        &self.0.parts.config
    }

    /// Time, ids, randomness.
    pub fn source(&self) -> &Source {
        &self.0.parts.source
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.0.parts.store
    }

    /// Seals and opens personal values.
    pub fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    /// The browser app.
    pub fn site(&self) -> &Site {
        &self.0.parts.site
    }

    /// Hashes and verifies passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// Figures.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Live notices.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Whether the store answers.
    pub fn pulse(&self) -> &Pulse {
        &self.0.pulse
    }

    /// Who opened which case lately.
    pub fn openings(&self) -> &Openings {
        &self.0.openings
    }

    /// What was asked for lately that was not there.
    pub(crate) fn missed_lately(&self) -> &Missed {
        &self.0.missed
    }

    /// The OpenAPI document as JSON.
    pub fn openapi(&self) -> Bytes {
        self.0.openapi.clone()
    }

    /// Whether the store holds the demo data set.
    pub fn demo(&self) -> bool {
        self.0.demo
    }

    /// Which cookie carries the session token.
    pub fn cookie(&self) -> Cookie {
        if self.config().secure() { Cookie::Secure } else { Cookie::Plain }
    }

    /// People, units, calendars and catalogues as last read.
    pub fn directory(&self) -> Arc<Directory> {
        let directory = self.0.directory.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&directory)
    }

    /// Reads the directory again: people, posts or catalogues changed, or the day did.
    pub async fn read_directory(&self) -> Result<()> {
        let directory = Directory::read(self.store().as_ref(), self.source().now()).await?;
        *self.0.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(directory);
        Ok(())
    }

    /// Carries out a command in one transaction; its result is given after the commit.
    ///
    /// # Errors
    /// `ClockOff` where what is written would carry a wrong time.
    pub async fn write<R, F>(&self, command: F) -> Result<R>
    where
        R: Send + 'static,
        F: for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Result<R, WriteError<Error>>> + Send + Sync + 'static,
    {
        pulse::clock_is_right(self)?;
        self.write_by_store_time(command).await
    }

    /// The same for what goes by the database's time alone: sessions, throttles, leases.
    pub async fn write_by_store_time<R, F>(&self, command: F) -> Result<R>
    where
        R: Send + 'static,
        F: for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Result<R, WriteError<Error>>> + Send + Sync + 'static,
    {
        self.store().write(command).await.map_err(Error::from)
    }
}

/// Source under which the demo data set notes itself among the imports.
pub const DEMO_SOURCE: &str = "demo";
