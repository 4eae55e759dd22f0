//! Where one is signed in.

use crate::api::Failure;
use crate::api::account::{end_session, sessions};
use crate::components::{Button, ButtonSize, Failed, Skeleton, Tag, Toast, use_toasts};
use crate::format::{moment, stamp};
use crate::i18n::account::AccountWords;
use crate::i18n::failure::word_generally;
use crate::i18n::{use_locale, use_text};
use crate::query::{Query, query};
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::Slug;
use domain::api::account::OwnSession;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One's own sessions, each to be ended.
#[component]
pub fn Sessions() -> impl IntoView {
    let t = use_text::<AccountWords>();
    let list = query(|| Some(sessions()));
    move || {
        let Some(found) = list.get() else {
            return if list.failure().is_some() {
                view! { <Failed on_retry=Callback::new(move |()| list.refetch())/> }.into_any()
            } else {
                view! { <Skeleton lines=3/> }.into_any()
            };
        };
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=move || t.get().sessions>
                <table class="tbl">
                    <thead>
                        <tr>
                            <th scope="col">{move || t.get().device}</th>
                            <th scope="col">{move || t.get().address}</th>
                            <th scope="col">{move || t.get().since}</th>
                            <th scope="col">{move || t.get().seen}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>
                        {found.iter().cloned().map(|one| view! { <Row one=one list=list/> }).collect_view()}
                    </tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Row(one: OwnSession, list: Query<Vec<OwnSession>>) -> impl IntoView {
    let (t, locale, clock) = (use_text::<AccountWords>(), use_locale(), use_clock());
    let (session, toasts) = (use_session(), use_toasts());
    let busy = RwSignal::new(false);
    let OwnSession { id, device, address, since, seen, current } = one;
    let name = {
        let device = device.clone();
        move || if device.is_empty() { t.get().unknown_device.to_owned() } else { device.clone() }
    };
    let label = {
        let name = name.clone();
        move || (t.get().end_device)(&name())
    };
    let end = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match end_session(id).await {
                Ok(()) => toasts.show(Toast::done(t.now().ended)),
                // It ended by itself meanwhile.
                Err(failure) if failure.slug() == Some(Slug::NotFound) => {}
                Err(failure) => {
                    tell(
                        &failure,
                        session,
                        |words| toasts.show(Toast::failed(words)),
                        locale.get_untracked(),
                    );
                }
            }
            list.refetch();
            busy.try_set(false);
        });
    });
    view! {
        <tr>
            <th scope="row">
                {name}
                {current.then(|| view! { <Tag>{move || t.get().this_one}</Tag> })}
            </th>
            <td>{address}</td>
            <td data-tip=stamp(since)>{move || moment(since, clock.now())}</td>
            <td data-tip=stamp(seen)>{move || moment(seen, clock.now())}</td>
            <td>
                {(!current).then(|| view! {
                    <Button size=ButtonSize::Small busy=busy label=label.clone() on_press=end>
                        {move || t.get().end}
                    </Button>
                })}
            </td>
        </tr>
    }
}

fn tell(
    failure: &Failure,
    session: crate::state::session::SessionState,
    show: impl FnOnce(String),
    locale: crate::i18n::Locale,
) {
    if failure.slug() == Some(Slug::NotSignedIn) {
        session.lost();
    } else {
        show(word_generally(failure, locale));
    }
}
