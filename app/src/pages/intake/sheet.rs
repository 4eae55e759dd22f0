//! What the parts of the registration page share: what is typed, what the rules say of it, sending.

use super::form::{Form, Lack, Why};
use super::places;
use crate::api::{Failure, Tag, use_api};
use crate::components::{Toast, use_toasts};
use crate::follow::follow;
use crate::i18n::failure::word_failure;
use crate::i18n::intake::Intake as Words;
use crate::i18n::wording::Wording;
use crate::i18n::{Locale, Localised, use_locale, use_text};
use crate::pages::case::bench::Bench;
use crate::pages::case::forms::field::Shown;
use crate::pages::catalogue::use_catalogue;
use crate::pages::shell::use_unit;
use crate::query::use_queries;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::case_path;
use crate::state::clock::{Clock, use_clock};
use crate::state::drafts::use_drafts;
use crate::state::session::{SessionState, use_session};
use crate::state::timer::pause;
use domain::api::case::{RegisterCase, RegisterCheck};
use domain::case::decide::rule_name;
use domain::case::registration::{Registration, Shortfall, faults};
use domain::case::{Amendment, Case, Command};
use domain::catalogue::{
    Catalogue, E01Context, E01Line, FieldFault, FieldRule, HandedIn, Item, MissingMaterial, admissibility,
    missing_materials,
};
use domain::id::{ItemCode, UnitId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Wait after the last change before the server is asked what else is open on the policy, in milliseconds.
const REST: i32 = 500;

/// Which side pane is out, where there is no room for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Neither.
    #[default]
    None,
    /// Policy facts.
    Policy,
    /// What the rules say.
    Checks,
}

/// The case whose registration is amended.
#[derive(Debug, Clone, Copy)]
pub struct Amends {
    /// The case, and the way its commands take.
    pub bench: Bench,
    /// How many of the items are there already: they stay.
    pub items: usize,
}

/// What the parts of the registration page share.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// What is typed.
    pub form: RwSignal<Form>,
    /// The case whose registration is amended; none where one is begun.
    pub case: Option<Amends>,
    /// The catalogue in force.
    pub catalogue: Signal<Option<Arc<Catalogue>>>,
    /// What the server said of it last.
    pub told: RwSignal<Option<RegisterCheck>>,
    /// It is being sent.
    pub busy: RwSignal<bool>,
    /// A submit was tried: what is not filled in is marked from then on.
    pub tried: RwSignal<bool>,
    /// Which side pane is out.
    pub side: RwSignal<Side>,
    /// What the registration lacks, in the order of the form.
    pub lacks: Memo<Vec<Lack>>,
    /// What the server refused, by place on the form, until that place is changed.
    refused: RwSignal<BTreeMap<String, String>>,
    /// What stands in an input and cannot be read, by its place.
    unread: RwSignal<BTreeMap<&'static str, Why>>,
    /// Places the person has left: what is wrong there is shown.
    left: RwSignal<BTreeSet<String>>,
    /// What the form begins with.
    start: Callback<(), Form>,
    begun: StoredValue<Form>,
    locale: Signal<Locale>,
    session: SessionState,
    clock: Clock,
    unit: Memo<Option<UnitId>>,
}

impl Sheet {
    /// Opens the form as it was left, else as `start` says.
    pub fn open(start: Callback<(), Form>, case: Option<Amends>) -> Self {
        let (drafts, clock) = (use_drafts(), use_clock());
        let name = StoredValue::new(draft_name(case));
        let begun = StoredValue::new(start.run(()));
        let form = RwSignal::new(drafts.find::<Form>(&name.get_value()).unwrap_or_else(|| begun.get_value()));
        Effect::new(move |before: Option<Form>| {
            let now = form.get();
            if begun.with_value(|begun| *begun == now) {
                drafts.sent(&name.get_value());
            } else if before.is_some_and(|before| before != now) {
                drafts.keep(&name.get_value(), &now, clock.exact());
            }
            now
        });
        let (catalogue, session, unit) = (use_catalogue(), use_session(), use_unit());
        let unread = RwSignal::new(BTreeMap::new());
        let lacks = Memo::new(move |_| {
            let accepting = accepting(form, session, unit).unwrap_or_else(|| UnitId::from(""));
            lacks(form, unread, catalogue, &accepting, clock)
        });
        let sheet = Self {
            form,
            case,
            catalogue,
            told: RwSignal::new(None),
            busy: RwSignal::new(false),
            tried: RwSignal::new(false),
            side: RwSignal::new(Side::None),
            lacks,
            refused: RwSignal::new(BTreeMap::new()),
            unread,
            left: RwSignal::new(BTreeSet::new()),
            start,
            begun,
            locale: use_locale(),
            session,
            clock,
            unit,
        };
        sheet.ask_server();
        sheet
    }

