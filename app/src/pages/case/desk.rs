//! What a stage form gets beside the [`Bench`]: ways on to other parts of the workbench, drafts, and what the
//! server found wrong, field by field.

mod told;

pub use told::{Told, told};

use super::bench::{Bench, Opened, use_bench};
use crate::format::today;
use crate::state::clock::use_clock;
use crate::state::drafts::{Drafts, use_drafts};
use crate::state::session::use_session;
use chrono::NaiveDate;
use domain::catalogue::Item;
use domain::id::{ItemCode, PersonId};
use domain::post::Stage;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Other parts of the workbench a form leads to: the page opens them when these are set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ways {
    /// Return the case, to this stage at first.
    pub ask_return: RwSignal<Option<Stage>>,
    /// Propose to decline.
    pub ask_decline: RwSignal<bool>,
}

/// What a stage form works with. A handle: copies are the same desk.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The case, the rules, sending.
    pub bench: Bench,
    /// Ways on.
    pub ways: Ways,
    /// The business date.
    pub today: Memo<NaiveDate>,
    /// The case cannot be worked by this person now: inputs are closed, buttons say why.
    pub closed: Memo<bool>,
    drafts: Drafts,
    me: StoredValue<Option<PersonId>>,
}

impl Desk {
    /// The desk of the calling owner's bench.
    pub fn open() -> Self {
        let (bench, clock) = (use_bench(), use_clock());
        Self {
            bench,
            ways: expect_context::<Ways>(),
            today: Memo::new(move |_| today(clock.now())),
            closed: Memo::new(move |_| !bench.works()),
            drafts: use_drafts(),
            me: StoredValue::new(use_session().now().map(|session| session.person.id.clone())),
        }
    }

    /// The case as it is now, not followed.
    pub fn opened(self) -> Option<Arc<Opened>> {
        self.bench.now()
    }

    /// Who is signed in.
    pub fn me(self) -> Option<PersonId> {
        self.me.get_value()
    }

    /// An item of the case's catalogue.
    pub fn item(self, code: &ItemCode) -> Option<Arc<Item>> {
        self.bench.opened.with(|opened| {
            opened.as_ref().and_then(|opened| opened.catalogue.item(code).cloned().map(Arc::new))
        })
    }

    /// What is typed in a part of the case and not yet sent: as it was left, else as `start` says. Every change is
    /// kept until [`Desk::sent`].
    pub fn draft<T>(self, part: &str, start: impl FnOnce() -> T) -> RwSignal<T>
    where
        T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    {
        let name = self.bench.draft(part);
        let kept = self.drafts.find::<T>(&name);
        let typed = RwSignal::new(kept.unwrap_or_else(start));
        let (drafts, clock) = (self.drafts, self.bench.clock());
        // The first run only says what is followed: what nobody touched is no draft.
        Effect::new(move |before: Option<T>| {
            let now = typed.get();
            if before.is_some_and(|before| before != now) {
                drafts.keep(&name, &now, clock.exact());
            }
            now
        });
        typed
    }

    /// The draft of a part, if there is one.
    pub fn kept<T: DeserializeOwned>(self, part: &str) -> Option<T> {
        self.drafts.find(&self.bench.draft(part))
    }

    /// Keeps the draft of a part.
    pub fn keep<T: Serialize>(self, part: &str, draft: &T) {
        self.drafts.keep(&self.bench.draft(part), draft, self.bench.clock().exact());
    }

    /// The part was sent: its draft goes.
    pub fn sent(self, part: &str) {
        self.drafts.sent(&self.bench.draft(part));
    }
}

/// The desk of the calling owner.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}
