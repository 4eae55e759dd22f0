//! Live notices over server-sent events, filtered by scope, resumed by `Last-Event-ID`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::api::Problem;
use domain::api::live::Notice;
use futures::Stream;
use futures::stream;
use store::FeedEntry;
use tokio::sync::broadcast;
use tokio::time::{Instant, Interval};

use crate::auth::session::{self, SignedIn};
use crate::error::Result;
use crate::live::{Told, notice};
use crate::state::App;

/// Changes a stream may be behind and still catch up one by one; further behind, fetching anew is cheaper.
const CATCH_UP: u32 = 500;

/// How often a stream asks whether its session still runs.
const RECHECK: Duration = Duration::from_secs(15);

/// Tells of changes in scope.
#[utoipa::path(get, path = "/api/live", tag = "live",
    params(("Last-Event-ID" = Option<i64>, Header, description = "Where the stream was cut")),
    responses(
        (status = 200, description = "`event: ready`, `event: change` with a Notice, `event: resync`, `event: ended`",
            body = Notice, content_type = "text/event-stream"),
        (status = 401, description = "Not signed in", body = Problem),
    ))]
pub async fn live(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    // Heard before the past is read: what happens in between comes twice and is told once.
    let told = app.hub().listen();
    let since = headers.get("last-event-id").map(|id| id.to_str().unwrap_or_default().parse().unwrap_or(-1));
    let mut sent = app.hub().end();
    let mut first = vec![word("ready").id(sent.to_string())];
    if let Some(since) = since {
        let feed = app.store().feed(since, CATCH_UP).await?;
        let last = feed.entries.last().map_or(since, |entry| entry.seq);
        // This server may not have read as far as another one told; what nobody can have told yet is of another store.
        let ahead = since > sent && since > app.store().feed_end().await?;
        if since < 0 || ahead || feed.gap || last < sent {
            first.push(word("resync").id(sent.to_string()));
        } else {
            first.clear();
            let notices = feed.entries.iter().filter_map(|entry| notice(entry, &who.person));
            first.extend(notices.map(|notice| change(&notice)));
            sent = last;
        }
    }
    let recheck = tokio::time::interval_at(Instant::now() + RECHECK, RECHECK);
    let listener = Listener { app, who, told, recheck, sent, ended: false };
    let stream = stream::unfold((first.into_iter(), listener), |(mut first, mut listener)| async {
        let event = match first.next() {
            Some(event) => event,
            None => listener.next().await?,
        };
        Some((Ok(event), (first, listener)))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)).text("")))
}

struct Listener {
    app: App,
    who: SignedIn,
    told: broadcast::Receiver<Told>,
    recheck: Interval,
    sent: i64,
    ended: bool,
}

impl Listener {
    /// Whether a change may have ended the session, or given the person another scope.
    fn may_end(&self, entry: &FeedEntry) -> bool {
        match entry.aggregate.as_str() {
            "people" => true,
            "session" => entry.id.is_nil() || entry.id == self.who.session,
            _ => false,
        }
    }

    /// Asks whether the session still runs, and as whom. Where the store does not answer the stream goes on: it tells
    /// of nothing that is not asked for again.
    async fn has_ended(&mut self) -> bool {
        match session::running(&self.app, &self.who.token).await {
            Ok(Some(who)) => self.who = who,
            Ok(None) => self.ended = true,
            Err(error) => tracing::warn!(%error, "a stream cannot ask for its session"),
        }
        self.ended
    }

    /// What is to be sent next; none when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if self.ended {
            return None;
        }
        loop {
            tokio::select! {
                () = self.app.hub().closed() => return None,
                told = self.told.recv() => match told {
                    Ok(Told::Change(entry)) if entry.seq > self.sent => {
                        self.sent = entry.seq;
                        if self.may_end(&entry) && self.has_ended().await {
                            return Some(word("ended"));
                        }
                        if let Some(notice) = notice(&entry, &self.who.person) {
                            return Some(change(&notice));
                        }
                    }
                    Ok(Told::Change(_)) => {}
                    Ok(Told::Resync) | Err(broadcast::error::RecvError::Lagged(_)) => {
                        self.sent = self.app.hub().end();
                        return Some(word("resync").id(self.sent.to_string()));
                    }
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                _ = self.recheck.tick() => {
                    if self.has_ended().await {
                        return Some(word("ended"));
                    }
                }
            }
        }
    }
}

/// An event that says nothing but its name. A browser passes over an event without data, so the name is that, too (HTML
/// Living Standard, 9.2.6).
fn word(name: &str) -> Event {
    Event::default().event(name).data(name)
}

fn change(notice: &Notice) -> Event {
    let data = serde_json::to_string(notice).expect("a notice of names and numbers is JSON");
    Event::default().event("change").id(notice.seq.to_string()).data(data)
}
