//! Setting up a second factor: the password, the QR code or the key, a code, the recovery codes.

use super::entry::{Entry, Line, show_failure};
use crate::api::account::{confirm_factor, offer_factor};
use crate::api::load::escape;
use crate::components::{Button, ButtonVariant, Failed, Skeleton};
use crate::i18n::account::AccountWords;
use crate::i18n::{use_locale, use_text};
use crate::state::session::use_session;
use domain::api::account::{Enrolled, Enrolment};
use domain::api::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a page has one")]
enum Stage {
    Prove,
    Asking,
    Failed,
    Offered(Enrolment),
    Codes(Enrolled),
}

/// Sets up a second factor.
#[component]
pub fn EnrolForm(
    /// The password is asked for first.
    prove: bool,
    /// Called with the session it goes on in, once the recovery codes were seen.
    on_done: Callback<Session>,
) -> impl IntoView {
    let (t, locale, session) = (use_text::<AccountWords>(), use_locale(), use_session());
    let stage = RwSignal::new(if prove { Stage::Prove } else { Stage::Asking });
    let (password, code) = (Entry::new(), Entry::new());
    let busy = RwSignal::new(false);
    let offer = move || {
        busy.set(true);
        spawn_local(async move {
            match offer_factor(password.text()).await {
                Ok(offered) => {
                    stage.try_set(Stage::Offered(offered));
                }
                Err(failure) if prove => {
                    let fields = [("/password", password)];
                    show_failure(&failure, &fields, t.now(), locale.get_untracked(), session);
                }
                Err(failure) => {
                    stage.try_set(Stage::Failed);
                    show_failure(&failure, &[], t.now(), locale.get_untracked(), session);
                }
            }
            busy.try_set(false);
        });
    };
    if !prove {
        offer();
    }
    let confirm = move || {
        if busy.get_untracked() || !code.filled(t.now()) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match confirm_factor(code.text()).await {
                Ok(enrolled) => {
                    stage.try_set(Stage::Codes(enrolled));
                }
                Err(failure) => {
                    show_failure(&failure, &[("/code", code)], t.now(), locale.get_untracked(), session);
                }
            }
            busy.try_set(false);
        });
    };
    move || match stage.get() {
        Stage::Prove => view! {
            <form
                class="lg-f"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    if !busy.get_untracked() && password.filled(t.now()) {
                        offer();
                    }
                }
            >
                <Line
                    entry=password
                    label=move || t.get().current
                    hint=Signal::derive(move || Some(t.get().prove.to_owned()))
                    autocomplete="current-password"
                />
                <Button variant=ButtonVariant::Primary submit=true busy=busy>
                    {move || t.get().go_on}
                </Button>
            </form>
        }
        .into_any(),
        Stage::Asking => view! { <Skeleton lines=6/> }.into_any(),
        Stage::Failed => {
            let again = Callback::new(move |()| {
                stage.set(Stage::Asking);
                offer();
            });
            view! { <Failed on_retry=again/> }.into_any()
        }
        Stage::Offered(offered) => view! {
            <form
                class="lg-f enrol"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <p class="mut">{move || t.get().scan}</p>
                <img
                    class="qr"
                    width="220"
                    height="220"
                    alt=move || t.get().qr
                    src=format!("data:image/svg+xml,{}", escape(&offered.qr))
                />
                <dl class="facts">
                    <dt>{move || t.get().key}</dt>
                    <dd class="key" translate="no">{in_fours(&offered.key)}</dd>
                </dl>
                <Line
                    entry=code
                    label=move || t.get().code
                    hint=Signal::derive(move || Some(t.get().code_hint.to_owned()))
                    kind="text"
                    autocomplete="one-time-code"
                />
                <Button variant=ButtonVariant::Primary submit=true busy=busy>
                    {move || t.get().confirm}
                </Button>
            </form>
        }
        .into_any(),
        Stage::Codes(Enrolled { codes, session }) => {
            let kept = Callback::new(move |()| on_done.run(session.clone()));
            view! {
                <div class="lg-f enrol">
                    <h2>{move || t.get().codes_title}</h2>
                    <p class="mut">{move || t.get().codes_hint}</p>
                    <ol class="codes" translate="no">
                        {codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}
                    </ol>
                    <Button variant=ButtonVariant::Primary on_press=kept>
                        {move || t.get().codes_kept}
                    </Button>
                </div>
            }
            .into_any()
        }
    }
}

/// A key as people read it aloud: in groups of four.
fn in_fours(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_in_fours() {
        assert_eq!(in_fours("GEZDGNBVGY"), "GEZD GNBV GY");
    }
}
