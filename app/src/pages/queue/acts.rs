//! What is done from the list: get-next, claim, put back; the keys.

use super::desk::{Desk, Outcome};
use crate::api::{Failure, use_api};
use crate::components::{Toast, use_toasts};
use crate::i18n::failure::word_failure;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::wording::Wording;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::keys::Shortcut;
use crate::query::use_queries;
use crate::routes::case_path;
use crate::state::clock::use_clock;
use crate::state::given::use_given;
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use domain::api::queue::QueueRow;
use domain::case::Command;
use domain::case::work_item::WorkStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Most cases of one bulk act (the server's own limit).
pub const MOST: usize = 200;

/// Words a failure for this page, at the moment it is called.
pub fn use_why() -> impl Fn(&Failure) -> String + Copy + Send + Sync + 'static {
    let (locale, session, clock) = (use_locale(), use_session(), use_clock());
    move |failure: &Failure| {
        let names = session.now().map(|session| session.names.clone()).unwrap_or_default();
        let wording = Wording { locale: locale.get_untracked(), names: &names, catalogue: None };
        word_failure(failure, &wording, None, clock.exact())
    }
}

/// Takes the next case and opens it.
pub fn get_next(desk: Desk) -> Callback<()> {
    let (t, api, toasts, given, navigate) =
        (use_messages(), use_api(), use_toasts(), use_given(), use_navigate());
    let (queries, why) = (use_queries(), use_why());
    Callback::new(move |()| {
        if desk.getting.get_untracked() {
            return;
        }
        desk.getting.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = api.next(desk.queue).await;
            desk.getting.try_set(false);
            match answer {
                Ok(Some(next)) => {
                    queries.stale(crate::api::Tag::Queue(desk.queue));
                    queries.invalidate(crate::api::Tag::Counts);
                    let id = next.id;
                    given.set(next);
                    navigate(&case_path(id), NavigateOptions::default());
                }
                Ok(None) => toasts.show(Toast::done(t.now().queue.none_left)),
                Err(failure) => toasts.show(Toast::failed(why(&failure))),
            }
        });
    })
}

/// A short act that the other one takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Short {
    Claim,
    Unclaim,
}

impl Short {
    fn command(self) -> Command {
        match self {
            Self::Claim => Command::Claim {},
            Self::Unclaim => Command::Unclaim {},
        }
    }

    /// What it makes of a row before the server has answered.
    fn change(self, row: &mut QueueRow, me: &domain::id::PersonId) {
        (row.holder, row.status) = match self {
            Self::Claim => (Some(me.clone()), WorkStatus::Claimed),
            Self::Unclaim => (None, WorkStatus::Ready),
        };
    }

    const fn back(self) -> Self {
        match self {
            Self::Claim => Self::Unclaim,
            Self::Unclaim => Self::Claim,
        }
    }
}

/// Claims these rows: one at once, several as a bulk act.
pub fn claim(desk: Desk) -> Callback<Vec<QueueRow>> {
    act(desk, Short::Claim)
}

/// Puts these rows back.
pub fn unclaim(desk: Desk) -> Callback<Vec<QueueRow>> {
    act(desk, Short::Unclaim)
}

fn act(desk: Desk, short: Short) -> Callback<Vec<QueueRow>> {
    let (bulk, one) = (bulk(desk), one(desk));
    Callback::new(move |rows: Vec<QueueRow>| match <[QueueRow; 1]>::try_from(rows) {
        Ok([row]) => one.run((short, row)),
        Err(rows) if rows.is_empty() => {}
        Err(rows) => bulk.run((rows, short.command())),
    })
}

