//! Toasts: what was done, with a way back where there is one.

use super::icon::{Icon, IconName};
use super::keycap::Keys;
use super::{Button, ButtonSize};
use crate::i18n::use_messages;
use crate::keys::Shortcut;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// How long a toast stays that is no error.
const STAY: Duration = Duration::from_secs(6);
/// More than these would hide the work: the oldest goes.
const MOST: usize = 4;

/// One line that says what was done or what failed.
#[derive(Debug, Clone)]
pub struct Toast {
    text: String,
    failed: bool,
    undo: Option<Callback<()>>,
}

impl Toast {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { text: text.into(), failed: false, undo: None }
    }

    /// Something failed: it stays until closed.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { text: text.into(), failed: true, undo: None }
    }

    /// The same with a way back, by its button and by Z.
    #[must_use]
    pub fn undone_by(self, undo: impl Into<Callback<()>>) -> Self {
        Self { undo: Some(undo.into()), ..self }
    }
}

/// The toasts of the page.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<(u32, Toast)>>,
    last: StoredValue<u32>,
}

impl Toasts {
    /// Shows a toast.
    pub fn show(self, toast: Toast) {
        let id = self.last.get_value() + 1;
        self.last.set_value(id);
        self.shown.update(|shown| {
            shown.push((id, toast));
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
    }

    /// Takes the last undoable act back; false where there is none on screen.
    pub fn undo_last(self) -> bool {
        let found = self.shown.with_untracked(|shown| {
            shown.iter().rev().find_map(|(id, toast)| toast.undo.map(|undo| (*id, undo)))
        });
        if let Some((id, undo)) = found {
            self.close(id);
            undo.run(());
        }
        found.is_some()
    }

    fn close(self, id: u32) {
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
            <For each=move || toasts.shown.get() key=|(id, _)| *id let((id, toast))>
                <OneToast id=id toast=toast/>
            </For>
        </div>
    }
}

#[component]
fn OneToast(id: u32, toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let t = use_messages();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let Toast { text, failed, undo } = toast;
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
            <Icon name=if failed { IconName::StateOver } else { IconName::StateDone }/>
            <span>{text}</span>
            <span class="push"></span>
            {undo
                .map(|undo| {
                    view! {
                        <button
                            type="button"
                            class="btn"
                            data-z="sm"
                            aria-keyshortcuts=Shortcut::Undo.aria()
                            on:click=move |_| {
                                toasts.close(id);
                                undo.run(());
                            }
                        >
                            {move || t.get().common.undo}
                            <Keys of=Shortcut::Undo/>
                        </button>
                    }
                })}
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
            let undo = move |()| undone.update(|u| u.push(n));
            toasts.show(if n == 3 || n == 4 { toast.undone_by(Callback::new(undo)) } else { toast });
        }
        assert_eq!(toasts.shown.with_untracked(Vec::len), MOST);
        assert!(toasts.undo_last());
        assert!(toasts.undo_last());
        assert!(!toasts.undo_last());
        assert_eq!(undone.get_untracked(), [4, 3]);
    }
}
