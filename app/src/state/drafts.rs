//! What was typed and not yet sent.
//!
//! A draft survives going to another page, a lost network, a session that ended, a reload and a crash: a moment after
//! it was typed it is in the browser's storage, sealed for its person (`drafts/shelf.rs`). Where it could not be put
//! there – the browser has no storage, or no room left in it, or no WebCrypto, as on a page that came neither over TLS nor
//! from this machine – drafts live in the page's memory, the page says so, and leaving it asks first.

pub mod pairs;
mod shelf;

use super::session::SessionState;
use super::timer::pause;
use super::windows::{Said, Windows};
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shelf::Shelf;
use std::collections::{BTreeSet, HashMap};
use std::pin::Pin;

/// Milliseconds after which what changed is saved: several keys are one write.
const SOON: i32 = 250;

/// What was typed under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    at: Timestamp,
    /// JSON of what a form works with.
    value: String,
}

/// Why what was typed is not in the browser's storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser has no storage, or nothing to seal with.
    Nowhere,
    /// The storage took no more.
    Full,
}

/// What happens in another window to what is being typed here as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// Something else is being typed there.
    Typed,
    /// Something else was sent from there.
    Sent,
}

/// What was typed and not yet sent, by name. A handle: copies are the same drafts.
#[derive(Debug, Clone, Copy)]
pub struct Drafts {
    kept: RwSignal<HashMap<String, Draft>>,
    /// When each draft was last put on the shelf as it then was.
    stored: RwSignal<HashMap<String, Timestamp>>,
    /// Why some of it is not on the shelf.
    trouble: RwSignal<Option<Trouble>>,
    /// What was typed in this window and not sent from it.
    mine: StoredValue<BTreeSet<String>>,
    /// What of it is typed in another window, too, and was told.
    shared: StoredValue<BTreeSet<String>>,
    /// What this window last put on the shelf.
    put: StoredValue<HashMap<String, String>>,
    /// The last that happened elsewhere to what is typed here.
    elsewhere: RwSignal<Option<Elsewhere>>,
    windows: Windows,
    shelf: StoredValue<Option<Shelf>, LocalStorage>,
    /// The drafts of whoever is signed in were looked for on the shelf.
    opened: StoredValue<bool>,
    /// Names that are not on the shelf as they are here.
    unsaved: StoredValue<BTreeSet<String>>,
    saving: StoredValue<bool>,
    /// Other windows are listened to.
    listening: StoredValue<bool>,
    /// What saves, once there may be something to save.
    saver: StoredValue<Option<Saver>>,
}

/// Sealing and storing are in the parts that have drafts: whoever only leaves them calls it by this, and the first
/// download does without.
type Saver = fn(Drafts) -> Pin<Box<dyn Future<Output = ()>>>;

impl Drafts {
    /// None yet.
    pub fn new(windows: Windows) -> Self {
        Self {
            kept: RwSignal::new(HashMap::new()),
            stored: RwSignal::new(HashMap::new()),
            trouble: RwSignal::new(None),
            mine: StoredValue::new(BTreeSet::new()),
            shared: StoredValue::new(BTreeSet::new()),
            put: StoredValue::new(HashMap::new()),
            elsewhere: RwSignal::new(None),
            windows,
            shelf: StoredValue::new_local(None),
            opened: StoredValue::new(false),
            unsaved: StoredValue::new(BTreeSet::new()),
            saving: StoredValue::new(false),
            listening: StoredValue::new(false),
            saver: StoredValue::new(None),
        }
    }
}

