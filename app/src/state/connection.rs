//! Whether the server is reached, and how fresh what is shown is.

use domain::time::Timestamp;
use leptos::ev;
use leptos::prelude::*;

/// Whether the server is reached.
#[derive(Debug, Clone, Copy)]
pub struct Connection {
    offline: RwSignal<bool>,
    /// Commands on their way.
    pending: RwSignal<i64>,
    /// The stream of live notices is open.
    live: RwSignal<bool>,
    /// Time of the newest data or notice.
    data_at: RwSignal<Option<Timestamp>>,
}

impl Connection {
    /// Follows the browser's own notion of being online for the life of the calling owner.
    pub fn start() -> Self {
        let connection = Self {
            offline: RwSignal::new(false),
            pending: RwSignal::new(0),
            live: RwSignal::new(false),
            data_at: RwSignal::new(None),
        };
        let offline = window_event_listener(ev::offline, move |_| connection.offline.set(true));
        let online = window_event_listener(ev::online, move |_| connection.offline.set(false));
        on_cleanup(move || {
            offline.remove();
            online.remove();
        });
        connection
    }

    /// A command is on its way.
    pub fn begin(self) {
        self.pending.update(|n| *n += 1);
    }

    /// It was answered or given up.
    pub fn end(self) {
        self.pending.update(|n| *n -= 1);
    }

    /// A request reached the server, or did not.
    pub fn heard(self, reached: bool) {
        if self.offline.get_untracked() == reached {
            self.offline.set(!reached);
        }
    }

    /// Data of that time was shown.
    pub fn data(self, at: Timestamp) {
        if self.data_at.get_untracked().is_none_or(|known| known < at) {
            self.data_at.set(Some(at));
        }
    }

    /// The stream of live notices opened or closed.
    pub fn stream(self, open: bool) {
        if self.live.get_untracked() != open {
            self.live.set(open);
        }
    }

    /// Whether the server is not reached; followed.
    pub fn is_offline(self) -> bool {
        self.offline.get()
    }

    /// Whether live notices arrive; followed.
    pub fn is_live(self) -> bool {
        self.live.get() && !self.offline.get()
    }

    /// Commands on their way; followed.
    pub fn pending(self) -> i64 {
        self.pending.get()
    }

    /// Time of the newest data; followed.
    pub fn data_at(self) -> Option<Timestamp> {
        self.data_at.get()
    }
}

/// The connection of the calling owner.
pub fn use_connection() -> Connection {
    expect_context::<Connection>()
}
