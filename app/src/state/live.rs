//! Live notices: one stream per browser, shared by its tabs.
//!
//! A browser keeps at most six HTTP/1.1 connections to a host open; a stream per tab would use them up. The tab that
//! holds the lock opens the stream and passes on what it hears; where the browser has no locks or channels, every
//! tab opens its own.

mod leader;
mod stream;
mod wire;

use crate::api::session::who;
use crate::query::Queries;
use crate::state::connection::Connection;
use crate::state::session::SessionState;
use domain::api::live::Notice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wire::Heard;

/// Who hears notices.
#[derive(Debug, Clone, Copy)]
struct Hearer {
    id: u64,
    hear: Callback<Arc<Notice>>,
}

/// Live notices.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    hearers: StoredValue<Vec<Hearer>>,
    next: StoredValue<u64>,
    connection: Connection,
    queries: Queries,
    session: SessionState,
    running: StoredValue<Option<leader::Line>, LocalStorage>,
}

impl Live {
    /// Not listening yet.
    pub fn new(connection: Connection, queries: Queries, session: SessionState) -> Self {
        Self {
            hearers: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            connection,
            queries,
            session,
            running: StoredValue::new_local(None),
        }
    }

    /// Listens from now on; does nothing where it does already.
    pub fn start(self) {
        if self.running.with_value(Option::is_some) {
            return;
        }
        let line = leader::Line::open(move |heard| self.hear(heard));
        self.running.set_value(Some(line));
    }

    /// Stops listening: nobody is signed in.
    pub fn stop(self) {
        if let Some(line) = self.running.try_update_value(Option::take).flatten() {
            line.close();
        }
        self.connection.stream(false);
    }

    /// Hears notices for the life of the calling owner.
    pub fn on_notice(self, hear: impl Fn(Arc<Notice>) + Send + Sync + 'static) {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(id) = id else { return };
        self.hearers.update_value(|hearers| hearers.push(Hearer { id, hear: Callback::new(hear) }));
        on_cleanup(move || {
            self.hearers.try_update_value(|hearers| hearers.retain(|hearer| hearer.id != id));
        });
    }

    /// The stream's session ended. The page's own may go on under another token: a password was changed here.
    fn ended(self) {
        spawn_local(async move {
            match who().await {
                Ok(Some(session)) if session.step.is_none() => {}
                Ok(_) => self.session.ended(),
                // Whatever is asked next says so.
                Err(_) => {}
            }
        });
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Open => {
                self.connection.heard(true);
                self.connection.stream(true);
            }
            Heard::Cut => self.connection.stream(false),
            Heard::Resync => self.queries.invalidate_all(),
            Heard::Ended => self.ended(),
            Heard::Change(notice) => {
                // A notice of a newer server: what it was about is unknown, so all is fetched anew.
                let Ok(notice) = serde_json::from_str::<Notice>(&notice) else {
                    self.queries.invalidate_all();
                    return;
                };
                let notice = Arc::new(notice);
                for hearer in self.hearers.get_value() {
                    hearer.hear.try_run(notice.clone());
                }
            }
        }
    }
}

/// The live notices of the calling owner.
pub fn use_live() -> Live {
    expect_context::<Live>()
}
