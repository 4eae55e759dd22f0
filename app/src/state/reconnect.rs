//! Coming back by itself once the server is reached again.

use super::connection::Connection;
use super::session::{SessionState, Status};
use super::timer::pause;
use crate::api::session::reached;
use crate::follow::follow;
use crate::query::Queries;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Pause between two tries, in milliseconds.
const AGAIN: i32 = 3_000;

/// Tries for as long as the server is away, and has what is on screen fetched anew when it is back. `ask` asks who is
/// signed in, where that could not be asked yet.
pub fn watch(connection: Connection, queries: Queries, session: SessionState, ask: Callback<()>) {
    let unreached = move || session.status() == Status::Unreached;
    Effect::new(move |before: Option<bool>| {
        let away = connection.is_offline();
        if before == Some(true) && !away {
            queries.invalidate_all();
        }
        away
    });
    let trying = StoredValue::new(false);
    follow(move || {
        if trying.get_value() || !(connection.is_offline() || unreached()) {
            return;
        }
        trying.set_value(true);
        spawn_local(async move {
            while untrack(|| connection.is_offline() || unreached()) {
                pause(AGAIN).await;
                if untrack(unreached) {
                    ask.run(());
                }
                // Without a network there is nothing to try; the browser says when there is one.
                if window().navigator().on_line() {
                    connection.heard(reached().await);
                }
            }
            trying.set_value(false);
        });
    });
}
