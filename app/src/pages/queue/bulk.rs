//! Acts on the selected rows, and their results one by one.

use super::acts::{Hands, bulk, claim, unclaim};
use super::desk::{Outcome, use_desk};
use crate::api::queue::ListAct;
use crate::components::{Button, ButtonVariant, Dialog, Icon, IconName, Toast};
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::state::session::use_session;
use domain::api::queue::QueueRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Most cases of one bulk act (the server's own limit).
const MOST: usize = 200;

/// Acts on the selected rows, while there are some.
pub fn bar() -> AnyView {
    let (t, desk, session) = (use_messages(), use_desk(), use_session());
    let (claim, unclaim) = (claim(), unclaim());
    let number = Memo::new(move |_| desk.chosen.with(Vec::len));
    let leads = move || session.role().is_some_and(domain::actor::Role::leads);
    let some = Memo::new(move |_| number.get() > 0);
    let acts = move || {
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
                    on_press=Callback::new(move |()| desk.chosen.set(Vec::new()))
                >
                    {move || t.get().common.cancel}
                </Button>
            </div>
        }
    };
    view! { {move || some.get().then(acts)} }.into_any()
}

/// Does the same on several cases; what was refused is shown case by case.
pub fn run(hands: Hands, rows: Vec<QueueRow>, act: ListAct) {
    let Hands { desk, api, toasts, words, .. } = hands;
    if rows.len() > MOST {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        toasts.show(Toast::failed((words.now().too_many)(most)));
        return;
    }
    // A second press while the first is under way.
    let begun: Vec<_> = rows.iter().map(|row| row.id).filter(|case| desk.begin(*case)).collect();
    if begun.len() < rows.len() {
        for case in begun {
            desk.end(case);
        }
        return;
    }
    spawn_local(async move {
        let cases = rows.iter().map(|row| (row.id, row.version)).collect();
        let answer = api.bulk(cases, act.clone()).await;
        for case in begun {
            desk.end(case);
        }
        let results = match answer {
            Ok(results) => results,
            Err(failure) => return hands.tell(&failure).await,
        };
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (case, outcome) in results {
            let Some(row) = rows.iter().find(|row| row.id == case).cloned() else { continue };
            let outcome = match outcome {
                Ok(version) => {
                    desk.done(case, version);
                    Ok(())
                }
                Err(failure) => Err(hands.why(&failure).await),
            };
            outcomes.push((row, outcome));
        }
        let refused = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).count();
        let done = outcomes.len() - refused;
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let text = (words.now().bulk_done)(number(done), number(refused));
        toasts.show(if refused == 0 { Toast::done(text) } else { Toast::failed(text) });
        desk.chosen.try_update(|chosen| {
            chosen.retain(|one| outcomes.iter().any(|(row, outcome)| row.id == one.id && outcome.is_err()));
        });
        if refused > 0 {
            desk.results.try_set(Some((act, outcomes)));
        }
        desk.page.refetch();
    });
}

/// What a bulk act did, case by case, where it refused something.
pub fn results() -> AnyView {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let again = bulk();
    let open = Signal::derive(move || desk.results.with(Option::is_some));
    let close = Callback::new(move |()| desk.results.set(None));
    let retry = Callback::new(move |()| {
        let Some((act, outcomes)) = desk.results.get_untracked() else { return };
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
        again.run((rows, act));
    });
    let lines = move || {
        let words = words.get();
        desk.results
            .get()
            .map(|(_, outcomes)| outcomes)
            .unwrap_or_default()
            .into_iter()
            .map(|(row, outcome)| {
                let (state, icon, text) = match outcome {
                    Ok(()) => ("ok", IconName::StateDone, words.done.to_owned()),
                    Err(why) => ("over", IconName::StateCross, why),
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
    .into_any()
}
