//! Acts on the selected rows, and their results one by one.

use super::acts::{bulk, claim, unclaim, use_why};
use super::desk::use_desk;
use crate::components::{Button, ButtonVariant, Dialog, Icon, IconName};
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::state::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Acts on the selected rows.
#[component]
pub fn BulkBar() -> impl IntoView {
    let (t, desk, session) = (use_messages(), use_desk(), use_session());
    let (claim, unclaim) = (claim(desk), unclaim(desk));
    let number = Memo::new(move |_| desk.chosen.with(BTreeMap::len));
    let leads = move || session.role().is_some_and(domain::actor::Role::leads);
    let some = Memo::new(move |_| number.get() > 0);
    view! {
        {move || {
            some.get()
                .then(|| {
                    view! {
                        <div class="bulk" role="toolbar" aria-label=move || t.get().table.bulk>
                            <span class="nw" role="status">
                                {move || {
                                    (t.get().table.selected)(
                                        i64::try_from(number.get()).unwrap_or(i64::MAX),
                                    )
                                }}
                            </span>
                            <span class="vr"></span>
                            <Button
                                variant=ButtonVariant::Quiet
                                icon=IconName::Claim
                                shortcut=Shortcut::Claim
                                on_press=Callback::new(move |()| claim.run(desk.targets()))
                            >
                                {move || t.get().queue.claim}
                            </Button>
                            <Button
                                variant=ButtonVariant::Quiet
                                icon=IconName::Undo
                                shortcut=Shortcut::Unclaim
                                on_press=Callback::new(move |()| unclaim.run(desk.targets()))
                            >
                                {move || t.get().queue.unclaim}
                            </Button>
                            {leads()
                                .then(|| {
                                    view! {
                                        <Button
                                            variant=ButtonVariant::Quiet
                                            icon=IconName::Assign
                                            shortcut=Shortcut::Assign
                                            on_press=Callback::new(move |()| {
                                                desk.assigning.set(Some(desk.targets()));
                                            })
                                        >
                                            {move || t.get().queue.assign}
                                        </Button>
                                    }
                                })}
                            <span class="vr"></span>
                            <Button
                                variant=ButtonVariant::Quiet
                                shortcut=Shortcut::Back
                                on_press=Callback::new(move |()| desk.chosen.set(BTreeMap::new()))
                            >
                                {move || t.get().common.cancel}
                            </Button>
                        </div>
                    }
                })
        }}
    }
}

/// What a bulk act did, case by case, where it refused something.
#[component]
pub fn ResultsDialog() -> impl IntoView {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let again = bulk(desk);
    let why = use_why();
    let open = Signal::derive(move || desk.results.with(Option::is_some));
    let close = Callback::new(move |()| desk.results.set(None));
    let retry = Callback::new(move |()| {
        let Some((command, outcomes)) = desk.results.get_untracked() else { return };
        desk.results.set(None);
        // The rows as they are now: what was refused for being old carries the newest version.
        let rows = outcomes
            .into_iter()
            .filter(|(_, outcome)| outcome.is_err())
            .map(|(row, _)| {
                desk.list
                    .with_untracked(|list| {
                        let list = list.as_ref()?;
                        list.index_of(row.id).and_then(|at| list.row(at)).cloned()
                    })
                    .unwrap_or(row)
            })
            .collect();
        again.run((rows, command));
    });
    let lines = move || {
        let words = words.get();
        desk.results
            .get()
            .map(|(_, outcomes)| outcomes)
            .unwrap_or_default()
            .into_iter()
            .map(|(row, outcome)| {
                let (state, icon, text) = match &outcome {
                    Ok(()) => ("ok", IconName::StateDone, words.done.to_owned()),
                    Err(failure) => ("over", IconName::StateCross, why(failure)),
                };
                view! {
                    <li data-s=state>
                        <Icon name=icon/>
                        <div>{row.number.clone()}<small>{text}</small></div>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog
            title=move || words.get().results
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.close}</Button>
                    <Button variant=ButtonVariant::Primary on_press=retry>
                        {move || words.get().retry_failed}
                    </Button>
                }
            }
        >
            <ul class="rules">{lines}</ul>
        </Dialog>
    }
}