/// A short act on one row: it changes at once, goes back with a reason where it is refused, and can be taken back.
fn one(desk: Desk) -> Callback<(Short, QueueRow)> {
    let (words, api, toasts, session) = (use_text::<Words>(), use_api(), use_toasts(), use_session());
    let why = use_why();
    let again = StoredValue::new(None::<Callback<(Short, QueueRow)>>);
    let run = Callback::new(move |(short, row): (Short, QueueRow)| {
        let Some(me) = session.now().map(|session| session.person.id.clone()) else { return };
        let Some(before) = desk.change(row.id, |row| short.change(row, &me)) else { return };
        spawn_local(async move {
            match api.act(row.id, row.version, &short.command()).await {
                Ok(version) => {
                    desk.done(row.id, version);
                    let words = words.now();
                    let toast = Toast::done(match short {
                        Short::Claim => (words.claimed)(&row.number),
                        Short::Unclaim => (words.unclaimed)(&row.number),
                    });
                    let back = QueueRow { version, ..row };
                    toasts.show(match again.try_get_value().flatten() {
                        Some(again) => {
                            toast.undone_by(Callback::new(move |()| again.run((short.back(), back.clone()))))
                        }
                        None => toast,
                    });
                }
                Err(failure) => {
                    desk.change(before.id, |row| *row = before.clone());
                    if failure.slug() == Some(domain::api::Slug::Stale) {
                        desk.page.refetch();
                    }
                    toasts.show(Toast::failed((words.now().refused)(&row.number, &why(&failure))));
                }
            }
        });
    });
    again.set_value(Some(run));
    run
}

/// The same command on several cases; what was refused is shown case by case.
pub fn bulk(desk: Desk) -> Callback<(Vec<QueueRow>, Command)> {
    let (words, api, toasts) = (use_text::<Words>(), use_api(), use_toasts());
    let why = use_why();
    Callback::new(move |(rows, command): (Vec<QueueRow>, Command)| {
        if rows.len() > MOST {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            toasts.show(Toast::failed((words.now().too_many)(most)));
            return;
        }
        spawn_local(async move {
            let cases = rows.iter().map(|row| (row.id, row.version)).collect();
            match api.bulk(cases, command.clone()).await {
                Ok(results) => {
                    let outcomes: Vec<Outcome> = results
                        .into_iter()
                        .filter_map(|(case, outcome)| {
                            let row = rows.iter().find(|row| row.id == case)?.clone();
                            Some((row, outcome.map(|version| desk.done(case, version))))
                        })
                        .collect();
                    let refused = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).count();
                    let done = outcomes.len() - refused;
                    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
                    toasts.show(Toast::done((words.now().bulk_done)(number(done), number(refused))));
                    desk.chosen.try_update(|chosen| {
                        chosen.retain(|id, _| {
                            outcomes.iter().any(|(row, outcome)| row.id == *id && outcome.is_err())
                        });
                    });
                    if refused > 0 {
                        desk.results.try_set(Some((command, outcomes)));
                    }
                    desk.page.refetch();
                }
                Err(failure) => toasts.show(Toast::failed(why(&failure))),
            }
        });
    })
}

/// The keys of the list.
pub fn hear_keys(desk: Desk) {
    let navigate = use_navigate();
    let (next, claim, unclaim) = (get_next(desk), claim(desk), unclaim(desk));
    let session = use_session();
    use_keyboard().on_shortcut(move |shortcut| {
        match shortcut {
            Shortcut::Next => desk.step(1),
            Shortcut::Previous => desk.step(-1),
            Shortcut::ExtendDown | Shortcut::ExtendUp => {
                desk.step(if shortcut == Shortcut::ExtendDown { 1 } else { -1 });
                if let Some(at) = desk.cursor.get_untracked() {
                    desk.select(at, true);
                }
            }
            Shortcut::Select => {
                if let Some(at) = desk.cursor.get_untracked() {
                    desk.select(at, false);
                }
            }
            Shortcut::Open => {
                let Some(row) = desk.current() else { return false };
                navigate(&case_path(row.id), NavigateOptions::default());
            }
            Shortcut::GetNext => next.run(()),
            Shortcut::Claim => claim.run(desk.targets()),
            Shortcut::Unclaim => unclaim.run(desk.targets()),
            Shortcut::Assign => {
                let leads = session.now().is_some_and(|session| session.person.role.leads());
                let rows = desk.targets();
                if !leads || rows.is_empty() {
                    return false;
                }
                desk.assigning.set(Some(rows));
            }
            Shortcut::ShowUpdates => desk.show_updates(),
            Shortcut::NextPane => desk.preview.set(true),
            Shortcut::PreviousPane => desk.preview.set(false),
            Shortcut::Back => {
                if desk.chosen.with_untracked(std::collections::BTreeMap::is_empty) {
                    return false;
                }
                desk.chosen.set(std::collections::BTreeMap::new());
            }
            _ => return false,
        }
        true
    });
}
