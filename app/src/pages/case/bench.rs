//! What the parts of the workbench share: the case with full values, what the rules say, sending.

use super::unseal::unsealed;
use crate::api::case::{Shown, view};
use crate::api::conflict::{Clash, Settled, catch_up, settle};
use crate::api::{Api, Failure, Tag, use_api};
use crate::components::{Toast, Toasts, use_toasts};
use crate::follow::follow;
use crate::i18n::case_page::CasePage as Words;
use crate::i18n::failure::word_failure;
use crate::i18n::refusal::word;
use crate::i18n::wording::Wording;
use crate::i18n::{Locale, Text, use_locale, use_text};
use crate::pages::catalogue::use_catalogue_of;
use crate::query::{Queries, Query, query, use_queries};
use crate::state::clock::{Clock, use_clock};
use crate::state::connection::{Connection, use_connection};
use crate::state::live::use_live;
use crate::state::session::{SessionState, use_session};
use domain::actor::{Actor, By};
use domain::api::case::CaseView;
use domain::case::{Case, Command, Context, Event, Refusal, Status, decide};
use domain::catalogue::Catalogue;
use domain::id::{CaseId, PersonId, SlipId, UnitId};
use domain::post::Stage;
use domain::time::{Calendar, Timestamp};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// The case with everything the rules and the words need.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// As the server sent it.
    pub view: CaseView,
    /// With full values, where they are known.
    pub case: Case,
    /// Calendar of the working unit.
    pub calendar: Arc<Calendar>,
    /// Calendars of other units it may go to, where they differ.
    pub calendars: BTreeMap<UnitId, Arc<Calendar>>,
    /// The catalogue it began with.
    pub catalogue: Arc<Catalogue>,
    /// Names of everyone in it and around it.
    pub names: BTreeMap<PersonId, String>,
}

impl Opened {
    /// Words for it in a language.
    pub fn wording(&self, locale: Locale) -> Wording<'_> {
        Wording { locale, names: &self.names, catalogue: Some(&self.catalogue) }
    }

    /// Who holds it.
    pub fn holder(&self) -> Option<&PersonId> {
        self.case.holding().map(|holding| &holding.by)
    }
}

/// A command that met a change of the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Met {
    /// The command.
    pub command: Command,
    /// Who changed it.
    pub by: By,
    /// When.
    pub at: Timestamp,
    /// The fields both changed; none where the whole is one thing.
    pub clashes: Vec<Clash>,
}

/// Why a command was not done.
#[derive(Debug, Clone, PartialEq)]
pub enum NotDone {
    /// The rules refuse it.
    Refused(Refusal),
    /// The request failed.
    Failed(Failure),
    /// Somebody else changed the same; the person is asked.
    Met,
}

/// What the parts of the workbench share.
#[derive(Debug, Clone, Copy)]
pub struct Bench {
    /// Which case.
    pub id: CaseId,
    /// What its address answers.
    pub shown: Query<Shown>,
    /// The case with its catalogue; none until both are there.
    pub opened: RwSignal<Option<Arc<Opened>>>,
    /// A command is on its way.
    pub busy: RwSignal<bool>,
    /// A command that met a change of the same thing.
    pub met: RwSignal<Option<Met>>,
    /// The refusal last answered, for the form it belongs to.
    pub refused: RwSignal<Option<(Command, Refusal)>>,
    words: Text<Words>,
    pub(super) locale: Signal<Locale>,
    api: Api,
    queries: Queries,
    session: SessionState,
    clock: Clock,
    connection: Connection,
    toasts: Toasts,
}

impl Bench {
    /// Opens a case for the life of the calling owner.
    pub fn open(id: CaseId) -> Self {
        let shown = query(move || Some(view(id)));
        let version =
            Signal::derive(move || shown.get().and_then(|shown| shown.own().map(|view| view.case.catalogue)));
        let catalogue = use_catalogue_of(version);
        let bench = Self {
            id,
            shown,
            opened: RwSignal::new(None),
            busy: RwSignal::new(false),
            met: RwSignal::new(None),
            refused: RwSignal::new(None),
            words: use_text(),
            locale: use_locale(),
            api: use_api(),
            queries: use_queries(),
            session: use_session(),
            clock: use_clock(),
            connection: use_connection(),
            toasts: use_toasts(),
        };
        follow(move || {
            let (Some(shown), Some(catalogue)) = (shown.get(), catalogue.get()) else { return };
            let Shown::Own(view) = shown.as_ref() else { return };
            bench.follow(view, catalogue);
        });
        use_live().on_notice(move |notice| {
            let known = bench.opened.get_untracked().map_or(0, |opened| opened.case.version);
            if notice.aggregate == "case"
                && notice.id == id.0
                && notice.version > known
                && !bench.busy.get_untracked()
            {
                bench.shown.refetch();
            }
        });
        bench
    }

