//! Who was signed in has left: nothing of that person stays in this window.

use crate::components::{Toasts, use_toasts};
use crate::query::{Queries, use_queries};
use crate::state::drafts::{Drafts, use_drafts};

/// What holds something of a person beside the page on screen.
#[derive(Debug, Clone, Copy)]
pub struct Leave {
    queries: Queries,
    drafts: Drafts,
    toasts: Toasts,
}

impl Leave {
    /// Takes it away. What was typed last goes onto the shelf first, where it waits, sealed, for its person.
    pub async fn run(self) {
        self.queries.clear();
        self.toasts.clear();
        self.drafts.put_away().await;
    }
}

/// How the calling owner's window is left.
pub fn use_leave() -> Leave {
    Leave { queries: use_queries(), drafts: use_drafts(), toasts: use_toasts() }
}
