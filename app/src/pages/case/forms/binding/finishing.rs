//! The finishing list of an item: each piece bound, replaced, added, recovered or cancelled.

use crate::components::{Button, ButtonSize, ButtonVariant, Icon, IconName, Keys, VerdictControl};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::binding::BindingWords;
use crate::i18n::terms::Terms;
use crate::i18n::wording::label;
use crate::i18n::{use_messages, use_text};
use crate::keys::{Shortcut, Verdict};
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::section::{Section, done_mark};
use crate::pages::case::forms::submit::{OfItem, Submit, SubmitButton, SubmitForm};
use crate::scope::provide;
use crate::state::keyboard::use_keyboard;
use domain::case::Command;
use domain::case::item::{Bound, Finished};
use domain::catalogue::Finishing;
use domain::id::FinishLine;
use domain::post::Stage;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Answers by line.
type Answers = BTreeMap<FinishLine, Finished>;

const fn finished(verdict: Verdict) -> Finished {
    match verdict {
        Verdict::Conforms => Finished::Done,
        Verdict::DoesNot => Finished::AtFault,
        Verdict::NotApplicable => Finished::NotApplicable,
    }
}

const fn verdict(finished: Finished) -> Verdict {
    match finished {
        Finished::Done => Verdict::Conforms,
        Finished::AtFault => Verdict::DoesNot,
        Finished::NotApplicable => Verdict::NotApplicable,
    }
}

fn line_of(finishing: &Finishing) -> FinishLine {
    FinishLine(finishing.code.to_string())
}

/// The finishing list of an item: open until it is bound, or while it is changed.
#[component]
pub fn FinishingForm(
    /// Number of the item.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let bound = desk.bench.of(move |opened| opened.case.item(no).and_then(|item| item.bound.clone()));
    let editing = RwSignal::new(false);
    let parts = move || {
        let list = desk.opened().and_then(|opened| {
            let code = &opened.case.item(no)?.code;
            Some((code.clone(), opened.catalogue.item(code)?.finishing.clone()))
        });
        let (code, list) = list?;
        let bound = bound.get().flatten();
        Some(match bound {
            Some(bound) if !editing.get() => {
                view! { <Done code=code.to_string() list=list bound=bound editing=editing/> }.into_any()
            }
            bound => {
                let before = bound.map(|bound| bound.lines).unwrap_or_default();
                view! { <Open no=no code=code.to_string() list=list before=before editing=editing/> }
                    .into_any()
            }
        })
    };
    provide(OfItem(no), move || parts)
}