    /// Opens what the server sent.
    fn follow(self, view: &CaseView, catalogue: Arc<Catalogue>) {
        // An answer that was on its way before a command was carried out is older than what is shown.
        let known = |opened: &Opened| opened.view == *view || opened.view.case.version > view.case.version;
        if self.opened.with_untracked(|opened| opened.as_deref().is_some_and(known)) {
            return;
        }
        // The server checks its calendars; one it could send and not read would leave every clock wrong.
        let Ok(calendar) = Calendar::new(view.calendar.clone()) else {
            leptos::logging::error!("the unit's calendar cannot be read");
            return;
        };
        let others = view.calendars.iter();
        let calendars = others
            .filter_map(|(unit, data)| Some((unit.clone(), Arc::new(Calendar::new(data.clone()).ok()?))))
            .collect();
        self.connection.data(view.as_of);
        let session = self.session.now();
        let mut names = session.map(|session| session.names.clone()).unwrap_or_default();
        names.extend(view.people.iter().map(|person| (person.id.clone(), person.name.clone())));
        names.extend(view.names.clone());
        let opened = Opened {
            case: unsealed(&view.case, &view.plain),
            view: view.clone(),
            calendar: Arc::new(calendar),
            calendars,
            catalogue,
            names,
        };
        self.opened.try_set(Some(Arc::new(opened)));
    }

    /// The case as it is now, not followed; none as well where the page was left while an answer was awaited.
    pub fn now(self) -> Option<Arc<Opened>> {
        self.opened.try_get_untracked().flatten()
    }

    /// What a command would do now, or why not; untracked but for the case.
    pub fn decide(self, command: &Command) -> Option<Result<Vec<Event>, Refusal>> {
        let opened = self.opened.get()?;
        Some(self.decide_on(&opened, &opened.case, command))
    }

    fn decide_on(self, opened: &Opened, case: &Case, command: &Command) -> Result<Vec<Event>, Refusal> {
        let Some(actor) = self.session.actor() else { return Err(Refusal::NotAPerson {}) };
        match decide(case, command, &context(opened, &actor, self.clock.exact())) {
            // What only the server can say is not refused here.
            Err(Refusal::ServerDecides {}) => Ok(Vec::new()),
            verdict => verdict,
        }
    }

    /// The stage on the way of the case that nobody could work; none where it has its people.
    pub fn nobody(self, opened: &Opened) -> Option<Stage> {
        domain::case::eligible::nobody(&opened.case, &context(opened, &Actor::System, self.clock.exact()))
    }

    /// Why a command cannot be sent, in words; none where it can. Followed.
    pub fn why_not(self, command: &Command) -> Option<String> {
        if self.connection.is_offline() {
            return Some(self.words.get().offline.to_owned());
        }
        let refusal = self.decide(command)?.err()?;
        Some(self.word(&refusal))
    }

    /// Whether a command would be done.
    pub fn allows(self, command: &Command) -> bool {
        matches!(self.decide(command), Some(Ok(_)))
    }

    /// A refusal in words; followed.
    pub fn word(self, refusal: &Refusal) -> String {
        self.opened.with(|opened| match opened {
            Some(opened) => {
                word(refusal, &opened.wording(self.locale.get()), Some(&opened.case), self.clock.exact())
            }
            None => String::new(),
        })
    }

    /// Why a command was not done, in words.
    fn word_not_done(self, opened: &Opened, not: &NotDone) -> Option<String> {
        let wording = opened.wording(self.locale.get_untracked());
        match not {
            NotDone::Refused(refusal) => {
                Some(word(refusal, &wording, Some(&opened.case), self.clock.exact()))
            }
            NotDone::Failed(failure) => {
                Some(word_failure(failure, &wording, Some(&opened.case), self.clock.exact()))
            }
            NotDone::Met => None,
        }
    }

    /// Sends a command and shows what became of it. True where it was done.
    pub async fn send(self, command: Command) -> bool {
        if self.busy.get_untracked() {
            return false;
        }
        self.busy.set(true);
        self.refused.set(None);
        let before = self.now();
        let result = self.carry(command.clone()).await;
        self.busy.try_set(false);
        match result {
            Ok(()) => {
                self.toasts.show(super::act::done(&command, self));
                true
            }
            Err(not) => {
                if let NotDone::Refused(refusal) = &not {
                    self.refused.try_set(Some((command, refusal.clone())));
                }
                // Where the page was left meanwhile it is said all the same.
                let opened = self.now().or(before);
                if let Some(text) = opened.and_then(|opened| self.word_not_done(&opened, &not)) {
                    self.toasts.show(Toast::failed(text));
                }
                false
            }
        }
    }

