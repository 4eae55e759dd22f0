//! The sign-in on top of the work.

use super::SignInForm;
use super::steps::Steps;
use crate::components::Dialog;
use crate::i18n::sign_in::SignIn as Words;
use crate::i18n::use_text;
use crate::pages::leave::use_leave;
use crate::state::session::{Status, use_session};
use crate::state::windows::{Said, use_windows};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The sign-in on top of the work: nothing behind it is lost.
pub fn sign_in_again() -> AnyView {
    let (t, session) = (use_text::<Words>(), use_session());
    let (left, windows) = (use_leave(), use_windows());
    let open = Signal::derive(move || session.status() == Status::Ended);
    let leave = Callback::new(move |()| {
        session.signed_out();
        windows.say(&Said::Left);
        spawn_local(left.run());
    });
    let hint = move || {
        let name = session.person().map(|person| person.name).unwrap_or_default();
        (t.get().again_hint)(&name)
    };
    view! {
        <Dialog
            title=move || t.get().again
            open=open
            // There is no way past it but signing in or leaving, so Escape keeps it open.
            on_close=Callback::new(|()| {})
        >
            {move || match session.pending() {
                Some(_) => view! { <Steps/> }.into_any(),
                None => {
                    view! {
                        <p class="mut">{hint}</p>
                        <SignInForm again=true/>
                    }
                        .into_any()
                }
            }}
            <p class="row">
                <button class="lnk" type="button" on:click=move |_| leave.run(())>
                    {move || t.get().other_person}
                </button>
                <span class="dim sm">{move || t.get().other_person_hint}</span>
            </p>
        </Dialog>
    }
    .into_any()
}