#[component]
fn Open(
    no: u8,
    code: String,
    list: Vec<Finishing>,
    before: Answers,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<BindingWords>(), use_text::<FormWords>());
    let part = format!("bind-{no}");
    let answers = desk.draft::<Answers>(&part, || before);
    let all: StoredValue<Vec<FinishLine>> = StoredValue::new(list.iter().map(line_of).collect());
    let of = list.len();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let known = move || {
        answers.with(|answers| {
            all.with_value(|all| {
                answers
                    .iter()
                    .filter(|(line, _)| all.contains(line))
                    .map(|(line, answer)| (line.clone(), *answer))
                    .collect::<Answers>()
            })
        })
    };
    let at_fault = move || known().values().filter(|answer| **answer == Finished::AtFault).count();
    let submit = Submit::new(
        desk,
        move || Some(Command::Bind { item: no, lines: known() }),
        move || match (of - known().len(), at_fault()) {
            (_, faults) if faults > 0 => Some((words.get().at_fault)(number(faults))),
            (0, _) => None,
            (n, _) => Some((words.get().unanswered)(number(n))),
        },
    )
    .then(move || {
        desk.sent(&part);
        editing.try_set(false);
    });
    hear(answers, all);
    let shown = code.clone();
    let name = move || desk.bench.say(|_, wording| wording.item(&shown.as_str().into()));
    let sub = move || format!("{} {}", name(), (words.get().answered_of)(number(known().len()), number(of)));
    let controls = move || {
        view! {
            <span class="sub row keys">
                <Keys of=Shortcut::Judge(Verdict::Conforms)/>
                <Keys of=Shortcut::Judge(Verdict::DoesNot)/>
                <Keys of=Shortcut::Judge(Verdict::NotApplicable)/>
                {move || words.get().judge}
            </span>
            {editing
                .get()
                .then(|| {
                    view! {
                        <Button
                            variant=ButtonVariant::Quiet
                            size=ButtonSize::Small
                            on_press=Callback::new(move |()| editing.set(false))
                        >
                            {move || form.get().keep}
                        </Button>
                    }
                })}
        }
    };
    view! {
        <Section title=move || words.get().finishing code=code sub=sub controls=controls>
            <SubmitForm submit=submit label=move || words.get().finishing>
                <table class="tbl fin stk wide">
                    <FinishHead/>
                    <tbody>
                        {list
                            .into_iter()
                            .map(|finishing| view! { <OneLine finishing=finishing answers=answers submit=submit/> })
                            .collect_view()}
                    </tbody>
                </table>
                <div class="wide acts">
                    <Show when=move || { at_fault() > 0 } fallback=|| ()>
                        <span class="dim sm">{move || form.get().way_on}</span>
                        <Button
                            variant=ButtonVariant::Return
                            icon=IconName::Return
                            shortcut=Shortcut::Return
                            on_press=Callback::new(move |()| desk.ways.ask_return.set(Some(Stage::Recheck)))
                        >
                            {move || words.get().return_}
                        </Button>
                    </Show>
                    <SubmitButton submit=submit>{move || words.get().bind}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

/// 1, 2 and 3 answer the first line without an answer while nothing else has focus.
fn hear(answers: RwSignal<Answers>, all: StoredValue<Vec<FinishLine>>) {
    let desk = use_desk();
    use_keyboard().on_shortcut(move |shortcut| {
        let Shortcut::Judge(with) = shortcut else { return false };
        if desk.closed.get_untracked() {
            return false;
        }
        let first = all.with_value(|all| {
            answers.with_untracked(|answers| all.iter().find(|line| !answers.contains_key(*line)).cloned())
        });
        let Some(line) = first else { return false };
        answers.update(|answers| {
            answers.insert(line, finished(with));
        });
        true
    });
}

#[component]
fn FinishHead() -> impl IntoView {
    let words = use_text::<BindingWords>();
    view! {
        <caption class="vh">{move || words.get().finishing}</caption>
        <thead>
            <tr>
                <th scope="col" class="c-a">{move || words.get().action}</th>
                <th scope="col">{move || words.get().piece}</th>
                <th scope="col"><span class="vh">{move || words.get().verdict}</span></th>
            </tr>
        </thead>
    }
}

#[component]
fn OneLine(finishing: Finishing, answers: RwSignal<Answers>, submit: Submit) -> impl IntoView {
    let (desk, form, terms) = (use_desk(), use_text::<FormWords>(), use_text::<Terms>());
    let line = StoredValue::new(line_of(&finishing));
    let answer =
        Memo::new(move |_| answers.with(|answers| line.with_value(|line| answers.get(line).copied())));
    let action = finishing.action;
    let own = finishing.label.clone();
    let name = TextProp::from(move || label(&own, terms.locale()));
    let title = name.clone();
    view! {
        <tr
            class:dim=move || answer.get() == Some(Finished::NotApplicable)
            data-s=move || (answer.get() == Some(Finished::AtFault)).then_some("over")
            data-fault=move || (submit.tried() && answer.get().is_none()).then_some("")
        >
            <td class="c-a dim">{move || terms.get().finishing_action(action)}</td>
            <th scope="row"><span class="med">{move || title.get()}</span></th>
            <td>
                <VerdictControl
                    label=name
                    value=Signal::derive(move || answer.get().map(verdict))
                    terse=true
                    disabled=Signal::derive(move || desk.closed.get().then(|| form.get().not_in_hand.to_owned()))
                    on_change=Callback::new(move |given: Option<Verdict>| {
                        answers.update(|answers| {
                            match given {
                                Some(given) => answers.insert(line.get_value(), finished(given)),
                                None => line.with_value(|line| answers.remove(line)),
                            };
                        });
                    })
                />
            </td>
        </tr>
    }
}

#[component]
fn Done(code: String, list: Vec<Finishing>, bound: Bound, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, terms, t) =
        (use_desk(), use_text::<BindingWords>(), use_text::<Terms>(), use_messages());
    let done = bound.done.clone();
    let shown = code.clone();
    let name = move || desk.bench.say(|_, wording| wording.item(&shown.as_str().into()));
    let mark = move || {
        view! {
            {done_mark(desk.bench, words.get().bound.to_owned(), &done)}
            <Show when=move || !desk.closed.get()>
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    icon=IconName::Fix
                    on_press=Callback::new(move |()| editing.set(true))
                >
                    {move || t.get().common.edit}
                </Button>
            </Show>
        }
    };
    let rows = list
        .into_iter()
        .map(|finishing| {
            let answer = bound.lines.get(&line_of(&finishing)).copied();
            let applies = answer != Some(Finished::NotApplicable);
            let piece = finishing.label.clone();
            view! {
                <tr class:dim=!applies>
                    <td class="c-a dim">{move || terms.get().finishing_action(finishing.action)}</td>
                    <th scope="row">{move || label(&piece, terms.locale())}</th>
                    <td>
                        <span class=if applies { "t-ok row sm" } else { "dim row sm" }>
                            <Icon name=if applies { IconName::StateDone } else { IconName::StateNone }/>
                            {move || answer.map(|answer| terms.get().finished(answer))}
                        </span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Section title=move || words.get().finishing code=code sub=name controls=mark>
            <table class="tbl fin stk">
                <FinishHead/>
                <tbody>{rows}</tbody>
            </table>
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_and_answers_are_the_same_thing() {
        for answer in [Finished::Done, Finished::AtFault, Finished::NotApplicable] {
            assert_eq!(finished(verdict(answer)), answer);
        }
    }
}
