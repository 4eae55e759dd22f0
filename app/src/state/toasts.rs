//! Short notes at the foot of the page.

use leptos::prelude::*;
use std::time::Duration;

/// How long a note stays; errors stay until closed.
const STAY: Duration = Duration::from_secs(6);

/// What a note tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something was refused or failed.
    Fault,
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// Its number.
    pub id: u64,
    /// What it tells.
    pub tone: Tone,
    /// One line.
    pub text: String,
    /// It can be undone by `Z`.
    pub undo: bool,
}

/// The notes on screen.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl Toasts {
    /// Says that something was done.
    pub fn done(self, text: impl Into<String>) {
        self.add(Tone::Done, text.into(), false);
    }

    /// Says that something was done and can be undone.
    pub fn undoable(self, text: impl Into<String>) {
        self.add(Tone::Done, text.into(), true);
    }

    /// Says that something was refused or failed; stays until closed.
    pub fn fault(self, text: impl Into<String>) {
        self.add(Tone::Fault, text.into(), false);
    }

    /// The notes; followed.
    pub fn list(self) -> Vec<Toast> {
        self.list.get()
    }

    /// Closes one.
    pub fn close(self, id: u64) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    /// Closes those that offer to undo: it was done, or is too late.
    pub fn undone(self) {
        self.list.update(|list| list.retain(|toast| !toast.undo));
    }

    fn add(self, tone: Tone, text: String, undo: bool) {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(id) = id else { return };
        self.list.update(|list| {
            // One note of a kind at a time: what was said before is read or out of date.
            list.retain(|old| old.text != text && !(undo && old.undo));
            if list.len() >= 3 {
                list.remove(0);
            }
            list.push(Toast { id, tone, text, undo });
        });
        if tone == Tone::Done {
            set_timeout(move || self.close(id), STAY);
        }
    }
}

/// The notes of the calling owner.
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}
