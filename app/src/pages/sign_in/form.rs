//! Number and password.

use crate::api::session::sign_in;
use crate::components::{Button, ButtonSize, ButtonVariant, Field, Icon, IconName, TextInput};
use crate::i18n::failure::word_generally;
use crate::i18n::sign_in::SignIn as Words;
use crate::i18n::{use_locale, use_text};
use crate::query::use_queries;
use crate::state::clock::use_clock;
use crate::state::drafts::use_drafts;
use crate::state::session::use_session;
use crate::state::windows::{Said, use_windows};
use domain::api::Slug;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Number and password with their button.
#[component]
pub fn SignInForm(
    /// What stands above the fields.
    #[prop(optional)]
    children: Option<Children>,
    /// The session ended: the number is known and cannot be changed.
    #[prop(optional)]
    again: bool,
) -> impl IntoView {
    let (t, locale) = (use_text::<Words>(), use_locale());
    let (session, queries, clock, drafts) = (use_session(), use_queries(), use_clock(), use_drafts());
    let windows = use_windows();
    let known = session.now().filter(|_| again).map(|session| session.person.id.to_string());
    let person = RwSignal::new(known.unwrap_or_default());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let password_field = NodeRef::<html::Input>::new();
    let submit = move || {
        let (number, secret) = (person.get_untracked().trim().to_owned(), password.get_untracked());
        if busy.get_untracked() {
            return;
        }
        if number.is_empty() || secret.is_empty() {
            let t = t.now();
            fault.set(Some(if number.is_empty() { t.person_missing } else { t.password_missing }.to_owned()));
            return;
        }
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            let before = session.now().map(|session| session.person.id.clone());
            match sign_in(&number, &secret).await {
                Ok(new) => {
                    if before.is_some_and(|before| before != new.person.id) {
                        queries.clear();
                        drafts.clear();
                    }
                    clock.set(new.now);
                    session.signed_in(new);
                    windows.say(&Said::Came);
                    if again {
                        queries.invalidate_all();
                    }
                }
                Err(failure) => {
                    let words = if failure.slug() == Some(Slug::WrongCredentials) {
                        t.now().wrong.to_owned()
                    } else {
                        word_generally(&failure, locale.get_untracked())
                    };
                    fault.try_set(Some(words));
                    password.try_set(String::new());
                    if let Some(field) = password_field.try_get_untracked().flatten() {
                        crate::components::focus::give(&field);
                    }
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <form
            class="lg-f"
            autocomplete="on"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            {children.map(|children| children())}
            <Field label=move || t.get().person>
                <TextInput
                    value=person
                    on_input=move |text| person.set(text)
                    icon=IconName::User
                    autocomplete="username"
                    readonly=Signal::stored(again)
                />
            </Field>
            <Field label=move || t.get().password error=fault>
                <TextInput
                    value=password
                    on_input=move |text| password.set(text)
                    kind="password"
                    icon=IconName::Lock
                    autocomplete="current-password"
                    node_ref=password_field
                />
            </Field>
            <Button variant=ButtonVariant::Primary size=ButtonSize::Large submit=true busy=busy>
                {move || t.get().submit}
                <kbd aria-hidden="true">"↵"</kbd>
            </Button>
            {(!again).then(|| view! {
                <p class="dim sm row">
                    <Icon name=IconName::Eye/>
                    {move || t.get().assurance}
                </p>
            })}
        </form>
    }
}