    /// Sends a command; catches up and decides anew where somebody was faster.
    async fn carry(self, command: Command) -> Result<(), NotDone> {
        let Some(opened) = self.now() else { return Ok(()) };
        let (mut base, mut command) = (opened.case.clone(), command);
        for _ in 0..3 {
            let failure = match self.api.case_command(self.id, base.version, &command).await {
                Ok(done) => {
                    self.take(done.case);
                    return Ok(());
                }
                Err(failure) => failure,
            };
            let Some(news) = failure.news() else {
                return Err(match failure.refusal() {
                    Some(refusal) => NotDone::Refused(refusal),
                    None => NotDone::Failed(failure),
                });
            };
            self.shown.refetch();
            match settle(&base, &command, &news) {
                Settled::Again { command: again, merged } => {
                    base = catch_up(&base, &news);
                    self.decide_on(&opened, &base, &again).map_err(NotDone::Refused)?;
                    if merged > 0 {
                        let n = i64::try_from(merged).unwrap_or(i64::MAX);
                        self.toasts.show(Toast::told((self.words.now().merged)(n)));
                    }
                    command = *again;
                }
                Settled::Ask { by, at, clashes } => {
                    let left = self.met.try_set(Some(Met { command, by, at, clashes })).is_some();
                    return Err(if left { NotDone::Failed(failure) } else { NotDone::Met });
                }
            }
            if news.is_empty() {
                return Err(NotDone::Failed(failure));
            }
        }
        Err(NotDone::Failed(Failure::Network))
    }

    /// Takes the case as a command's answer shows it.
    pub fn take(self, view: CaseView) {
        if let Some(stage) = view.case.stage() {
            self.queries.stale(Tag::Queue(stage.queue()));
        }
        for stage in Stage::ALL {
            self.queries.stale(Tag::Queue(stage.queue()));
        }
        self.queries.invalidate(Tag::Counts);
        self.queries.stale(Tag::Slips);
        // At once, so that what comes after a command sees what it did.
        if let Some(opened) = self.now() {
            self.follow(&view, opened.catalogue.clone());
        }
        self.shown.set(Shown::Own(Box::new(view)));
    }

    /// Whether the person holds the case and may work it now: then its forms are open. Followed.
    pub fn works(self) -> bool {
        let me = self.session.person().map(|person| person.id);
        self.opened.with(|opened| {
            opened.as_ref().is_some_and(|opened| {
                matches!(opened.case.status(), Some(Status::Claimed(holding)) if Some(&holding.by) == me.as_ref())
                    && opened.case.proposal.is_none()
            })
        })
    }

    /// Whether the person holds the case, waiting or not. Followed.
    pub fn holds(self) -> bool {
        let me = self.session.person().map(|person| person.id);
        self.opened.with(|opened| {
            opened.as_ref().is_some_and(|opened| opened.holder() == me.as_ref() && me.is_some())
        })
    }

    /// Something of the case; followed, and run again only when it changes.
    pub fn of<U: Clone + PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&Opened) -> U + Send + Sync + 'static,
    ) -> Memo<Option<U>> {
        Memo::new(move |_| self.opened.with(|opened| opened.as_deref().map(&of)))
    }

    /// Words of something of the case in the language of the moment; followed.
    pub fn say(self, of: impl Fn(&Opened, &Wording) -> String) -> String {
        let locale = self.locale.get();
        self.opened.with(|opened| {
            opened.as_deref().map_or_else(String::new, |opened| of(opened, &opened.wording(locale)))
        })
    }

    /// The language; followed.
    pub fn locale(self) -> Locale {
        self.locale.get()
    }

    /// The clock.
    pub const fn clock(self) -> Clock {
        self.clock
    }

    /// The name drafts of this case begin with.
    pub fn draft(self, part: &str) -> String {
        format!("{}/{part}", self.id)
    }
}

/// What the rules need around an opened case.
fn context<'o>(opened: &'o Opened, actor: &'o Actor, now: Timestamp) -> Context<'o> {
    // Asked at registration only, which the server decides.
    static PRESENT: BTreeSet<PersonId> = BTreeSet::new();
    Context {
        actor,
        now,
        calendar: &opened.calendar,
        calendars: &opened.calendars,
        present: &PRESENT,
        inspectors: &opened.view.inspectors,
        catalogue: &opened.catalogue,
        sites: &opened.view.sites,
        people: &opened.view.people,
        open_items: &opened.view.open_items,
        slip: SlipId(Uuid::nil()),
    }
}

/// The bench around the calling owner.
pub fn use_bench() -> Bench {
    expect_context::<Bench>()
}
