//! Check points 11 to 13 and the pass.

use super::comparison::{DRAFT as EXPLAINED, Explanations, carried};
use crate::components::{Button, ButtonVariant, IconName, Keys, VerdictControl};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_text};
use crate::keys::{Shortcut, Verdict};
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::section::{Section, done_mark};
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::state::keyboard::use_keyboard;
use domain::case::Command;
use domain::post::Stage;
use domain::quality::points::CheckPoint;
use leptos::prelude::*;

/// Answers to [`POINTS`].
type Ticks = [Option<Verdict>; 3];

/// The check points a pass answers for: change, entry, fees (founding document 一（一）4（1）–（3）).
const POINTS: [u8; 3] = [11, 12, 13];

/// The name their draft is kept under.
const DRAFT: &str = "pass";

/// Whether any money moves, and whether a settled line is not the computed one.
fn fees_of(opened: &Opened) -> (bool, bool) {
    let lines: Vec<_> =
        opened.case.open_items().filter_map(|item| item.fees.as_ref()).flat_map(|fees| &fees.lines).collect();
    (!lines.is_empty(), lines.iter().any(|line| line.settled != line.computed))
}

/// The pass: open while an item lacks it.
#[component]
pub fn PassForm(
    /// Explanations typed.
    explained: RwSignal<Explanations>,
) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<RecheckWords>());
    let done = desk.bench.of(|opened| {
        let passes: Option<Vec<_>> =
            opened.case.open_items().map(|item| item.pass.as_ref().map(|pass| pass.done.clone())).collect();
        passes.and_then(|passes| passes.into_iter().max_by_key(|done| done.at))
    });
    move || match done.get().flatten() {
        Some(done) => {
            let mark = move || done_mark(desk.bench, words.get().passed.to_owned(), &done);
            view! {
                <Section title=move || words.get().points controls=mark/>
            }
            .into_any()
        }
        None => view! { <Open explained=explained/> }.into_any(),
    }
}