impl Drafts {
    /// Keeps a draft.
    pub fn keep<T: Serialize>(self, name: &str, draft: &T, at: Timestamp) {
        match serde_json::to_string(draft) {
            Ok(value) => {
                self.mine.update_value(|mine| _ = mine.insert(name.to_owned()));
                self.put(name, Draft { at, value });
            }
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

    /// When the draft was last put into the browser's storage; followed.
    pub fn kept_at(self, name: &str) -> Option<Timestamp> {
        self.stored.with(|stored| stored.get(name).copied())
    }

    /// The newest such time of any draft whose name begins so; followed.
    pub fn newest(self, prefix: &str) -> Option<Timestamp> {
        self.stored.with(|stored| {
            stored.iter().filter(|(name, _)| name.starts_with(prefix)).map(|(_, at)| *at).max()
        })
    }

    /// Why something typed is not in the browser's storage and would be lost with this page; followed.
    pub fn trouble(self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// What happened last in another window to what is typed here; followed.
    pub fn elsewhere(self) -> Option<Elsewhere> {
        self.elsewhere.get()
    }

    /// Drops a draft: it was sent, or thrown away.
    pub fn sent(self, name: &str) {
        if self.kept.with_untracked(|kept| kept.contains_key(name)) {
            self.kept.update(|kept| {
                kept.remove(name);
            });
            self.mine.update_value(|mine| _ = mine.remove(name));
            if let Some(Some(shelf)) = self.shelf.try_get_value() {
                self.windows.say(&Said::Sent { stored: shelf.stored(name) });
            }
            self.changed(name);
        }
    }

    /// Another person may come: nothing of this one stays in the page. What is on the shelf waits there, sealed.
    pub fn clear(self) {
        self.kept.update(HashMap::clear);
        self.stored.update(HashMap::clear);
        self.trouble.set(None);
        self.elsewhere.set(None);
        self.mine.update_value(BTreeSet::clear);
        self.shared.update_value(BTreeSet::clear);
        self.put.update_value(HashMap::clear);
        self.unsaved.update_value(BTreeSet::clear);
        self.shelf.set_value(None);
        self.opened.set_value(false);
    }

    /// The same once what was typed last is on the shelf, too.
    pub async fn put_away(self) {
        if let Some(save) = self.saver.try_get_value().flatten() {
            save(self).await;
        }
        self.clear();
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
        self.saver.set_value(Some(saver));
        let Some(shelf) = Shelf::of(&session.person.id, &session.drafts_key).await else {
            self.opened.try_set_value(true);
            self.save().await;
            return;
        };
        let left = shelf.all(super::clock::browser()).await;
        self.stored.try_update(|stored| {
            stored.extend(left.iter().map(|(name, draft)| (name.clone(), draft.at)));
        });
        self.kept.try_update(|kept| {
            for (name, draft) in left {
                kept.entry(name).or_insert(draft);
            }
        });
        self.shelf.try_set_value(Some(shelf));
        self.opened.try_set_value(true);
        self.listen();
        // What was typed before the shelf was there.
        self.save().await;
    }

    /// What another window of this browser keeps is kept here too, and what it sent is gone here too: nothing is sent
    /// twice because a second window still had it. What is typed here and differs stays, and the person is told.
    fn listen(self) {
        if self.listening.try_update_value(|listening| std::mem::replace(listening, true)) != Some(false) {
            return;
        }
        // Drafts live as long as the page: so does the listener.
        let _for_ever = window_event_listener(leptos::ev::storage, move |event| {
            let Some(Some(shelf)) = self.shelf.try_get_value() else { return };
            let Some(name) = event.key().and_then(|key| shelf.name_at(&key)) else { return };
            let (old, new) = (event.old_value(), event.new_value());
            spawn_local(async move {
                let old = shelf.opened(&name, old).await;
                let new = shelf.opened(&name, new).await;
                self.hear(name, old, new);
            });
        });
        self.windows.hear(move |said| {
            let (Said::Sent { stored }, Some(Some(shelf))) = (said, self.shelf.try_get_value()) else {
                return;
            };
            let Some(name) = shelf.name_of(&stored) else { return };
            spawn_local(async move {
                // What the other window had kept goes first; where it was the same, nothing is lost here.
                pause(3 * SOON).await;
                if self.mine.try_with_value(|mine| mine.contains(&name)) == Some(true) {
                    self.elsewhere.try_set(Some(Elsewhere::Sent));
                }
            });
        });
    }

    /// Another window changed what is on the shelf.
    fn hear(self, name: String, old: Option<Draft>, new: Option<Draft>) {
        let value = |draft: &Option<Draft>| draft.as_ref().map(|draft| draft.value.clone());
        let own = self.kept.with_untracked(|kept| kept.get(&name).map(|draft| draft.value.clone()));
        let mine = self.mine.with_value(|mine| mine.contains(&name)) && own.is_some();
        match follows(mine, own, value(&old), value(&new)) {
            Follows::Takes => {
                self.stored.update(|stored| match &new {
                    Some(draft) => _ = stored.insert(name.clone(), draft.at),
                    None => _ = stored.remove(&name),
                });
                if new.is_none() {
                    self.mine.update_value(|mine| _ = mine.remove(&name));
                }
                self.kept.update(|kept| match new {
                    Some(draft) => _ = kept.insert(name, draft),
                    None => _ = kept.remove(&name),
                });
            }
            Follows::Stays => {
                let first = self.shared.try_update_value(|shared| shared.insert(name.clone()));
                if first == Some(true) {
                    self.elsewhere.set(Some(Elsewhere::Typed));
                }
            }
            // It went from the shelf with what the other window sent: this one's goes back onto it.
            Follows::Returns => self.changed(&name),
        }
    }

    fn changed(self, name: &str) {
        self.saver.set_value(Some(saver));
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

    /// Puts on the shelf what changed; what could not be put there stays unsaved, is told, and is tried again with the
    /// next change.
    async fn save(self) {
        let Some(Some(shelf)) = self.shelf.try_get_value() else {
            // Until it was looked for it may still be found.
            if self.opened.try_get_value() == Some(true) {
                let typed = self.kept.try_with_untracked(|kept| !kept.is_empty()) == Some(true);
                if !typed {
                    self.unsaved.try_update_value(BTreeSet::clear);
                }
                self.tell(typed.then_some(Trouble::Nowhere));
            }
            return;
        };
        let names = self.unsaved.try_update_value(std::mem::take).unwrap_or_default();
        for name in names {
            let draft = self.kept.try_with_untracked(|kept| kept.get(&name).cloned()).flatten();
            let saved = match &draft {
                Some(draft) => shelf.put(&name, draft).await,
                // What another window has put there since is not this one's to remove.
                None if self.is_others(&shelf, &name).await => Ok(()),
                None => shelf.remove(&name),
            };
            match (saved, draft) {
                (Ok(()), Some(draft)) => {
                    self.put.try_update_value(|put| _ = put.insert(name.clone(), draft.value));
                    self.stored.try_update(|stored| _ = stored.insert(name, draft.at));
                }
                (Ok(()), None) => {
                    self.stored.try_update(|stored| _ = stored.remove(&name));
                }
                (Err(error), _) => {
                    leptos::logging::warn!("the draft {name} is not saved: {error:?}");
                    self.unsaved.try_update_value(|unsaved| {
                        unsaved.insert(name);
                    });
                }
            }
        }
        let left = self.unsaved.try_with_value(|unsaved| !unsaved.is_empty()) == Some(true);
        self.tell(left.then_some(Trouble::Full));
    }

    /// Whether the shelf holds under that name what another window typed.
    async fn is_others(self, shelf: &Shelf, name: &str) -> bool {
        if self.shared.try_update_value(|shared| shared.remove(name)) != Some(true) {
            return false;
        }
        let there = shelf.find(name).await.map(|draft| draft.value);
        let own = self.put.try_with_value(|put| put.get(name).cloned()).flatten();
        there.is_some() && there != own
    }

    fn tell(self, trouble: Option<Trouble>) {
        if self.trouble.try_get_untracked() != Some(trouble) {
            self.trouble.try_set(trouble);
        }
    }
}

fn saver(drafts: Drafts) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(drafts.save())
}

/// What a window does about a change another one made on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// The same here.
    Takes,
    /// What is typed here stays as it is.
    Stays,
    /// What is typed here stays, and back onto the shelf.
    Returns,
}

/// What to do about a change from `old` to `new` where `own` is kept here; `mine`: it was typed here.
fn follows(mine: bool, own: Option<String>, old: Option<String>, new: Option<String>) -> Follows {
    match new {
        _ if !mine || own == new => Follows::Takes,
        // The very same was sent or thrown away.
        None if own == old => Follows::Takes,
        None => Follows::Returns,
        Some(_) => Follows::Stays,
    }
}

/// The drafts of the calling owner.
pub fn use_drafts() -> Drafts {
    expect_context::<Drafts>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_here_gives_way_to_nothing_but_itself() {
        let text = |text: &str| Some(text.to_owned());
        // Only looked at here: as the other window has it.
        assert_eq!(follows(false, text("a"), text("a"), text("b")), Follows::Takes);
        assert_eq!(follows(false, text("a"), text("a"), None), Follows::Takes);
        // Typed here, the same there.
        assert_eq!(follows(true, text("a"), None, text("a")), Follows::Takes);
        assert_eq!(follows(true, text("a"), text("a"), None), Follows::Takes);
        // Typed here, something else there.
        assert_eq!(follows(true, text("a"), text("a"), text("b")), Follows::Stays);
        assert_eq!(follows(true, text("a"), text("b"), None), Follows::Returns);
    }
}
