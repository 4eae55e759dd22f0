//! What a sign-in has still to do after the right password: a code, a password of one's own, a second factor.

use super::plumb;
use crate::api::account::give_code;
use crate::api::use_api;
use crate::components::{Button, ButtonSize, ButtonVariant};
use crate::follow::follow;
use crate::i18n::account::AccountWords;
use crate::i18n::{use_locale, use_text};
use crate::pages::account::entry::{Entry, Line, show_failure};
use crate::pages::account::{EnrolForm, PasswordForm};
use crate::pages::part::want_style;
use crate::query::use_queries;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::session::{Session, Step};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The steps as a page: nobody is at work yet.
pub fn steps() -> AnyView {
    view! {
        <main class="login">
            <plumb::Plumb/>
            <section class="lg-b">
                <Steps/>
            </section>
        </main>
    }
    .into_any()
}

/// The step to be done.
#[component]
pub fn Steps() -> impl IntoView {
    want_style();
    let (t, session, clock, queries) =
        (use_text::<AccountWords>(), use_session(), use_clock(), use_queries());
    let api = use_api();
    let step = Memo::new(move |_| session.pending().and_then(|pending| pending.step));
    let done = Callback::new(move |new: Session| {
        clock.set(new.now);
        let whole = new.step.is_none();
        session.signed_in(new);
        if whole {
            queries.invalidate_all();
        }
    });
    let leave = move |_| {
        spawn_local(async move {
            // Where the server is not reached the session runs out by itself, soon.
            let _told = api.sign_out().await;
            session.signed_out();
        });
    };
    let here = NodeRef::<html::Div>::new();
    // Each step begins at its first field.
    follow(move || {
        step.track();
        let Some(element) = here.get() else { return };
        request_animation_frame(move || {
            let first = crate::components::focus::members(&element, "input");
            if let Some(first) = first.first() {
                crate::components::focus::give(first);
            }
        });
    });
    view! {
        <div class="lg-steps" node_ref=here>
            {move || step.get().map(|step| {
                let (title, hint) = match step {
                    Step::Code => (t.get().code_title, t.get().code_title_hint),
                    Step::Password => (t.get().first_password, t.get().first_password_hint),
                    Step::Enrol => (t.get().enrol_title, t.get().enrol_required),
                };
                view! {
                    <h1>{title}</h1>
                    <p class="mut">{hint}</p>
                }
            })}
            {move || step.get().map(|step| match step {
                Step::Code => view! { <CodeForm on_done=done/> }.into_any(),
                Step::Password => view! { <PasswordForm on_done=done/> }.into_any(),
                Step::Enrol => view! { <EnrolForm prove=false on_done=done/> }.into_any(),
            })}
            <p>
                <button class="lnk" type="button" on:click=leave>{move || t.get().other_person}</button>
            </p>
        </div>
    }
}

#[component]
fn CodeForm(on_done: Callback<Session>) -> impl IntoView {
    let (t, locale, session) = (use_text::<AccountWords>(), use_locale(), use_session());
    let code = Entry::new();
    let busy = RwSignal::new(false);
    let submit = move || {
        if busy.get_untracked() || !code.filled(t.now()) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match give_code(code.text()).await {
                Ok(session) => {
                    on_done.try_run(session);
                }
                Err(failure) => {
                    show_failure(&failure, &[("/code", code)], t.now(), locale.get_untracked(), session);
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
            <Line entry=code label=move || t.get().code kind="text" autocomplete="one-time-code"/>
            <Button variant=ButtonVariant::Primary size=ButtonSize::Large submit=true busy=busy>
                {move || t.get().verify}
                <kbd aria-hidden="true">"↵"</kbd>
            </Button>
        </form>
    }
}
