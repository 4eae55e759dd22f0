//! What the parts of the page share: the check, what is filled in, what is at fault, sending.

use super::draft::{Draft, Lack};
use crate::api::check::list;
use crate::api::{Failure, Tag, use_api};
use crate::components::{Toast, use_toasts};
use crate::i18n::checks::Checks as Words;
use crate::i18n::refusal::{Refusals, word};
use crate::i18n::wording::Wording;
use crate::i18n::{Locale, Localised, use_locale, use_text};
use crate::pages::catalogue::use_catalogue_of;
use crate::pages::checks::sample_rows::open;
use crate::pages::loaded::use_why;
use crate::query::{Query, query, use_queries};
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::{CHECKS, check_path};
use crate::state::clock::{Clock, use_clock};
use crate::state::drafts::use_drafts;
use crate::state::live::use_live;
use crate::state::session::{SessionState, use_session};
use domain::api::check::{CheckCommand, CheckState, CheckView, Checks, ChecksQuery};
use domain::case::Refusal;
use domain::case::refusal::InputRule;
use domain::catalogue::Catalogue;
use domain::id::{CheckId, PersonId};
use domain::quality::check::{complete, conforms, may_check};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What the parts of the page share.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Which check.
    pub id: CheckId,
    /// The check.
    pub view: Signal<Arc<CheckView>>,
    /// Its read.
    pub query: Query<CheckView>,
    /// The catalogue the case began with; none until it is there.
    pub catalogue: Signal<Option<Arc<Catalogue>>>,
    /// What is filled in.
    pub draft: RwSignal<Draft>,
    /// The point under the cursor, by its place.
    pub at: RwSignal<usize>,
    /// Submitting was tried: what is missing is marked.
    pub tried: RwSignal<bool>,
    /// What the rule refused last: pointer and rule.
    pub fault: RwSignal<Option<(String, InputRule)>>,
    /// Any other refusal in words.
    pub refused: RwSignal<Option<String>>,
    /// On its way.
    pub busy: RwSignal<bool>,
    /// Checks of the list, to know which comes next.
    pub checks: Query<Checks>,
    locale: Signal<Locale>,
    session: SessionState,
    clock: Clock,
}

/// The sheet above.
pub fn use_sheet() -> Sheet {
    expect_context::<Sheet>()
}

/// The name of a check's draft.
pub fn draft_name(id: CheckId) -> String {
    format!("check/{id}")
}

impl Sheet {
    /// Opens a check for the life of the calling owner: what was filled in before is there again.
    pub fn open(id: CheckId, view: Signal<Arc<CheckView>>, read: Query<CheckView>) -> Self {
        let (drafts, clock) = (use_drafts(), use_clock());
        let catalogue = use_catalogue_of(Signal::derive(move || view.with(|view| Some(view.case.catalogue))));
        let name = draft_name(id);
        let applies = view.with_untracked(|view| view.applies.clone());
        let kept = drafts.find::<Draft>(&name).filter(|draft| draft.is_for(&applies));
        let draft = RwSignal::new(kept.unwrap_or_else(|| Draft::new(&applies)));
        let sheet = Self {
            id,
            view,
            query: read,
            catalogue,
            draft,
            at: RwSignal::new(0),
            tried: RwSignal::new(false),
            fault: RwSignal::new(None),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
            checks: query(|| Some(list(&ChecksQuery::default()))),
            locale: use_locale(),
            session: use_session(),
            clock,
        };
        // Kept at each change; what is there when the page opens is no change.
        Effect::new(move |before: Option<Draft>| {
            let now = draft.get();
            let open = view.with_untracked(|view| view.row.state == CheckState::Open);
            if open && before.is_some_and(|before| before != now) {
                drafts.keep(&name, &now, clock.exact());
            }
            now
        });
        let queries = use_queries();
        use_live().on_notice(move |notice| {
            if notice.aggregate == "check" && notice.id == id.0 {
                queries.invalidate(Tag::Check(id));
            }
        });
        sheet
    }

    /// Whether it is submitted; followed.
    pub fn is_done(self) -> bool {
        self.view.with(|view| view.row.state == CheckState::Done)
    }

    /// Why it cannot be filled in, if it cannot; followed.
    pub fn barrier(self) -> Option<String> {
        let person = self.session.person()?;
        let words = Words::in_locale(self.locale.get());
        self.view.with(|view| {
            if view.row.state == CheckState::Done {
                return Some(words.read_only_done.to_owned());
            }
            if view.row.inspector != person.id {
                return Some((words.other_inspector)(&self.session.name(&view.row.inspector, &view.names)));
            }
            may_check(&view.case, &person).err().map(|refusal| self.word(&refusal, view))
        })
    }

    /// A refusal in words.
    fn word(self, refusal: &Refusal, view: &CheckView) -> String {
        let catalogue = self.catalogue.get_untracked();
        let wording = Wording {
            locale: self.locale.get_untracked(),
            names: &view.names,
            catalogue: catalogue.as_deref(),
        };
        word(refusal, &wording, Some(&view.case), self.clock.exact())
    }

