//! Toasts: what was done, with a way back where there is one.

use super::icon::{Icon, IconName};
use super::keycap::Keys;
use super::{Button, ButtonSize, Each};
use crate::i18n::use_messages;
use crate::keys::Shortcut;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// How long a toast stays that is no error.
const STAY: Duration = Duration::from_secs(6);
/// More than these would hide the work: the oldest goes.
const MOST: usize = 4;

/// What a toast is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Something was done: a tick.
    Done,
    /// Something is so; nothing was done: no tick.
    Told,
    /// Something failed, or is bad news: it stays until closed.
    Failed,
}

impl Kind {
    const fn icon(self) -> IconName {
        match self {
            Self::Done => IconName::StateDone,
            Self::Told => IconName::Info,
            Self::Failed => IconName::StateOver,
        }
    }
}

/// One line that says what was done, what is so, or what failed.
#[derive(Clone)]
pub struct Toast {
    text: String,
    kind: Kind,
    /// Not a callback of the framework's: one ends with the view that made it, which may be gone when undo is pressed.
    undo: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Toast {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Done, undo: None }
    }

    /// Something is so, and nothing was done.
    pub fn told(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Told, undo: None }
    }

    /// Something failed: it stays until closed.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Failed, undo: None }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let with_way_back = self.undo.is_some() || other.undo.is_some();
        !with_way_back && self.kind == other.kind && self.text == other.text
    }

    /// The same with a way back, by its button and by Z.
    #[must_use]
    pub fn undone_by(self, undo: impl Fn() + Send + Sync + 'static) -> Self {
        Self { undo: Some(Arc::new(undo)), ..self }
    }
}

/// The toasts of the page.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<(usize, Toast)>>,
    last: StoredValue<usize>,
}

impl Toasts {
    /// Shows a toast. The same said again takes the place of the one before: two in a row would look like two acts.
    pub fn show(self, toast: Toast) {
        let id = self.last.get_value() + 1;
        self.last.set_value(id);
        self.shown.update(|shown| {
            if shown.last().is_some_and(|(_, last)| last.says_the_same(&toast)) {
                shown.pop();
            }
            shown.push((id, toast));
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
    }

    /// Takes all away: nobody is signed in any more.
    pub fn clear(self) {
        self.shown.update(Vec::clear);
    }

    /// Takes the last undoable act back; false where there is none on screen.
    pub fn undo_last(self) -> bool {
        let last = self.shown.with_untracked(|shown| {
            shown.iter().rev().find(|(_, toast)| toast.undo.is_some()).map(|(id, _)| *id)
        });
        last.inspect(|id| self.undo(*id)).is_some()
    }

    /// Another page comes: what was done on this one is no longer taken back from here.
    pub fn page_left(self) {
        if self.shown.with_untracked(|shown| shown.iter().any(|(_, toast)| toast.undo.is_some())) {
            self.shown.update(|shown| shown.iter_mut().for_each(|(_, toast)| toast.undo = None));
        }
    }

    fn undo(self, id: usize) {
        let toast = untrack(|| self.toast(id));
        self.close(id);
        if let Some(undo) = toast.and_then(|toast| toast.undo) {
            undo();
        }
    }

    fn toast(self, id: usize) -> Option<Toast> {
        self.shown.with(|shown| shown.iter().find(|(own, _)| *own == id).map(|(_, toast)| toast.clone()))
    }

    fn close(self, id: usize) {
        self.shown.update(|shown| shown.retain(|(own, _)| *own != id));
    }
}

/// Makes the toasts of the page; called once, by the app.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { shown: RwSignal::new(Vec::new()), last: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// The toasts of the page.
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// Where toasts appear: bottom centre, newest last. It stands once on the page.
#[component]
pub fn ToastStack() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts">
            <Each
                numbers=Signal::derive(move || toasts.shown.with(|shown| shown.iter().map(|(id, _)| *id).collect()))
                each=move |id: usize| {
                    untrack(|| toasts.toast(id)).map(|toast| view! { <OneToast id=id toast=toast/> }).into_any()
                }
            />
        </div>
    }
}

#[component]
fn OneToast(id: usize, toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let t = use_messages();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let Toast { text, kind, .. } = toast;
    let failed = kind == Kind::Failed;
    let offered = Memo::new(move |_| toasts.toast(id).is_some_and(|toast| toast.undo.is_some()));
    let stop = move || {
        timer.try_update_value(|handle| {
            if let Some(handle) = handle.take() {
                handle.clear();
            }
        });
    };
    let start = move || {
        stop();
        if !failed {
            timer.try_set_value(set_timeout_with_handle(move || toasts.close(id), STAY).ok());
        }
    };
    start();
    on_cleanup(stop);
    view! {
        <div
            class="toast"
            role=if failed { "alert" } else { "status" }
            data-failed=failed.then_some("")
            on:pointerenter=move |_| stop()
            on:pointerleave=move |_| start()
            on:focusin=move |_| stop()
            on:focusout=move |_| start()
        >
            <Icon name=kind.icon()/>
            <span>{text}</span>
            <span class="push"></span>
            {move || {
                offered.get().then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn"
                            data-z="sm"
                            aria-keyshortcuts=Shortcut::Undo.aria()
                            on:click=move |_| toasts.undo(id)
                        >
                            {move || t.get().common.undo}
                            <Keys of=Shortcut::Undo/>
                        </button>
                    }
                })
            }}
            {failed
                .then(|| {
                    view! {
                        <Button
                            size=ButtonSize::Small
                            icon=IconName::Cross
                            square=true
                            label=move || t.get().common.close
                            on_press=move |()| toasts.close(id)
                        />
                    }
                })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_undoable_act_is_taken_back_once_and_old_toasts_go() {
        let owner = Owner::new();
        owner.set();
        let toasts = provide_toasts();
        let undone = RwSignal::new(Vec::new());
        for n in 0..6 {
            let toast = Toast::done(format!("{n}"));
            let undo = move || undone.update(|u| u.push(n));
            toasts.show(if n == 3 || n == 4 { toast.undone_by(undo) } else { toast });
        }
        assert_eq!(toasts.shown.with_untracked(Vec::len), MOST);
        assert!(toasts.undo_last());
        assert!(toasts.undo_last());
        assert!(!toasts.undo_last());
        assert_eq!(undone.get_untracked(), [4, 3]);
    }

    #[test]
    fn the_same_said_twice_stands_once() {
        let owner = Owner::new();
        owner.set();
        let toasts = provide_toasts();
        toasts.show(Toast::done("a"));
        toasts.show(Toast::done("a"));
        assert_eq!(toasts.shown.with_untracked(Vec::len), 1);
        toasts.show(Toast::failed("a"));
        toasts.show(Toast::done("a").undone_by(|| ()));
        toasts.show(Toast::done("a").undone_by(|| ()));
        assert_eq!(
            toasts.shown.with_untracked(Vec::len),
            4,
            "another kind, and what can be taken back, stand apart"
        );
    }

    #[test]
    fn what_was_done_on_a_page_that_was_left_is_not_taken_back() {
        let owner = Owner::new();
        owner.set();
        let toasts = provide_toasts();
        let undone = RwSignal::new(false);
        toasts.show(Toast::done("").undone_by(move || undone.set(true)));
        toasts.page_left();
        assert!(!toasts.undo_last() && !undone.get_untracked());
        assert_eq!(toasts.shown.with_untracked(Vec::len), 1);
    }
}
