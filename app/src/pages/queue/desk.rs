//! What the parts of the queue page share: address, rows, cursor, selection, waiting updates.

use super::list::{List, Want};
use super::url::QueueUrl;
use crate::api::queue::{ListAct, page};
use crate::api::use_api;
use crate::follow::follow;
use crate::query::{Queries, Query, query_staying, use_queries};
use crate::state::connection::use_connection;
use crate::state::live::use_live;
use crate::state::session::use_session;
use crate::url_state::{Url, use_url_state};
use domain::api::queue::{QueuePage, QueueQuery, QueueRow};
use domain::id::CaseId;
use domain::post::Queue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::ops::Range;
use std::sync::Arc;

/// Rows of the first page: more than any screen shows, so that the second is fetched while the first is read.
const FIRST: u16 = 100;
/// Rows of the further pages.
const FURTHER: u16 = 200;

/// Result of one case of a bulk act: its row, and why not, in words.
pub type Outcome = (QueueRow, Result<(), String>);

/// What the parts of the queue page share.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// Which queue.
    pub queue: Queue,
    /// Tab, filters, order, and the case under the cursor.
    pub url: Url<QueueUrl>,
    /// The first page.
    pub page: Query<QueuePage>,
    /// The rows known; none until the first page is there.
    pub list: RwSignal<Option<List>>,
    /// The row under the cursor.
    pub cursor: RwSignal<Option<usize>>,
    /// The rows selected, each once.
    pub chosen: RwSignal<Vec<QueueRow>>,
    /// The last row selected by itself: where an extended selection begins.
    pub anchor: StoredValue<Option<usize>>,
    /// Cases of this queue that others changed since it was read.
    pub updates: RwSignal<Vec<CaseId>>,
    /// Cases that came with the last update.
    pub fresh: RwSignal<Vec<CaseId>>,
    /// The preview is wanted.
    pub preview: RwSignal<bool>,
    /// The cases to assign, while that is asked.
    pub assigning: RwSignal<Option<Vec<QueueRow>>>,
    /// Results of the last bulk act that refused something, with the act.
    pub results: RwSignal<Option<(ListAct, Vec<Outcome>)>>,
    /// Cases with an act under way.
    under: StoredValue<Vec<CaseId>>,
    /// Own acts whose notices are no news: case and version.
    own: StoredValue<Vec<(CaseId, u64)>>,
    queries: Queries,
}

impl Desk {
    /// Opens a queue for the life of the calling owner.
    pub fn open(queue: Queue) -> Self {
        let url = use_url_state::<QueueUrl>();
        // The cursor is in the address too, but moving it asks for nothing new.
        let asked =
            Memo::new(move |_| QueueQuery { limit: Some(FIRST), ..url.with(|url| url.query.clone()) });
        let first = query_staying(move || Some(page(queue, &asked.get())));
        let desk = Self {
            queue,
            url,
            page: first,
            list: RwSignal::new(None),
            cursor: RwSignal::new(None),
            chosen: RwSignal::new(Vec::new()),
            anchor: StoredValue::new(None),
            updates: RwSignal::new(Vec::new()),
            fresh: RwSignal::new(Vec::new()),
            preview: RwSignal::new(true),
            assigning: RwSignal::new(None),
            results: RwSignal::new(None),
            under: StoredValue::new(Vec::new()),
            own: StoredValue::new(Vec::new()),
            queries: use_queries(),
        };
        desk.follow_page();
        desk.follow_notices();
        desk
    }

    /// A first page begins the list anew; the cursor stays on its case.
    fn follow_page(self) {
        let connection = use_connection();
        follow(move || {
            let Some(page) = self.page.get() else { return };
            connection.data(page.as_of);
            let list = List::begin(&page);
            self.list.with_untracked(|before| {
                let knew = |id| before.as_ref().is_some_and(|before| before.index_of(id).is_some());
                let some = before.as_ref().is_some_and(|before| before.loaded().next().is_some());
                if some && self.fresh.with_untracked(Vec::is_empty) {
                    self.fresh.set(list.loaded().map(|row| row.id).filter(|id| !knew(*id)).collect());
                }
                self.chosen.update(|chosen| {
                    chosen.retain_mut(|row| match list.index_of(row.id).and_then(|at| list.row(at)) {
                        Some(now) => {
                            *row = now.clone();
                            true
                        }
                        None => !knew(row.id),
                    });
                });
            });
            let at = self.url.now().case.and_then(|case| list.index_of(case));
            self.list.set(Some(list));
            self.cursor.set(at);
        });
        // Another tab, filter or order is another list: nothing of it is new, and nothing selected.
        let asked = Memo::new(move |_| self.url.with(|url| url.query.clone()));
        Effect::new(move |before: Option<QueueQuery>| {
            let now = asked.get();
            if before.is_some_and(|before| before != now) {
                self.fresh.set(Vec::new());
                self.updates.set(Vec::new());
                self.chosen.set(Vec::new());
                self.anchor.set_value(None);
            }
            now
        });
    }

    /// What others changed waits until it is asked for, so that nothing moves under the cursor.
    fn follow_notices(self) {
        let session = use_session();
        use_live().on_notice(move |notice| {
            let id = CaseId(notice.id);
            let mine = self.own.with_value(|own| own.contains(&(id, notice.version)));
            let seen = session.now().is_some_and(|session| session.person.scope.contains(&notice.unit));
            if notice.aggregate == "case" && notice.queues.contains(&self.queue) && seen && !mine {
                self.updates.update(|updates| {
                    if !updates.contains(&id) {
                        updates.push(id);
                    }
                });
            }
        });
    }