    /// Names and catalogue for words; followed.
    pub fn worded<T>(self, of: impl FnOnce(&CheckView, &Wording<'_>) -> T) -> T {
        let (catalogue, locale) = (self.catalogue.get(), self.locale.get());
        self.view
            .with(|view| of(view, &Wording { locale, names: &view.names, catalogue: catalogue.as_deref() }))
    }

    /// A person's name; followed.
    pub fn name(self, id: &PersonId) -> String {
        self.view.with(|view| self.session.name(id, &view.names))
    }

    /// What is said at a field: the rule it broke, by the server's pointer, or that it is missing.
    pub fn fault_at(self, pointer: Option<&str>, lack: Lack) -> Option<String> {
        let words = Refusals::in_locale(self.locale.get());
        let broken = self.fault.get().filter(|(at, _)| Some(at.as_str()) == pointer).map(|(_, rule)| rule);
        let missing = self.tried.get() && self.draft.with(|draft| draft.lacks().contains(&lack));
        broken.map(|rule| words.input(rule)).or_else(|| missing.then_some(words.required)).map(str::to_owned)
    }

    /// Changes what is filled in; what was refused is asked anew.
    pub fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.fault.set(None);
        self.refused.set(None);
        self.draft.update(change);
    }

    /// The next check to be done after this one; not followed.
    pub fn next(self) -> Option<CheckId> {
        let checks = self.checks.now()?;
        open(&checks.checks).into_iter().find(|id| *id != self.id)
    }

    /// Which of the checks to be done this is, and of how many; followed.
    pub fn position(self) -> Option<(i64, i64)> {
        let checks = self.checks.get()?;
        let ids = open(&checks.checks);
        let at = ids.iter().position(|id| *id == self.id)?;
        Some((i64::try_from(at + 1).ok()?, i64::try_from(ids.len()).ok()?))
    }

    /// The check to be done before this one; followed.
    pub fn previous(self) -> Option<CheckId> {
        let checks = self.checks.get()?;
        let ids = open(&checks.checks);
        let at = ids.iter().position(|id| *id == self.id)?;
        at.checked_sub(1).and_then(|at| ids.get(at).copied())
    }
}

/// Submits; `marked` is called where something is missing or refused at a field, once it is marked on the page.
pub fn submit(sheet: Sheet, marked: Callback<()>) -> Callback<()> {
    let (api, queries, drafts, toasts) = (use_api(), use_queries(), use_drafts(), use_toasts());
    let (words, why, navigate) = (use_text::<Words>(), use_why(), use_navigate());
    Callback::new(move |()| {
        if sheet.busy.get_untracked() || untrack(|| sheet.barrier()).is_some() {
            return;
        }
        sheet.tried.set(true);
        let Some((points, findings)) = sheet.draft.with_untracked(Draft::submission) else {
            request_animation_frame(move || _ = marked.try_run(()));
            return;
        };
        // The same rule as the server's, so that most refusals need no answer from it.
        let refused = sheet
            .view
            .with_untracked(|view| complete(view.row.stage, &points, &findings, &view.case.workers()).err());
        if let Some(Refusal::Input { pointer, rule }) = refused {
            sheet.fault.set(Some((pointer, rule)));
            request_animation_frame(move || _ = marked.try_run(()));
            return;
        }
        let (good, major) = (conforms(&points), sheet.draft.with_untracked(Draft::bars));
        let (number, version) = sheet.view.with_untracked(|view| (view.row.number.clone(), view.row.version));
        let next = sheet.next();
        sheet.busy.set(true);
        sheet.refused.set(None);
        spawn_local(async move {
            let command = CheckCommand::Submit { points, findings };
            let answer = api.check_command(sheet.id, version, &command).await;
            sheet.busy.try_set(false);
            match answer {
                Ok(view) => {
                    drafts.sent(&draft_name(sheet.id));
                    sheet.query.set(view);
                    for tag in [Tag::Checks, Tag::Counts, Tag::Dashboards] {
                        queries.invalidate(tag);
                    }
                    let words = words.now();
                    toasts.show(if good {
                        Toast::done((words.submitted)(&number))
                    } else {
                        Toast::told((words.submitted_failed)(&number))
                    });
                    // A major finding stays on screen: it says what it does and offers the second check.
                    if !major {
                        let to = next.map_or_else(|| CHECKS.to_owned(), check_path);
                        navigate(&to, NavigateOptions::default());
                    }
                }
                Err(Failure::SignedOut) => {}
                Err(failure) => {
                    if failure.slug() == Some(domain::api::Slug::Stale) {
                        queries.invalidate(Tag::Check(sheet.id));
                    }
                    match failure.refusal() {
                        Some(Refusal::Input { pointer, rule }) => {
                            sheet.fault.try_set(Some((pointer, rule)));
                            request_animation_frame(move || {
                                marked.try_run(());
                            });
                        }
                        Some(refusal) => {
                            let text = sheet.view.try_with_untracked(|view| sheet.word(&refusal, view));
                            sheet.refused.try_set(text);
                        }
                        None => {
                            sheet.refused.try_set(Some(why.run(failure)));
                        }
                    }
                }
            }
        });
    })
}