    /// Whether anything is as it was not in the beginning. Followed.
    pub fn is_typed(self) -> bool {
        self.form.with(|form| self.begun.with_value(|begun| form != begun))
    }

    /// Begins anew; what was typed can be brought back.
    pub fn discard(self) -> Callback<()> {
        let (words, toasts) = (use_text::<Words>(), use_toasts());
        Callback::new(move |()| {
            if self.busy.get_untracked() {
                return;
            }
            let typed = self.form.get_untracked();
            let begun = self.start.run(());
            self.begun.set_value(begun.clone());
            self.form.set(begun);
            self.tried.set(false);
            self.unread.set(BTreeMap::new());
            self.refused.set(BTreeMap::new());
            self.left.set(BTreeSet::new());
            let back = move || self.form.set(typed.clone());
            toasts.show(Toast::done(words.now().discarded).undone_by(back));
        })
    }

    /// The accepting unit: as chosen, else the unit looked at, else the person's own.
    pub fn accepting(self) -> Option<UnitId> {
        accepting(self.form, self.session, self.unit)
    }

    /// What stands on the form, as a registration; what it lacks is among [`lacks`](Self::lacks). Followed.
    fn read(self) -> (Registration, Vec<Lack>) {
        let unit = self.accepting().unwrap_or_else(|| UnitId::from(""));
        self.form.with(|form| form.read(&unit, self.clock.exact()))
    }

    /// The registration, where it lacks nothing. Followed.
    pub fn registration(self) -> Option<Registration> {
        self.lacks.with(Vec::is_empty).then(|| self.read().0)
    }

    /// Changes the form at a place: what was said of it before is no longer said.
    pub fn edit(self, at: &str, change: impl FnOnce(&mut Form)) {
        self.form.update(change);
        self.touch(at);
    }

    /// What the server said of a place, or of what is below it, is no longer said.
    pub fn touch(self, at: &str) {
        let within =
            |of: &str| of.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if self.refused.with_untracked(|refused| refused.keys().any(|of| within(of))) {
            self.refused.update(|refused| refused.retain(|of, _| !within(of)));
        }
    }

    /// An input was read, or why it cannot be.
    pub fn unread(self, at: &'static str, why: Option<Why>) {
        if self.unread.with_untracked(|unread| unread.get(at) != why.as_ref()) {
            self.unread.update(|unread| match why {
                Some(why) => drop(unread.insert(at, why)),
                None => drop(unread.remove(at)),
            });
        }
    }

    /// The person has left a place.
    pub fn leave(self, at: &str) {
        // None where it was left because the page is.
        if self.left.try_with_untracked(|left| left.contains(at)) == Some(false) {
            self.left.update(|left| {
                left.insert(at.to_owned());
            });
        }
    }

    /// What is wrong at a place, where it is time to say so: what is missing once a submit was tried, what breaks a rule
    /// once the place was left. Followed.
    pub fn fault_at(self, at: &str) -> Option<Shown> {
        let shown = |text| Shown { pointer: at.to_owned(), text, warns: false };
        if let Some(told) = self.refused.with(|refused| refused.get(at).cloned()) {
            return Some(shown(told));
        }
        let lack = self.lacks.with(|lacks| lacks.iter().find(|lack| lack.at == at).cloned())?;
        let seen = self.tried.get() || lack.why != Why::Missing && self.left.with(|left| left.contains(at));
        seen.then(|| shown(self.why(&lack)))
    }

