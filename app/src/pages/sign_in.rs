//! Signing in: the page, and the same form on top of the work when the session has ended.

pub(super) mod again;
mod form;
mod plumb;
pub(super) mod steps;

pub use form::SignInForm;

use crate::components::Failed;
use crate::i18n::sign_in::SignIn as Words;
use crate::i18n::{Locale, use_messages, use_text};
use crate::state::settings::use_settings;
use leptos::prelude::*;

/// The sign-in page.
#[component]
pub fn SignIn() -> impl IntoView {
    let (t, m) = (use_text::<Words>(), use_messages());
    view! {
        <main class="login">
            <plumb::Plumb/>
            <section class="lg-b">
                <SignInForm>
                    <div class="lg-m">
                        <crate::components::Icon name=crate::components::IconName::Mark/>
                        <h1>{move || m.get().shell.product}</h1>
                        <span class="dim">{move || t.get().tagline}</span>
                    </div>
                </SignInForm>
                <footer class="bar sm dim">
                    <span>{move || (t.get().version)(env!("CARGO_PKG_VERSION"))}</span>
                    <span class="push"></span>
                    <Languages/>
                </footer>
            </section>
        </main>
    }
}

/// The languages by their own names; the one in use is no button.
#[component]
fn Languages() -> impl IntoView {
    let settings = use_settings();
    Locale::ALL
        .into_iter()
        .map(|locale| {
            view! {
                <button
                    class="lnk"
                    type="button"
                    lang=locale.tag()
                    aria-pressed=move || if settings.locale.get() == locale { "true" } else { "false" }
                    on:click=move |_| settings.speak(locale)
                >
                    {locale.own_name()}
                </button>
            }
        })
        .collect_view()
}

/// The page when the first question was not answered.
#[component]
pub fn Unreached(
    /// Asks again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let t = use_text::<Words>();
    view! {
        <main class="sheet">
            <Failed
                title=move || t.get().unreached
                hint=move || t.get().unreached_hint
                on_retry=on_retry
            />
        </main>
    }
}
