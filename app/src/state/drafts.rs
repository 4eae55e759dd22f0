//! What was typed and not yet sent.
//!
//! A draft survives going to another page, a lost network, a session that ended, a reload and a crash: a moment after
//! it was typed it is in the browser's storage, sealed for its person (`drafts/shelf.rs`). Where the browser has no
//! WebCrypto – a page that came neither over TLS nor from this machine – drafts live in the page's memory, and leaving
//! it asks first.

pub mod pairs;
mod shelf;

use super::session::SessionState;
use super::timer::pause;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shelf::Shelf;
use std::collections::{BTreeSet, HashMap};

/// Milliseconds after which what changed is saved: several keys are one write.
const SOON: i32 = 250;

/// What was typed under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    at: Timestamp,
    /// JSON of what a form works with.
    value: String,
}

/// What was typed and not yet sent, by name. A handle: copies are the same drafts.
#[derive(Debug, Clone, Copy)]
pub struct Drafts {
    kept: RwSignal<HashMap<String, Draft>>,
    shelf: StoredValue<Option<Shelf>, LocalStorage>,
    /// The drafts of whoever is signed in were looked for on the shelf.
    opened: StoredValue<bool>,
    /// Names that are not on the shelf as they are here.
    unsaved: StoredValue<BTreeSet<String>>,
    saving: StoredValue<bool>,
    /// Other windows are listened to.
    listening: StoredValue<bool>,
}

impl Default for Drafts {
    fn default() -> Self {
        Self {
            kept: RwSignal::new(HashMap::new()),
            shelf: StoredValue::new_local(None),
            opened: StoredValue::new(false),
            unsaved: StoredValue::new(BTreeSet::new()),
            saving: StoredValue::new(false),
            listening: StoredValue::new(false),
        }
    }
}

impl Drafts {
    /// Keeps a draft.
    pub fn keep<T: Serialize>(self, name: &str, draft: &T, at: Timestamp) {
        match serde_json::to_string(draft) {
            Ok(value) => self.put(name, Draft { at, value }),
            Err(error) => leptos::logging::error!("the draft {name} cannot be kept: {error}"),
        }
    }

    fn put(self, name: &str, draft: Draft) {
        self.kept.update(|kept| {
            kept.insert(name.to_owned(), draft);
        });
        self.changed(name);
    }

    /// The draft of that name, if it is one of a `T`; one that an earlier version of a form left behind is none.
    pub fn find<T: DeserializeOwned>(self, name: &str) -> Option<T> {
        let value = self.kept.with_untracked(|kept| kept.get(name).map(|draft| draft.value.clone()))?;
        serde_json::from_str(&value)
            .inspect_err(|error| leptos::logging::warn!("the draft {name} is of another form: {error}"))
            .ok()
    }

    /// When the draft was kept; followed.
    pub fn kept_at(self, name: &str) -> Option<Timestamp> {
        self.kept.with(|kept| kept.get(name).map(|draft| draft.at))
    }

    /// The newest time of any draft whose name begins so; followed.
    pub fn newest(self, prefix: &str) -> Option<Timestamp> {
        self.kept.with(|kept| {
            kept.iter().filter(|(name, _)| name.starts_with(prefix)).map(|(_, draft)| draft.at).max()
        })
    }

    /// Drops a draft: it was sent.
    pub fn sent(self, name: &str) {
        if self.kept.with_untracked(|kept| kept.contains_key(name)) {
            self.kept.update(|kept| {
                kept.remove(name);
            });
            self.changed(name);
        }
    }

    /// Another person may come: nothing of this one stays in the page. What is on the shelf waits there, sealed.
    pub fn clear(self) {
        self.kept.update(HashMap::clear);
        self.unsaved.update_value(BTreeSet::clear);
        self.shelf.set_value(None);
        self.opened.set_value(false);
    }

    /// Saves now what would be saved in a moment.
    pub fn save_now(self) {
        spawn_local(self.save());
    }

    /// Whether leaving the page would lose something.
    pub fn would_lose(self) -> bool {
        self.unsaved.with_value(|unsaved| !unsaved.is_empty())
    }

    /// Whether what was left before is there.
    pub fn is_open(self) -> bool {
        self.opened.get_value()
    }

    /// Brings back what this person left before; what was typed meanwhile is newer.
    pub async fn open(self, session: SessionState) {
        let Some(session) = session.now().filter(|_| !self.is_open()) else { return };
        let Some(shelf) = Shelf::of(&session.person.id, &session.drafts_key).await else {
            self.opened.try_set_value(true);
            return;
        };
        let left = shelf.all(super::clock::browser()).await;
        self.kept.try_update(|kept| {
            for (name, draft) in left {
                kept.entry(name).or_insert(draft);
            }
        });
        self.shelf.try_set_value(Some(shelf));
        self.opened.try_set_value(true);
        self.listen();
    }

    /// What another window of this browser keeps is kept here too, and what it sent is gone here too: nothing is sent
    /// twice because a second window still had it.
    fn listen(self) {
        if self.listening.try_update_value(|listening| std::mem::replace(listening, true)) != Some(false) {
            return;
        }
        // Drafts live as long as the page: so does the listener.
        let _for_ever = window_event_listener(leptos::ev::storage, move |event| {
            let Some(Some(shelf)) = self.shelf.try_get_value() else { return };
            let Some(name) = event.key().and_then(|stored| shelf.name_of(&stored)) else { return };
            // What is being typed here is newer.
            if self.unsaved.with_value(|unsaved| unsaved.contains(&name)) {
                return;
            }
            spawn_local(async move {
                let draft = shelf.find(&name).await;
                self.kept.try_update(|kept| match draft {
                    Some(draft) => _ = kept.insert(name, draft),
                    None => _ = kept.remove(&name),
                });
            });
        });
    }

    fn changed(self, name: &str) {
        self.unsaved.update_value(|unsaved| {
            unsaved.insert(name.to_owned());
        });
        if self.saving.get_value() {
            return;
        }
        self.saving.set_value(true);
        spawn_local(async move {
            pause(SOON).await;
            self.saving.try_set_value(false);
            self.save().await;
        });
    }

    /// Puts on the shelf what changed; what could not be put there stays unsaved and is tried again with the next change.
    async fn save(self) {
        let Some(Some(shelf)) = self.shelf.try_get_value() else { return };
        let names = self.unsaved.try_update_value(std::mem::take).unwrap_or_default();
        for name in names {
            let draft = self.kept.try_with_untracked(|kept| kept.get(&name).cloned()).flatten();
            let saved = match draft {
                Some(draft) => shelf.put(&name, &draft).await,
                None => shelf.remove(&name),
            };
            if let Err(error) = saved {
                leptos::logging::error!("the draft {name} is not saved: {error:?}");
                self.unsaved.try_update_value(|unsaved| {
                    unsaved.insert(name);
                });
            }
        }
    }
}

/// The drafts of the calling owner.
pub fn use_drafts() -> Drafts {
    expect_context::<Drafts>()
}