    /// Why a place lacks something, in words. Followed.
    pub fn why(self, lack: &Lack) -> String {
        let words = Words::in_locale(self.locale.get());
        self.say(|wording| places::why(lack, words, wording))
    }

    /// What the server refused and is not changed since, with its places. Followed.
    pub fn refused(self) -> Vec<(String, String)> {
        self.refused.with(|refused| refused.iter().map(|(at, text)| (at.clone(), text.clone())).collect())
    }

    /// Leads to a place: the first input there gets focus, in the drawer where the pane it stands in is not on screen.
    pub fn go(self, at: &str) {
        // Nothing behind a drawer takes focus: it is closed first, and what changes is on the page after this turn.
        if self.side.get_untracked() != Side::None {
            self.side.set(Side::None);
        }
        let at = at.to_owned();
        request_animation_frame(move || {
            if places::go(&at) || !at.starts_with("/registration/policy/") {
                return;
            }
            self.side.try_set(Side::Policy);
            request_animation_frame(move || {
                places::go(&at);
            });
        });
    }

    /// The chosen items' entries. Followed.
    pub fn items(self) -> Vec<Item> {
        let catalogue = self.catalogue.get();
        self.form.with(|form| {
            let find =
                |code: &ItemCode| catalogue.as_ref().and_then(|catalogue| catalogue.item(code).cloned());
            form.items.iter().filter_map(find).collect()
        })
    }

    /// The names of the chosen items. Followed.
    pub fn item_names(self) -> String {
        self.say(|wording| {
            let names: Vec<String> = self.items().iter().map(|item| wording.label(&item.name)).collect();
            wording.list(&names)
        })
    }

    /// Words in the language of the moment. Followed.
    pub fn say<T>(self, of: impl FnOnce(&Wording) -> T) -> T {
        let (catalogue, session) = (self.catalogue.get(), self.session.get());
        let names = session.map(|session| session.names.clone()).unwrap_or_default();
        of(&Wording { locale: self.locale.get(), names: &names, catalogue: catalogue.as_deref() })
    }

    /// The rules item by item; none while dates and policy are not filled in. Followed.
    pub fn rules(self) -> Vec<(ItemCode, Vec<E01Line>)> {
        let Some(registration) = self.enough() else { return Vec::new() };
        let back_date_days = self.session.person().map_or(0, |person| person.grants.back_date_days);
        let open: Vec<ItemCode> = self
            .told
            .get()
            .map(|told| told.open_cases.into_iter().flat_map(|(_, items)| items).collect())
            .unwrap_or_default();
        let application = registration.application();
        let context = E01Context { open_items: &open, back_date_days, now: self.clock.exact() };
        self.items()
            .iter()
            .map(|item| {
                (item.code.clone(), admissibility(item, &registration.policy, &application, &context))
            })
            .collect()
    }

    /// A registration good enough for the rules: the dates they compare are there.
    fn enough(self) -> Option<Registration> {
        const NEEDED: [&str; 5] = [
            "/registration/policy/effective",
            "/registration/policy/free_look_days",
            "/registration/applied_on",
            "/registration/received_on",
            "/registration/received_at",
        ];
        self.accepting()?;
        let (registration, lacks) = self.read();
        (!lacks.iter().any(|lack| NEEDED.contains(&lack.at.as_str()))).then_some(registration)
    }

    /// The papers the chosen items still need. Followed.
    pub fn missing(self) -> Vec<MissingMaterial> {
        let items = self.items();
        let items: Vec<&Item> = items.iter().collect();
        self.form.with(|form| {
            let given: Vec<HandedIn> = form
                .papers
                .iter()
                .filter(|paper| paper.is_given())
                .map(|paper| HandedIn { kind: paper.kind.clone(), form: paper.form })
                .collect();
            missing_materials(&items, &given, form.by_agent)
        })
    }

