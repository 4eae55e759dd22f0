//! What is done from the list: get-next, claim, put back; the keys.

use super::desk::{Desk, use_desk};
use crate::api::queue::ListAct;
use crate::api::{Api, Failure, use_api};
use crate::components::{Toast, Toasts, use_toasts};
use crate::i18n::failure::word_from_afar;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{Text, use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::overlays::use_overlays;
use crate::query::use_queries;
use crate::router::{NavigateOptions, use_address, use_navigate};
use crate::routes::case_path;
use crate::state::clock::{Clock, use_clock};
use crate::state::given::use_given;
use crate::state::keyboard::use_keyboard;
use crate::state::session::{SessionState, use_session};
use domain::api::queue::QueueRow;
use domain::case::work_item::WorkStatus;
use domain::post::Queue;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What an act takes: the list, the way to the server, and where its outcome is told.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    /// The list.
    pub desk: Desk,
    /// The way to the server.
    pub api: Api,
    /// Where the outcome is told.
    pub toasts: Toasts,
    /// In which words.
    pub words: Text<Words>,
    session: SessionState,
    clock: Clock,
}

impl Hands {
    /// Words a failure.
    pub async fn why(self, failure: &Failure) -> String {
        let names = self.session.now().map(|session| session.names.clone()).unwrap_or_default();
        word_from_afar(failure, self.words.locale_now(), names, self.clock.exact()).await
    }

    /// Tells a failure.
    pub async fn tell(self, failure: &Failure) {
        let why = self.why(failure).await;
        self.toasts.show(Toast::failed(why));
    }
}

/// What an act of the calling owner takes.
pub fn use_hands() -> Hands {
    Hands {
        desk: use_desk(),
        api: use_api(),
        toasts: use_toasts(),
        words: use_text(),
        session: use_session(),
        clock: use_clock(),
    }
}

/// Takes the next case of a queue and opens it. From the press until the case is on screen a further press does nothing:
/// it would claim a second case.
pub fn get_next() -> Callback<Queue> {
    let (t, given, navigate, queries) = (use_messages(), use_given(), use_navigate(), use_queries());
    let (api, toasts, session, clock) = (use_api(), use_toasts(), use_session(), use_clock());
    let address = use_address();
    Callback::new(move |queue: Queue| {
        if !given.begin() {
            return;
        }
        spawn_local(async move {
            match api.next(queue).await {
                Ok(Some(next)) => {
                    queries.stale(crate::api::Tag::Queue(queue));
                    queries.invalidate(crate::api::Tag::Counts);
                    let target = case_path(next.id);
                    given.set(next);
                    if address.is_at(&target) {
                        given.end();
                    } else {
                        navigate(&target, NavigateOptions::default());
                    }
                }
                Ok(None) => {
                    given.end();
                    toasts.show(Toast::told(t.now().queue.none_left));
                }
                Err(failure) => {
                    given.end();
                    let names = session.now().map(|session| session.names.clone()).unwrap_or_default();
                    let why = word_from_afar(&failure, t.locale_now(), names, clock.exact()).await;
                    toasts.show(Toast::failed(why));
                }
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
    const fn act(self) -> ListAct {
        match self {
            Self::Claim => ListAct::Claim {},
            Self::Unclaim => ListAct::Unclaim {},
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
pub fn claim() -> Callback<Vec<QueueRow>> {
    act(Short::Claim)
}

/// Puts these rows back.
pub fn unclaim() -> Callback<Vec<QueueRow>> {
    act(Short::Unclaim)
}

fn act(short: Short) -> Callback<Vec<QueueRow>> {
    let (bulk, one) = (bulk(), one());
    Callback::new(move |rows: Vec<QueueRow>| match <[QueueRow; 1]>::try_from(rows) {
        Ok([row]) => one.run((short, row)),
        Err(rows) if rows.is_empty() => {}
        Err(rows) => bulk.run((rows, short.act())),
    })
}

/// A short act on one row: it changes at once, goes back with a reason where it is refused, and can be taken back.
fn one() -> Callback<(Short, QueueRow)> {
    let hands = use_hands();
    let Hands { desk, api, toasts, words, session, .. } = hands;
    let again = StoredValue::new(None::<Callback<(Short, QueueRow)>>);
    let run = Callback::new(move |(short, row): (Short, QueueRow)| {
        let Some(me) = session.now().map(|session| session.person.id.clone()) else { return };
        // A second press while the first is under way.
        if !desk.begin(row.id) {
            return;
        }
        let Some(before) = desk.change(row.id, |row| short.change(row, &me)) else {
            desk.end(row.id);
            return;
        };
        spawn_local(async move {
            let answer = api.act(row.id, row.version, &short.act()).await;
            desk.end(row.id);
            match answer {
                Ok(version) => {
                    desk.done(row.id, version);
                    let words = words.now();
                    let toast = Toast::done(match short {
                        Short::Claim => (words.claimed)(&row.number),
                        Short::Unclaim => (words.unclaimed)(&row.number),
                    });
                    let back = QueueRow { version, ..row };
                    toasts.show(match again.try_get_value().flatten() {
                        Some(again) => toast.undone_by(move || {
                            // The list may be gone by then: with a session that ended, say.
                            again.try_run((short.back(), back.clone()));
                        }),
                        None => toast,
                    });
                }
                Err(failure) => {
                    desk.change(before.id, |row| *row = before.clone());
                    if failure.slug() == Some(domain::api::Slug::Stale) {
                        desk.page.refetch();
                    }
                    let why = hands.why(&failure).await;
                    toasts.show(Toast::failed((words.now().refused)(&row.number, &why)));
                }
            }
        });
    });
    again.set_value(Some(run));
    run
}

/// The same act on several cases.
pub fn bulk() -> Callback<(Vec<QueueRow>, ListAct)> {
    let (hands, overlays) = (use_hands(), use_overlays());
    Callback::new(move |(rows, act): (Vec<QueueRow>, ListAct)| {
        overlays.with(move |part| (part.bulk)(hands, rows, act));
    })
}

/// The keys of the list.
pub fn hear_keys(desk: Desk) {
    let navigate = use_navigate();
    let (next, claim, unclaim) = (get_next(), claim(), unclaim());
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
            Shortcut::GetNext => next.run(desk.queue),
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
                if desk.chosen.with_untracked(Vec::is_empty) {
                    return false;
                }
                desk.chosen.set(Vec::new());
            }
            _ => return false,
        }
        true
    });
}
