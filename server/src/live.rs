//! The change feed, told to browsers: one poll of the store per server, fanned out to every stream.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::actor::Person;
use domain::api::live::Notice;
use store::FeedEntry;
use tokio::sync::{broadcast, watch};

use crate::state::App;

/// How often the feed is read.
pub const POLL: Duration = Duration::from_millis(250);

/// A reading that takes longer is begun anew.
const PATIENCE: Duration = Duration::from_secs(5);

/// Changes read at once.
const PAGE: u32 = 1_000;

/// Changes a slow stream may fall behind before it is told to fetch everything anew.
const BUFFER: usize = 4_096;

/// What a stream is told.
#[derive(Clone, Debug)]
pub enum Told {
    /// Something changed.
    Change(Arc<FeedEntry>),
    /// Changes were lost: fetch anew.
    Resync,
}

/// Where streams hear of changes.
#[derive(Debug)]
pub struct Hub {
    told: broadcast::Sender<Told>,
    end: AtomicI64,
    closing: watch::Sender<bool>,
}

impl Hub {
    /// Nothing told yet; the feed is followed behind this place.
    pub fn new(end: i64) -> Self {
        Self {
            told: broadcast::Sender::new(BUFFER),
            end: AtomicI64::new(end),
            closing: watch::Sender::new(false),
        }
    }

    /// Hears what is told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Told> {
        self.told.subscribe()
    }

    /// How far the feed has been read.
    pub fn end(&self) -> i64 {
        self.end.load(Ordering::Acquire)
    }

    /// How many streams listen.
    pub fn listeners(&self) -> usize {
        self.told.receiver_count()
    }

    /// Ends every stream: the server is about to stop.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Waits until the server is about to stop.
    pub async fn closed(&self) {
        // The sender lives as long as the hub, so waiting ends by its word alone.
        drop(self.closing.subscribe().wait_for(|closing| *closing).await);
    }

    fn tell(&self, told: Told) {
        // Nobody listening is no fault.
        drop(self.told.send(told));
    }
}

/// Reads the feed for the life of the server.
pub async fn follow(app: App) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            () = app.hub().closed() => return,
        }
        match tokio::time::timeout(PATIENCE, poll(&app)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the feed cannot be read"),
            // A connection that hangs is given up; the next reading takes another one.
            Err(_) => tracing::warn!("the feed was not read in time"),
        }
    }
}

/// Reads what is new and tells it. Separate from [`follow`], so that a test polls when it likes.
pub async fn poll(app: &App) -> crate::error::Result<()> {
    let hub = app.hub();
    loop {
        let feed = app.store().feed(hub.end(), PAGE).await?;
        if feed.gap {
            hub.tell(Told::Resync);
        }
        let Some(last) = feed.entries.last() else { return Ok(()) };
        let lag = (app.source().now() - last.at).num_milliseconds().max(0);
        app.metrics().live(Duration::from_millis(lag.unsigned_abs()).as_secs_f64(), hub.listeners());
        let (end, full) = (last.seq, feed.entries.len() >= PAGE as usize);
        if feed.entries.iter().any(|entry| matches!(entry.aggregate.as_str(), "people" | "catalogue")) {
            app.read_directory().await?;
        }
        for entry in feed.entries {
            hub.tell(Told::Change(Arc::new(entry)));
        }
        hub.end.store(end, Ordering::Release);
        if !full {
            return Ok(());
        }
    }
}

/// The notice of a change for a person; none where it is outside the person's scope or about the directory.
pub fn notice(entry: &FeedEntry, person: &Person) -> Option<Notice> {
    let shown = matches!(entry.aggregate.as_str(), "case" | "slip" | "check");
    (shown && person.sees([&entry.unit, &entry.accepting])).then(|| Notice {
        seq: entry.seq,
        aggregate: entry.aggregate.clone(),
        id: entry.id,
        version: entry.version,
        queues: entry.queues.clone(),
        unit: entry.unit.clone(),
    })
}