    /// Everything that must be acknowledged. Followed.
    pub fn shortfalls(self) -> Vec<Shortfall> {
        let failing = self.rules().into_iter().flat_map(|(item, lines)| {
            lines.into_iter().filter(|line| !line.holds).map(move |line| Shortfall::Inadmissible {
                item: item.clone(),
                rule: rule_name(&line.check).to_owned(),
            })
        });
        let missing = self.missing().into_iter().map(|missing| Shortfall::Missing { material: missing.kind });
        failing.chain(missing).collect()
    }

    /// Acknowledges a shortfall, or not.
    pub fn acknowledge(self, shortfall: Shortfall, on: bool) {
        self.form.update(|form| {
            form.acknowledged.retain(|known| *known != shortfall);
            if on {
                form.acknowledged.push(shortfall);
            }
        });
    }

    /// Asks the server, calmly, what else is open on the policy.
    fn ask_server(self) {
        let api = use_api();
        let asked = StoredValue::new(0_u32);
        follow(move || {
            let (Some(registration), Some(accepting)) = (self.enough(), self.accepting()) else { return };
            let policy_typed = self.form.with(|form| !form.policy_no.trim().is_empty());
            if !policy_typed || registration.items.is_empty() || self.case.is_some() {
                return;
            }
            asked.update_value(|n| *n += 1);
            let mine = asked.get_value();
            spawn_local(async move {
                pause(REST).await;
                if asked.try_get_value() != Some(mine) {
                    return;
                }
                // A check that fails says nothing; registering says why.
                if let Ok(told) = api.check_registration(&RegisterCase { accepting, registration }).await
                    && asked.try_get_value() == Some(mine)
                {
                    self.told.try_set(Some(told));
                }
            });
        });
    }

    /// Sends the registration.
    pub fn submit(self) -> Callback<()> {
        let (words, api, toasts, queries, navigate) =
            (use_text::<Words>(), use_api(), use_toasts(), use_queries(), use_navigate());
        let drafts = use_drafts();
        Callback::new(move |()| {
            self.tried.set(true);
            let (Some(mut registration), Some(accepting)) =
                (untrack(|| self.registration()), untrack(|| self.accepting()))
            else {
                if let Some(first) = self.lacks.with_untracked(|lacks| lacks.first().cloned()) {
                    self.go(&first.at);
                }
                return;
            };
            if self.busy.get_untracked() {
                return;
            }
            // Only what falls short now is acknowledged; what was mended meanwhile is not.
            let short = untrack(|| self.shortfalls());
            registration.acknowledged.retain(|known| short.contains(known));
            self.busy.set(true);
            let (case, navigate) = (self.case, navigate);
            if let Some(amends) = case {
                let amendment = Box::new(amends.amendment(registration));
                let id = amends.bench.id;
                spawn_local(async move {
                    let done = amends.bench.send(Command::AmendRegistration { amendment }).await;
                    self.busy.try_set(false);
                    if done {
                        drafts.sent(&draft_name(case));
                        navigate(&case_path(id), NavigateOptions { replace: true, ..Default::default() });
                    }
                });
                return;
            }
            spawn_local(async move {
                let answer = api.register(&RegisterCase { accepting, registration }).await;
                self.busy.try_set(false);
                match answer {
                    Ok(done) => {
                        drafts.sent(&draft_name(case));
                        queries.stale(Tag::Queue(domain::post::Queue::Intake));
                        queries.invalidate(Tag::Counts);
                        let (id, number) = (done.case.case.id, done.case.case.number.clone());
                        queries.stale(Tag::Case(id));
                        toasts.show(Toast::done((words.now().registered)(&number)));
                        navigate(&case_path(id), NavigateOptions { replace: true, ..Default::default() });
                    }
                    Err(failure) => {
                        let said = self.place_refusal(&failure);
                        if !said {
                            toasts.show(Toast::failed(self.word(&failure)));
                        }
                    }
                }
            });
        })
    }