    /// Shows what waits.
    pub fn show_updates(self) {
        self.updates.set(Vec::new());
        self.fresh.set(Vec::new());
        self.page.refetch();
    }

    /// The row of an index.
    pub fn row(self, index: usize) -> Option<QueueRow> {
        self.list.with(|list| list.as_ref().and_then(|list| list.row(index).cloned()))
    }

    /// The row under the cursor, not followed.
    pub fn current(self) -> Option<QueueRow> {
        let at = self.cursor.get_untracked()?;
        self.list.with_untracked(|list| list.as_ref().and_then(|list| list.row(at).cloned()))
    }

    /// The rows an act is about: those selected, else the one under the cursor.
    pub fn targets(self) -> Vec<QueueRow> {
        let chosen = self.chosen.get_untracked();
        if chosen.is_empty() { self.current().into_iter().collect() } else { chosen }
    }

    /// Moves the cursor.
    pub fn go_to(self, index: usize) {
        self.cursor.set(Some(index));
        if let Some(row) = self.current() {
            self.url.replace(|url| url.case = Some(row.id));
        }
    }

    /// Moves the cursor by so many rows.
    pub fn step(self, by: isize) {
        let rows = self.list.with_untracked(|list| list.as_ref().map_or(0, List::len));
        if rows == 0 {
            return;
        }
        let target = match self.cursor.get_untracked() {
            None => 0,
            Some(at) => at.saturating_add_signed(by).min(rows - 1),
        };
        self.go_to(target);
    }

    /// Selects or unselects a row; `extend` reaches from the last one selected.
    pub fn select(self, index: usize, extend: bool) {
        let from = self.anchor.get_value().filter(|_| extend).unwrap_or(index);
        let range = from.min(index)..=from.max(index);
        let rows: Vec<QueueRow> = self.list.with_untracked(|list| {
            range.filter_map(|at| list.as_ref().and_then(|list| list.row(at).cloned())).collect()
        });
        self.chosen.update(|chosen| {
            for row in rows {
                match chosen.iter().position(|one| one.id == row.id) {
                    None => chosen.push(row),
                    Some(_) if extend => {}
                    Some(at) => _ = chosen.remove(at),
                }
            }
        });
        if !extend {
            self.anchor.set_value(Some(index));
        }
    }

    /// Selects every row loaded, or none where all are.
    pub fn select_all(self) {
        let all: Vec<QueueRow> =
            self.list.with_untracked(|list| list.iter().flat_map(List::loaded).cloned().collect());
        self.chosen.update(|chosen| {
            if chosen.len() == all.len() {
                chosen.clear();
            } else {
                *chosen = all;
            }
        });
    }

    /// Changes a row at once, before the server has answered; gives what it was.
    pub fn change(self, case: CaseId, change: impl FnOnce(&mut QueueRow)) -> Option<QueueRow> {
        let mut before = None;
        self.list.update(|list| {
            before = list.as_mut().and_then(|list| list.change(case, change));
        });
        before
    }

    /// An act on a case begins; false where one is under way on it.
    pub fn begin(self, case: CaseId) -> bool {
        let begun = self.under.try_update_value(|under| {
            let begins = !under.contains(&case);
            if begins {
                under.push(case);
            }
            begins
        });
        begun == Some(true)
    }

    /// The act on a case has ended, one way or the other.
    pub fn end(self, case: CaseId) {
        self.under.update_value(|under| under.retain(|one| *one != case));
    }

    /// An act of one's own was done: its notice is no news.
    pub fn done(self, case: CaseId, version: u64) {
        self.own.update_value(|own| own.push((case, version)));
        self.change(case, |row| row.version = version);
        self.queries.stale(crate::api::Tag::Queue(self.queue));
        self.queries.invalidate(crate::api::Tag::Counts);
    }

    /// A handler for the rows about to be seen: fetches pages ahead of them.
    pub fn loader(self) -> Callback<Range<usize>> {
        let api = use_api();
        let busy = StoredValue::new(None::<(QueueQuery, Want)>);
        let seen = StoredValue::new(0..0);
        let more = StoredValue::new(None::<Callback<()>>);
        let load = Callback::new(move |()| {
            let asked = self.url.now().query;
            let want = self.list.with_untracked(|list| {
                list.as_ref().and_then(|list| seen.with_value(|seen| list.want(seen)))
            });
            let Some(want) = want else { return };
            let job = (asked.clone(), want.clone());
            if busy.get_value().as_ref() == Some(&job) {
                return;
            }
            busy.set_value(Some(job.clone()));
            let query = match &want {
                Want::After(after) => {
                    QueueQuery { after: Some(after.clone()), limit: Some(FURTHER), ..asked.clone() }
                }
                Want::Last => QueueQuery { last: Some(true), limit: Some(FURTHER), ..asked.clone() },
            };
            spawn_local(async move {
                let answer = api.get(&page(self.queue, &query)).await;
                // The page may be gone, or show another list, when the answer comes.
                if busy.try_get_value().flatten().as_ref() != Some(&job) {
                    return;
                }
                busy.try_set_value(None);
                if let (Ok(page), true) = (answer, self.url.now().query == asked) {
                    self.list.try_update(|list| {
                        if let Some(list) = list {
                            list.take(&want, Arc::unwrap_or_clone(page));
                        }
                    });
                    if let Some(Some(more)) = more.try_get_value() {
                        more.run(());
                    }
                }
            });
        });
        more.set_value(Some(load));
        follow(move || {
            self.list.track();
            load.run(());
        });
        Callback::new(move |range: Range<usize>| {
            seen.set_value(range);
            load.run(());
        })
    }
}

/// The desk of the queue page around the calling owner.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}
