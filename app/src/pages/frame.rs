//! What a page puts into the shell around it: its title and what belongs to it in the top bar.

use crate::follow::follow;
use crate::i18n::{Messages, Text, use_messages};
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos::tachys::reactive_graph::OwnedView;
use std::sync::{Arc, Mutex, PoisonError};

/// What the page on screen puts into the shell.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    bar: RwSignal<Option<(u64, ViewFn)>>,
    next: StoredValue<u64>,
}

impl Default for Frame {
    fn default() -> Self {
        Self { bar: RwSignal::new(None), next: StoredValue::new(0) }
    }
}

impl Frame {
    /// What stands at the left of the top bar; followed.
    pub fn bar(self) -> Option<ViewFn> {
        self.bar.with(|bar| bar.as_ref().map(|(_, view)| view.clone()))
    }
}

/// The shell's frame.
pub fn use_frame() -> Frame {
    expect_context::<Frame>()
}

/// Puts something at the left of the top bar for the life of the calling page.
pub fn use_bar(view: impl Into<ViewFn>) {
    let frame = use_frame();
    let id = frame.next.try_update_value(|next| {
        *next += 1;
        *next
    });
    let id = id.unwrap_or_default();
    let view: ViewFn = view.into();
    // It stands in the shell and reads the page's signals: from the page's end until the shell has taken it away, nothing
    // of it may run.
    let drawn = Arc::new(Mutex::new(None::<WeakOwner>));
    let kept = drawn.clone();
    let view = ViewFn::from(move || {
        let owner = Owner::new();
        *drawn.lock().unwrap_or_else(PoisonError::into_inner) = Some(owner.downgrade());
        OwnedView::new_with_owner(owner.with(|| view.run()), owner)
    });
    frame.bar.set(Some((id, view)));
    on_cleanup(move || {
        let drawn = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(drawn) = drawn.and_then(|drawn| drawn.upgrade()) {
            drawn.pause();
        }
        // The next page may have put its own there already.
        frame.bar.try_update(|bar| {
            if bar.as_ref().is_some_and(|(own, _)| *own == id) {
                *bar = None;
            }
        });
    });
}

/// Sets the window's title for the calling page.
pub fn use_title(title: impl Fn(&'static Messages) -> String + 'static) {
    let t: Text<Messages> = use_messages();
    follow(move || {
        let messages = t.get();
        document().set_title(&(messages.shell.title)(&title(messages)));
    });
}