    /// Shows a refusal at the places it is about and leads to the first; false where the page has none of them.
    fn place_refusal(self, failure: &Failure) -> bool {
        let Some(refusal) = failure.refusal() else { return false };
        let told = untrack(|| {
            let words = Words::in_locale(self.locale.get());
            self.say(|wording| places::told(&refusal, words, wording))
        });
        let words = Words::in_locale(self.locale.get_untracked());
        if told.is_empty() || !told.iter().all(|(at, _)| places::name(at, words).is_some()) {
            return false;
        }
        let placed = self.form.try_with_untracked(|form| {
            told.into_iter().map(|(at, text)| (form.place_on_form(&at), text)).collect::<Vec<_>>()
        });
        let Some(placed) = placed else { return false };
        let first = placed.first().map(|(at, _)| at.clone());
        self.refused.try_set(placed.into_iter().collect());
        if let Some(first) = first {
            self.go(&first);
        }
        true
    }

    fn word(self, failure: &Failure) -> String {
        // The page may have been left while the answer was awaited.
        let catalogue = self.catalogue.try_get_untracked().flatten();
        let names = self.session.now().map(|session| session.names.clone()).unwrap_or_default();
        let wording =
            Wording { locale: self.locale.get_untracked(), names: &names, catalogue: catalogue.as_deref() };
        word_failure(failure, &wording, None, self.clock.exact())
    }

    /// The business date.
    pub fn today(self) -> Signal<chrono::NaiveDate> {
        let clock = self.clock;
        Signal::derive(move || domain::time::local_date(clock.now()))
    }

    /// The name its draft is kept by.
    pub fn draft(self) -> String {
        draft_name(self.case)
    }
}

/// The accepting unit: as chosen, else the unit looked at, else the person's own.
fn accepting(form: RwSignal<Form>, session: SessionState, unit: Memo<Option<UnitId>>) -> Option<UnitId> {
    let person = session.person()?;
    form.with(|form| form.accepting.clone())
        .or_else(|| unit.get().filter(|unit| person.scope.contains(unit)))
        .or(Some(person.unit))
}

/// What a registration lacks: what is not filled in or cannot be read, and the rules its fields break.
fn lacks(
    form: RwSignal<Form>,
    unread: RwSignal<BTreeMap<&'static str, Why>>,
    catalogue: Signal<Option<Arc<Catalogue>>>,
    accepting: &UnitId,
    clock: Clock,
) -> Vec<Lack> {
    let now = clock.exact();
    let (registration, mut lacks) = form.with(|form| form.read(accepting, now));
    unread.with(|unread| {
        lacks.retain(|lack| !unread.contains_key(lack.at.as_str()));
        lacks.extend(unread.iter().map(|(at, why)| Lack { at: (*at).to_owned(), why: why.clone() }));
    });
    if let Some(catalogue) = catalogue.get() {
        let broken: Vec<FieldFault> = faults(&registration, &catalogue, domain::time::local_date(now))
            .into_iter()
            .filter(|fault| fault.is_error() && fault.rule != FieldRule::Required)
            .filter(|fault| !lacks.iter().any(|lack| lack.at == fault.pointer))
            .collect();
        lacks.extend(broken.into_iter().map(|fault| Lack { at: fault.pointer, why: Why::Rule(fault.rule) }));
    }
    // The pane of the policy comes first on the page.
    lacks.sort_by_key(|lack| !lack.at.starts_with("/registration/policy/"));
    lacks
}

impl Amends {
    /// What the form changes: facts, applicant, agent, dates, and the items it adds. Papers and the items there
    /// already are not its to touch.
    fn amendment(self, registration: Registration) -> Amendment {
        let there = self.bench.opened.with_untracked(|opened| {
            let case = opened.as_ref().map(|opened| &opened.case);
            case.into_iter().flat_map(Case::open_items).map(|item| item.code.clone()).collect::<Vec<_>>()
        });
        let mut amendment = Amendment::of(&registration);
        amendment.add = registration.items.into_iter().filter(|code| !there.contains(code)).collect();
        amendment
    }
}

fn draft_name(case: Option<Amends>) -> String {
    case.map_or_else(|| "register".to_owned(), |amends| amends.bench.draft("registration"))
}

/// The sheet around the calling owner.
pub fn use_sheet() -> Sheet {
    expect_context::<Sheet>()
}
