//! One's own account: password, second factor, where one is signed in.

pub mod entry;
mod factor;
mod password;
mod sessions;

pub use factor::EnrolForm;
pub use password::PasswordForm;

use crate::api::account::{factor as factor_state, remove_factor};
use crate::components::{Button, ButtonVariant, Card, Dialog, Failed, Skeleton, Tag, Toast, use_toasts};
use crate::format::full_date;
use crate::i18n::account::AccountWords;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::part::want_style;
use crate::query::{Query, query, use_queries};
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::account::SecondFactorState;
use domain::api::session::Session;
use domain::time::local_date;
use entry::{Entry, Line, show_failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sessions::Sessions;

/// The page.
pub fn account() -> AnyView {
    view! { <Page/> }.into_any()
}

/// What is open on top of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Enrol,
    Remove,
}

#[component]
fn Page() -> impl IntoView {
    want_style();
    let t = use_text::<AccountWords>();
    let (session, clock, queries, toasts) = (use_session(), use_clock(), use_queries(), use_toasts());
    use_title(|t| t.shell.account.to_owned());
    use_bar(move || view! { <span class="ttl">{move || t.get().title}</span> }.into_any());
    // The session goes on under another token: everything kept is still this person's.
    let go_on = move |new: Session| {
        clock.set(new.now);
        session.signed_in(new);
        queries.invalidate_all();
    };
    let changed = Callback::new(move |new: Session| {
        go_on(new);
        toasts.show(Toast::done(t.now().changed));
    });
    let state = query(|| Some(factor_state()));
    let open = RwSignal::new(Open::Nothing);
    let enrolled = Callback::new(move |new: Session| {
        open.set(Open::Nothing);
        go_on(new);
    });
    view! {
        <main class="sheet acct">
            <h1 class="vh">{move || t.get().title}</h1>
            <Card title=move || t.get().password detail=move || t.get().password_detail>
                <PasswordForm on_done=changed/>
            </Card>
            <Card title=move || t.get().factor detail=move || t.get().factor_detail>
                <Factor state=state open=open/>
            </Card>
            <Card title=move || t.get().sessions detail=move || t.get().sessions_detail class="wide">
                <Sessions/>
            </Card>
        </main>
        <Dialog
            title=move || t.get().enrol_title
            open=Signal::derive(move || open.get() == Open::Enrol)
            on_close=Callback::new(move |()| open.set(Open::Nothing))
        >
            <EnrolForm prove=true on_done=enrolled/>
        </Dialog>
        <Dialog
            title=move || t.get().remove
            open=Signal::derive(move || open.get() == Open::Remove)
            on_close=Callback::new(move |()| open.set(Open::Nothing))
        >
            <RemoveForm state=state open=open/>
        </Dialog>
    }
}

/// How the second factor stands, and what can be done about it.
#[component]
fn Factor(state: Query<SecondFactorState>, open: RwSignal<Open>) -> impl IntoView {
    let t = use_text::<AccountWords>();
    move || {
        let Some(found) = state.get() else {
            return if state.failure().is_some() {
                view! { <Failed on_retry=Callback::new(move |()| state.refetch())/> }.into_any()
            } else {
                view! { <Skeleton lines=3/> }.into_any()
            };
        };
        let since = found.since.map(|at| full_date(local_date(at)));
        let on = since.is_some();
        let left = i64::from(found.recovery_left);
        view! {
            <p class="row">
                {match since {
                    Some(day) => (t.get().factor_on)(&day),
                    None => t.get().factor_off.to_owned(),
                }}
                {found.required.then(|| view! { <Tag>{move || t.get().required}</Tag> })}
            </p>
            {on.then(|| view! { <p class="mut">{move || (t.get().recovery_left)(left)}</p> })}
            <p class="row">
                <Button popup="dialog" on_press=Callback::new(move |()| open.set(Open::Enrol))>
                    {move || if on { t.get().replace } else { t.get().set_up }}
                </Button>
                {(on && !found.required).then(|| view! {
                    <Button
                        variant=ButtonVariant::Danger
                        popup="dialog"
                        on_press=Callback::new(move |()| open.set(Open::Remove))
                    >
                        {move || t.get().remove}
                    </Button>
                })}
            </p>
        }
        .into_any()
    }
}

#[component]
fn RemoveForm(state: Query<SecondFactorState>, open: RwSignal<Open>) -> impl IntoView {
    let (t, m, locale) = (use_text::<AccountWords>(), use_messages(), use_locale());
    let (session, toasts) = (use_session(), use_toasts());
    let password = Entry::new();
    let busy = RwSignal::new(false);
    let submit = move || {
        if busy.get_untracked() || !password.filled(t.now()) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match remove_factor(password.text()).await {
                Ok(()) => {
                    open.try_set(Open::Nothing);
                    state.refetch();
                    toasts.show(Toast::done(t.now().removed));
                }
                Err(failure) => {
                    let fields = [("/password", password)];
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
            <Line
                entry=password
                label=move || t.get().current
                hint=Signal::derive(move || Some(t.get().prove.to_owned()))
                autocomplete="current-password"
            />
            <p class="row">
                <Button on_press=Callback::new(move |()| open.set(Open::Nothing))>
                    {move || m.get().common.cancel}
                </Button>
                <Button variant=ButtonVariant::Danger submit=true busy=busy>
                    {move || t.get().remove}
                </Button>
            </p>
        </form>
    }
}
