//! Changing one's own password.

use super::entry::{Entry, Line, show_failure};
use crate::api::account::change_password;
use crate::components::{Button, ButtonVariant};
use crate::i18n::account::AccountWords;
use crate::i18n::{use_locale, use_text};
use crate::state::session::use_session;
use domain::api::account::{LONGEST_PASSWORD, PasswordFault, SHORTEST_PASSWORD};
use domain::api::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The present password and the new one, twice.
#[component]
pub fn PasswordForm(
    /// Called with the session it goes on in.
    on_done: Callback<Session>,
) -> impl IntoView {
    let (t, locale, session) = (use_text::<AccountWords>(), use_locale(), use_session());
    let (current, new, repeat) = (Entry::new(), Entry::new(), Entry::new());
    let busy = RwSignal::new(false);
    let submit = move || {
        let words = t.now();
        if busy.get_untracked() || !current.filled(words) || !new.filled(words) {
            return;
        }
        // What the server would refuse anyway is said at once; what is common it alone knows.
        let text = new.text();
        let fault = if text.chars().count() < SHORTEST_PASSWORD {
            Some(PasswordFault::Short)
        } else if text.len() > LONGEST_PASSWORD {
            Some(PasswordFault::Long)
        } else if text == current.text() {
            Some(PasswordFault::Same)
        } else {
            None
        };
        if let Some(fault) = fault {
            new.blame(words.password_fault(fault));
            return;
        }
        if !repeat.filled(words) {
            return;
        }
        if repeat.text() != text {
            repeat.blame(words.differs);
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match change_password(current.text(), text).await {
                Ok(session) => {
                    for entry in [current, new, repeat] {
                        entry.clear();
                    }
                    on_done.try_run(session);
                }
                Err(failure) => {
                    let fields = [("/current", current), ("/new", new)];
                    show_failure(&failure, &fields, t.now(), locale.get_untracked(), session);
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <form
            class="lg-f"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <Line entry=current label=move || t.get().current autocomplete="current-password"/>
            <Line
                entry=new
                label=move || t.get().new
                hint=Signal::derive(move || Some(t.get().password_detail.to_owned()))
                autocomplete="new-password"
            />
            <Line entry=repeat label=move || t.get().repeat autocomplete="new-password"/>
            <Button variant=ButtonVariant::Primary submit=true busy=busy>
                {move || t.get().change}
            </Button>
        </form>
    }
}
