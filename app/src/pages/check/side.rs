//! The result and what it does, where the sample comes from, what had happened until then.

use super::result::severity_tag;
use super::sheet::{Sheet, use_sheet};
use crate::components::{Button, ButtonVariant, IconName, Moment, MomentKind, Note, State, Timeline};
use crate::format::moment;
use crate::i18n::checks::Checks as Words;
use crate::i18n::event::{what, why};
use crate::i18n::wording::Wording;
use crate::i18n::{use_locale, use_text};
use crate::pages::checks::Provenance;
use crate::pages::checks::second::second_check;
use crate::state::clock::use_clock;
use domain::api::check::{CheckView, DrawView};
use domain::case::Event;
use domain::quality::check::bars_release;
use domain::quality::points::Severity;
use domain::time::Timestamp;
use leptos::prelude::*;

/// Result, provenance, timeline.
#[component]
pub fn SidePane() -> impl IntoView {
    let (words, sheet, clock) = (use_text::<Words>(), use_sheet(), use_clock());
    let draw = Memo::new(move |_| sheet.view.with(|view| view.draw.clone()));
    let names = Signal::derive(move || sheet.view.with(|view| view.names.clone()));
    let verified = Callback::new(move |draw: DrawView| {
        let mut view = sheet.view.with_untracked(|view| (**view).clone());
        view.draw = Some(draw);
        sheet.query.set(view);
    });
    let entries = Memo::new(move |_| {
        let now = clock.now();
        sheet.worded(|view, wording| moments(view, wording, words.get(), now))
    });
    let until = move || {
        sheet.view.with(|view| (words.get().timeline_until)(&moment(view.row.finished_at, clock.now())))
    };
    view! {
        <section>
            <h2 class="sec">{move || words.get().result}</h2>
            <Outcome/>
        </section>
        <section>
            <h2 class="sec">{move || words.get().provenance}</h2>
            {move || match draw.get() {
                Some(draw) => {
                    view! { <Provenance draw=draw names=names on_verified=verified/> }.into_any()
                }
                None => view! { <p class="dim">{move || words.get().hand_picked}</p> }.into_any(),
            }}
        </section>
        <section>
            <h2 class="sec">
                {move || words.get().timeline} <span class="push"></span> <span class="sub">{until}</span>
            </h2>
            <Timeline moments=entries label=move || words.get().timeline/>
        </section>
    }
}

/// What the check comes to: as filled in so far, or as submitted.
#[component]
fn Outcome() -> impl IntoView {
    let (words, locale, sheet) = (use_text::<Words>(), use_locale(), use_sheet());
    let done = Memo::new(move |_| sheet.is_done());
    let fails = Memo::new(move |_| {
        if done.get() {
            sheet.view.with(|view| view.row.conforms == Some(false))
        } else {
            sheet.draft.with(|draft| draft.tally().1 > 0)
        }
    });
    let severities = Memo::new(move |_| severities(sheet, done.get()));
    let points = move || {
        let of = sheet.catalogue.with(|catalogue| {
            catalogue.as_ref().map_or_else(
                || domain::catalogue::Settings::default().severity_points,
                |catalogue| catalogue.settings.severity_points,
            )
        });
        severities.with(|all| all.iter().map(|severity| i64::from(of.of(*severity))).sum::<i64>())
    };
    let counts = move || {
        let locale = locale.get();
        severities.with(|all| {
            [Severity::Major, Severity::Ordinary, Severity::Minor]
                .into_iter()
                .filter_map(|severity| {
                    let n = all.iter().filter(|one| **one == severity).count();
                    (n > 0).then(|| view! { {severity_tag(severity, locale)} " " {n.to_string()} " " })
                })
                .collect_view()
        })
    };
    let major = Memo::new(move |_| severities.with(|all| all.contains(&Severity::Major)));
    view! {
        {move || {
            if fails.get() {
                view! {
                    <Note state=State::Over icon=IconName::StateCross>
                        <b>{move || words.get().does_not}</b>
                        " "
                        {counts}
                    </Note>
                }
                .into_any()
            } else if done.get() {
                view! {
                    <Note state=State::Ok icon=IconName::StateDone>
                        <b>{move || words.get().conforms}</b>
                    </Note>
                }
                .into_any()
            } else {
                view! { <p class="dim">{move || words.get().not_yet}</p> }.into_any()
            }
        }}
        {move || (points() > 0).then(|| view! { <p class="sm mut">{(words.get().severity_points)(points())}</p> })}
        {move || {
            (fails.get() && severities.with(Vec::is_empty))
                .then(|| view! { <p class="sm mut">{move || words.get().not_conforming_without_finding}</p> })
        }}
        {move || {
            sheet
                .view
                .with(|view| view.row.second_of.is_some())
                .then(|| {
                    let number = sheet.view.with(|view| view.row.number.clone());
                    view! { <p class="sm mut">{(words.get().answers)(&number)}</p> }
                })
        }}
        {move || (major.get() && done.get()).then(|| view! { <Barred/> })}
    }
}

/// Severities of the findings, filled in or recorded.
fn severities(sheet: Sheet, done: bool) -> Vec<Severity> {
    if done {
        sheet.view.with(|view| view.findings.iter().map(|one| one.finding.severity).collect())
    } else {
        sheet.draft.with(|draft| draft.findings().map(|finding| finding.severity).collect())
    }
}

/// A major finding: what it stops, and the check that frees it again.
#[component]
fn Barred() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let make = second_check(busy, refused);
    let bars = move || {
        sheet.view.with(|view| {
            let findings: Vec<_> = view.findings.iter().map(|one| one.finding.clone()).collect();
            view.in_house && bars_release(&findings)
        })
    };
    view! {
        {move || {
            if bars() {
                view! {
                    <Note state=State::Over icon=IconName::Lock>{move || words.get().major_barred}</Note>
                    <p class="sm mut">{move || words.get().second_offered}</p>
                    <Button
                        variant=ButtonVariant::Normal
                        icon=IconName::Sample
                        busy=busy
                        on_press=Callback::new(move |()| make.run(sheet.id))
                    >
                        {move || words.get().do_second}
                    </Button>
                    {move || refused.get().map(|why| view! { <p class="t-over sm" role="alert">{why}</p> })}
                }
                .into_any()
            } else {
                view! { <p class="sm mut">{move || words.get().major_released}</p> }.into_any()
            }
        }}
    }
}

/// The events up to the step, newest first; the bob hangs at the step that is checked.
fn moments(view: &CheckView, wording: &Wording, words: &Words, now: Timestamp) -> Vec<Moment> {
    let last = view.events.last().map(|event| event.version);
    let one = |event: &Event| {
        let who = wording.by(&event.by);
        let did = what(event, wording, Some(&view.case), now);
        let what = match event.stage {
            Some(stage) => (words.who_did)(wording.messages().post.stage(stage), &who, &did),
            None => (words.did)(&who, &did),
        };
        let when = moment(event.at, now);
        Moment {
            kind: if Some(event.version) == last { MomentKind::Now } else { MomentKind::Worked },
            what,
            when: match why(event) {
                Some(why) => (words.when_why)(&when, why),
                None => when,
            },
            instant: event.at.to_rfc3339(),
            duration: String::new(),
        }
    };
    view.events.iter().rev().map(one).collect()
}