#[component]
fn Open(explained: RwSignal<Explanations>) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<RecheckWords>(), use_text::<FormWords>());
    let ticks = desk.draft::<Ticks>(DRAFT, Ticks::default);
    let fees = desk.bench.of(fees_of);
    // Without a fee the third point does not apply, whatever is answered.
    let judged = Memo::new(move |_| {
        let [change, entry, money] = ticks.get();
        let (any, _) = fees.get().unwrap_or_default();
        [change, entry, if any { money } else { Some(Verdict::NotApplicable) }]
    });
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let unjudged = move || judged.get().iter().filter(|tick| tick.is_none()).count();
    let failing = move || judged.get().iter().filter(|tick| **tick == Some(Verdict::DoesNot)).count();
    let submit = Submit::new(
        desk,
        move || {
            let [change, entry, money] = judged.get().map(|tick| tick == Some(Verdict::Conforms));
            let explained = desk.bench.opened.with(|opened| {
                opened.as_deref().map(|opened| explained.with(|explained| carried(opened, explained)))
            })?;
            Some(Command::PassRecheck { change, entry, fees: money, explained })
        },
        move || {
            let words = words.get();
            if failing() > 0 {
                Some((words.fails)(number(failing())))
            } else if unjudged() > 0 {
                Some((words.unjudged)(number(unjudged())))
            } else {
                None
            }
        },
    )
    .then(move || {
        desk.sent(DRAFT);
        desk.sent(EXPLAINED);
    });
    hear(ticks, judged, submit);
    let keys = move || {
        view! {
            <span class="sub row keys">
                <Keys of=Shortcut::Judge(Verdict::Conforms)/>
                <Keys of=Shortcut::Judge(Verdict::DoesNot)/>
                <Keys of=Shortcut::Judge(Verdict::NotApplicable)/>
                {move || words.get().judge}
            </span>
        }
    };
    let point = move |index: usize, number: u8| {
        view! {
            <Point
                number=number
                value=Signal::derive(move || judged.get()[index])
                missing=Signal::derive(move || submit.tried() && judged.get()[index].is_none())
                note=Signal::derive(move || {
                    let (any, deviates) = fees.get().unwrap_or_default();
                    match (index, any, deviates) {
                        (2, false, _) => Some(words.get().no_fees),
                        (2, true, true) => Some(words.get().fees_deviate),
                        _ => None,
                    }
                })
                fixed=Signal::derive(move || index == 2 && !fees.get().unwrap_or_default().0)
                two=index != 2
                on_change=Callback::new(move |verdict: Option<Verdict>| ticks.update(|ticks| ticks[index] = verdict))
            />
        }
    };
    view! {
        <Section title=move || words.get().points controls=keys>
            <SubmitForm submit=submit label=move || words.get().points>
                <ul class="pts wide">{POINTS.into_iter().enumerate().map(|(index, number)| point(index, number)).collect_view()}</ul>
                <div class="wide acts">
                    <Show when=move || { failing() > 0 } fallback=|| ()>
                        <span class="dim sm">{move || form.get().way_on}</span>
                        <Button
                            variant=ButtonVariant::Return
                            icon=IconName::Return
                            shortcut=Shortcut::Return
                            on_press=Callback::new(move |()| desk.ways.ask_return.set(Some(Stage::Entry)))
                        >
                            {move || words.get().return_}
                        </Button>
                    </Show>
                    <SubmitButton submit=submit variant=ButtonVariant::Primary shortcut=Shortcut::Pass>
                        {move || words.get().pass}
                    </SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

/// P passes; 1, 2 and 3 answer the first point without an answer while nothing else has focus.
fn hear(ticks: RwSignal<Ticks>, judged: Memo<Ticks>, submit: Submit) {
    let desk = use_desk();
    use_keyboard().on_shortcut(move |shortcut| {
        if desk.closed.get_untracked() {
            return false;
        }
        match shortcut {
            Shortcut::Pass => submit.run(),
            Shortcut::Judge(verdict) => {
                let Some(first) = judged.get_untracked().iter().position(Option::is_none) else {
                    return false;
                };
                if verdict == Verdict::NotApplicable && first != 2 {
                    return false;
                }
                ticks.update(|ticks| ticks[first] = Some(verdict));
            }
            _ => return false,
        }
        true
    });
}

#[component]
fn Point(
    number: u8,
    value: Signal<Option<Verdict>>,
    missing: Signal<bool>,
    note: Signal<Option<&'static str>>,
    /// It does not apply, and is not asked.
    fixed: Signal<bool>,
    two: bool,
    on_change: Callback<Option<Verdict>>,
) -> impl IntoView {
    let (desk, form, locale) = (use_desk(), use_text::<FormWords>(), use_locale());
    let spec = desk.opened().and_then(|opened| {
        CheckPoint::new(number).and_then(|point| opened.catalogue.check_point(point).cloned())
    });
    let own = spec.clone();
    let name = TextProp::from(move || {
        own.as_ref().map_or_else(|| number.to_string(), |spec| label(&spec.label, locale.get()))
    });
    let title = name.clone();
    let why = Signal::derive(move || {
        if desk.closed.get() {
            Some(form.get().not_in_hand.to_owned())
        } else if fixed.get() {
            note.get().map(str::to_owned)
        } else {
            None
        }
    });
    let wording = spec.map(|spec| spec.wording.to_string());
    view! {
        <li data-fault=move || missing.get().then_some("")>
            <span class="dim no">{number}</span>
            <span class="tx" data-tip=wording>
                <b>{move || title.get()}</b>
                {move || note.get().map(|note| view! { <small class="mut">{note}</small> })}
            </span>
            <VerdictControl label=name value=value terse=true two=two disabled=why on_change=on_change/>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::quality::points::PointStage;

    #[test]
    fn a_pass_answers_for_the_points_of_the_recheck() {
        let catalogue = domain::catalogue::Catalogue::shipped();
        let of_recheck = |number: u8| {
            CheckPoint::new(number)
                .and_then(|point| catalogue.check_point(point))
                .is_some_and(|spec| spec.stage == PointStage::Recheck)
        };
        let all: Vec<u8> = (1..=17).filter(|number| of_recheck(*number)).collect();
        assert_eq!(all, POINTS);
    }
}
