//! What the parts of the registration page share: what is typed, what the rules say of it, sending.

use super::form::{Form, Gap};
use crate::api::{Failure, Tag, use_api};
use crate::components::{Toast, focus_first_fault, use_toasts};
use crate::follow::follow;
use crate::i18n::failure::word_failure;
use crate::i18n::intake::Intake as Words;
use crate::i18n::wording::Wording;
use crate::i18n::{Locale, use_locale, use_text};
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
use domain::case::Command;
use domain::case::decide::rule_name;
use domain::case::registration::{Registration, Shortfall};
use domain::catalogue::{
    Catalogue, E01Context, E01Line, HandedIn, Item, MissingMaterial, admissibility, missing_materials,
};
use domain::id::{CaseId, ItemCode, UnitId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Wait after the last change before the server is asked what else is open on the policy, in milliseconds.
const REST: i32 = 500;

/// What the parts of the registration page share.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// What is typed.
    pub form: RwSignal<Form>,
    /// The case whose registration is written anew, with the version it was read at.
    pub case: Option<(CaseId, u64)>,
    /// The catalogue in force.
    pub catalogue: Signal<Option<Arc<Catalogue>>>,
    /// What the server said of it last.
    pub told: RwSignal<Option<RegisterCheck>>,
    /// It is being sent.
    pub busy: RwSignal<bool>,
    /// A submit was tried: what is not filled in is marked from then on.
    pub tried: RwSignal<bool>,
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
    pub fn open(start: Callback<(), Form>, case: Option<(CaseId, u64)>) -> Self {
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
        let sheet = Self {
            form,
            case,
            catalogue: use_catalogue(),
            told: RwSignal::new(None),
            busy: RwSignal::new(false),
            tried: RwSignal::new(false),
            start,
            begun,
            locale: use_locale(),
            session: use_session(),
            clock,
            unit: use_unit(),
        };
        sheet.ask_server();
        sheet
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
            let back = move || self.form.set(typed.clone());
            toasts.show(Toast::done(words.now().discarded).undone_by(back));
        })
    }

    /// The accepting unit: as chosen, else the unit looked at, else the person's own.
    pub fn accepting(self) -> Option<UnitId> {
        let person = self.session.person()?;
        self.form
            .with(|form| form.accepting.clone())
            .or_else(|| self.unit.get().filter(|unit| person.scope.contains(unit)))
            .or(Some(person.unit))
    }

    /// The registration, or what is not filled in. Followed.
    pub fn registration(self) -> Result<Registration, Vec<Gap>> {
        let unit = self.accepting().unwrap_or_else(|| UnitId::from(""));
        self.form.with(|form| form.registration(&unit, self.clock.exact()))
    }

    /// Whether something is to be marked as not filled in. Followed.
    pub fn gap(self, gap: Gap) -> bool {
        self.tried.get() && self.registration().is_err_and(|gaps| gaps.contains(&gap))
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
    pub fn say(self, of: impl FnOnce(&Wording) -> String) -> String {
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

    /// A registration good enough for the rules: what is not filled in and no rule looks at is left blank.
    fn enough(self) -> Option<Registration> {
        let unit = self.accepting()?;
        let mut form = self.form.get();
        for (text, blank) in [
            (&mut form.product, "-"),
            (&mut form.holder, "-"),
            (&mut form.insured, "-"),
            (&mut form.applicant, "-"),
            (&mut form.policy_no, "-"),
        ] {
            if text.trim().is_empty() {
                blank.clone_into(text);
            }
        }
        if form.mobile.is_empty() {
            form.mobile = domain::secret::Secret::Plain("-".into());
        }
        if form.by_agent && form.agent.trim().is_empty() {
            form.agent = "-".into();
        }
        if form.by_agent && form.agent_id.is_empty() {
            form.agent_id = domain::secret::Secret::Plain("-".into());
        }
        form.papers.clear();
        match form.registration(&unit, self.clock.exact()) {
            Ok(registration) => Some(registration),
            Err(gaps) if gaps == [Gap::Materials] => {
                form.papers.push(super::form::Paper {
                    kind: "application".into(),
                    form: domain::catalogue::MaterialForm::Original,
                    copies: "1".into(),
                    pages: "1".into(),
                    back: false,
                });
                form.registration(&unit, self.clock.exact()).ok()
            }
            Err(_) => None,
        }
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
            let (Ok(mut registration), Some(accepting)) =
                (untrack(|| self.registration()), untrack(|| self.accepting()))
            else {
                // Once what is missing is marked, the first of it gets focus.
                request_animation_frame(|| {
                    if let Ok(Some(page)) = document().query_selector("main") {
                        focus_first_fault(&page);
                    }
                });
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
            spawn_local(async move {
                let answer = match case {
                    None => api.register(&RegisterCase { accepting, registration }).await,
                    Some((id, version)) => {
                        let command = Command::AmendRegistration { registration: Box::new(registration) };
                        api.case_command(id, version, &command).await
                    }
                };
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
                    Err(failure) => toasts.show(Toast::failed(self.word(&failure))),
                }
            });
        })
    }

    fn word(self, failure: &Failure) -> String {
        untrack(|| self.say(|wording| word_failure(failure, wording, None, self.clock.exact())))
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

fn draft_name(case: Option<(CaseId, u64)>) -> String {
    case.map_or_else(|| "register".to_owned(), |(id, _)| format!("{id}/registration"))
}

/// The sheet around the calling owner.
pub fn use_sheet() -> Sheet {
    expect_context::<Sheet>()
}
