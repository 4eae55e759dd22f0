//! What was typed and not yet sent.
//!
//! Drafts live in the page's memory: they survive going to another page of the app, a lost network and a session
//! that ended, and are gone with the tab. Nothing of a case is written to the browser's storage in the clear.

use domain::time::Timestamp;
use leptos::prelude::*;
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

type Kept = (Arc<dyn Any + Send + Sync>, Timestamp);

/// What was typed and not yet sent, by name.
#[derive(Debug, Clone, Copy)]
pub struct Drafts(RwSignal<HashMap<String, Kept>>);

impl Default for Drafts {
    fn default() -> Self {
        Self(RwSignal::new(HashMap::new()))
    }
}

impl Drafts {
    /// Keeps a draft.
    pub fn keep<T: Send + Sync + 'static>(self, name: &str, draft: T, at: Timestamp) {
        self.0.update(|drafts| {
            drafts.insert(name.to_owned(), (Arc::new(draft), at));
        });
    }

    /// The draft of that name, if it is one of a `T`.
    pub fn find<T: Clone + Send + Sync + 'static>(self, name: &str) -> Option<T> {
        self.0.with_untracked(|drafts| {
            drafts
                .get(name)
                .and_then(|(draft, _)| draft.clone().downcast::<T>().ok())
                .map(|draft| (*draft).clone())
        })
    }

    /// When the draft was kept; followed.
    pub fn kept_at(self, name: &str) -> Option<Timestamp> {
        self.0.with(|drafts| drafts.get(name).map(|(_, at)| *at))
    }

    /// The newest time of any draft whose name begins so; followed.
    pub fn newest(self, prefix: &str) -> Option<Timestamp> {
        self.0.with(|drafts| {
            drafts.iter().filter(|(name, _)| name.starts_with(prefix)).map(|(_, (_, at))| *at).max()
        })
    }

    /// Drops a draft: it was sent.
    pub fn sent(self, name: &str) {
        if self.0.with_untracked(|drafts| drafts.contains_key(name)) {
            self.0.update(|drafts| {
                drafts.remove(name);
            });
        }
    }

    /// Drops everything: another person signed in.
    pub fn clear(self) {
        self.0.update(HashMap::clear);
    }

    /// Whether anything is kept, for the question before leaving the tab.
    pub fn any(self) -> bool {
        self.0.with_untracked(|drafts| !drafts.is_empty())
    }
}

/// The drafts of the calling owner.
pub fn use_drafts() -> Drafts {
    expect_context::<Drafts>()
}
