//! Preparation before the change: each line with its finding and where that comes from.

use crate::components::segmented::Segment;
use crate::components::{Button, ButtonSize, ButtonVariant, Icon, IconName, Segmented, State, Tag};
use crate::format::amount;
use crate::i18n::forms::FormWords;
use crate::i18n::forms::servicing::ServicingWords;
use crate::i18n::terms::Terms;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::desk::{Desk, use_desk};
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use domain::case::Command;
use domain::case::item::{PreparationAnswer, PreparationLine, PreparationSource, Prepared};
use domain::policy::PolicyFacts;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What is answered so far.
type Answers = BTreeMap<PreparationLine, (Option<PreparationAnswer>, Option<PreparationSource>)>;

/// Lines with both answers.
fn complete(answers: &Answers) -> BTreeMap<PreparationLine, Prepared> {
    answers
        .iter()
        .filter_map(|(line, (answer, source))| {
            Some((*line, Prepared { answer: (*answer)?, source: (*source)? }))
        })
        .collect()
}

/// Answers a line; one without a source takes that of the line before it, which is mostly the same look-up.
fn answer(answers: &mut Answers, line: PreparationLine, with: PreparationAnswer) {
    let before = PreparationLine::ALL
        .into_iter()
        .take_while(|other| *other != line)
        .filter_map(|other| answers.get(&other).and_then(|(_, source)| *source))
        .last();
    let own = answers.entry(line).or_default();
    own.0 = Some(with);
    own.1 = own.1.or(before);
}

/// What the registration says of a line, as an amount or as there or not; none where it says nothing.
fn registered(policy: &PolicyFacts, line: PreparationLine, words: &ServicingWords) -> Option<String> {
    let flag = |there: bool| if there { words.present } else { words.nothing }.to_owned();
    let owed = |minor: i64| if minor > 0 { amount(minor) } else { words.nothing.to_owned() };
    Some(match line {
        PreparationLine::Loan => owed(policy.loan.minor),
        PreparationLine::Apl => owed(policy.apl.minor),
        PreparationLine::Arrears => owed(policy.arrears.minor),
        PreparationLine::Claim => flag(policy.open_claim),
        PreparationLine::Freeze => flag(policy.frozen),
        PreparationLine::LossReport => flag(policy.loss_reported),
        PreparationLine::Referrals | PreparationLine::Approvals => return None,
    })
}

/// The preparation of an item: open while it lacks one, or while it is changed.
#[component]
pub fn Preparation(
    /// Its number.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let done = desk.bench.of(move |opened| opened.case.item(no).and_then(|item| item.preparation.clone()));
    let editing = RwSignal::new(false);
    move || match done.get().flatten() {
        Some(lines) if !editing.get() => view! { <Done lines=lines editing=editing/> }.into_any(),
        lines => view! { <Open no=no lines=lines.unwrap_or_default() editing=editing/> }.into_any(),
    }
}

#[component]
fn Open(no: u8, lines: BTreeMap<PreparationLine, Prepared>, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<ServicingWords>(), use_text::<FormWords>());
    let part = format!("prepare-{no}");
    let answers = desk.draft::<Answers>(&part, || {
        lines.iter().map(|(line, prepared)| (*line, (Some(prepared.answer), Some(prepared.source)))).collect()
    });
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let answered = move || answers.with(|answers| complete(answers).len());
    let all = PreparationLine::ALL.len();
    let submit = Submit::new(
        desk,
        move || Some(Command::CompletePreparation { item: no, lines: answers.with(complete) }),
        move || match all - answered() {
            0 => None,
            n => Some((words.get().unanswered)(number(n))),
        },
    )
    .then(move || {
        desk.sent(&part);
        editing.try_set(false);
    });
    let controls = move || {
        editing.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    on_press=Callback::new(move |()| editing.set(false))
                >
                    {move || form.get().keep}
                </Button>
            }
        })
    };
    view! {
        <Section
            title=move || words.get().preparation
            sub=move || (words.get().answered_of)(number(answered()), number(all))
            controls=controls
        >
            <SubmitForm submit=submit label=move || words.get().preparation>
                <table class="tbl prep wide">
                    <caption class="vh">{move || words.get().preparation}</caption>
                    <thead class="vh">
                        <tr>
                            <th scope="col">{move || words.get().line}</th>
                            <th scope="col">{move || words.get().answer}</th>
                            <th scope="col">{move || words.get().source}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {PreparationLine::ALL
                            .into_iter()
                            .map(|line| view! { <Line line=line answers=answers submit=submit/> })
                            .collect_view()}
                    </tbody>
                </table>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().prepare}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

#[component]
fn Line(line: PreparationLine, answers: RwSignal<Answers>, submit: Submit) -> impl IntoView {
    let (desk, words, terms) = (use_desk(), use_text::<ServicingWords>(), use_text::<Terms>());
    let own = Memo::new(move |_| answers.with(|answers| answers.get(&line).copied().unwrap_or_default()));
    let offered: &[PreparationAnswer] = if line.only_not_needed() {
        &[PreparationAnswer::NotNeeded]
    } else {
        &[PreparationAnswer::None, PreparationAnswer::Present]
    };
    let sources = [PreparationSource::Core, PreparationSource::Facts, PreparationSource::Desk];
    let name = move || terms.get().preparation_line(line);
    let findings = Signal::derive(move || {
        let terms = terms.get();
        offered.iter().map(|one| Segment::new(Some(*one), terms.preparation_answer(*one))).collect::<Vec<_>>()
    });
    let origins = Signal::derive(move || {
        let terms = terms.get();
        sources.iter().map(|one| Segment::new(Some(*one), terms.preparation_source(*one))).collect::<Vec<_>>()
    });
    let hint = move || {
        let said = desk.bench.opened.with(|opened| {
            let policy = &opened.as_ref()?.case.registration.policy;
            registered(policy, line, words.get())
        })?;
        Some((words.get().registered)(&said))
    };
    let missing = move |given: bool| (submit.tried() && !given).then_some("");
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-fault=move || missing(own.get().0.is_some())>
                <Segmented
                    label=name
                    segments=findings
                    value=Signal::derive(move || own.get().0)
                    small=true
                    on_change=Callback::new(move |chosen: Option<PreparationAnswer>| {
                        if let Some(chosen) = chosen.filter(|_| !desk.closed.get_untracked()) {
                            answers.update(|answers| answer(answers, line, chosen));
                        }
                    })
                />
                <span class="dim sm reg">{hint}</span>
            </td>
            <td data-fault=move || missing(own.get().1.is_some())>
                <Segmented
                    label=move || words.get().source
                    segments=origins
                    value=Signal::derive(move || own.get().1)
                    small=true
                    on_change=Callback::new(move |chosen: Option<PreparationSource>| {
                        if !desk.closed.get_untracked() {
                            answers.update(|answers| answers.entry(line).or_default().1 = chosen);
                        }
                    })
                />
            </td>
        </tr>
    }
}

#[component]
fn Done(lines: BTreeMap<PreparationLine, Prepared>, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, terms): (Desk, _, _) = (use_desk(), use_text::<ServicingWords>(), use_text::<Terms>());
    let t = use_messages();
    let controls = move || {
        view! {
            <Tag state=State::Ok icon=IconName::StateDone>{move || words.get().prepared}</Tag>
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
    let rows = lines
        .into_iter()
        .map(|(line, prepared)| {
            let present = prepared.answer == PreparationAnswer::Present;
            let (class, icon) =
                if present { ("t-soon", IconName::StateSoon) } else { ("t-ok", IconName::StateDone) };
            view! {
                <tr>
                    <th scope="row">{move || terms.get().preparation_line(line)}</th>
                    <td>
                        <span class="row">
                            <span class=class><Icon name=icon/></span>
                            {move || terms.get().preparation_answer(prepared.answer)}
                        </span>
                    </td>
                    <td class="dim sm">{move || terms.get().preparation_source(prepared.source)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Section title=move || words.get().preparation controls=controls>
            <table class="tbl prep">
                <caption class="vh">{move || words.get().preparation}</caption>
                <tbody>{rows}</tbody>
            </table>
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_takes_the_source_of_the_line_before_it_unless_it_has_its_own() {
        let mut answers = Answers::new();
        answer(&mut answers, PreparationLine::Loan, PreparationAnswer::None);
        assert!(complete(&answers).is_empty());
        answers.entry(PreparationLine::Loan).or_default().1 = Some(PreparationSource::Core);
        answer(&mut answers, PreparationLine::Apl, PreparationAnswer::Present);
        answers.entry(PreparationLine::Claim).or_default().1 = Some(PreparationSource::Desk);
        answer(&mut answers, PreparationLine::Claim, PreparationAnswer::None);
        answer(&mut answers, PreparationLine::Arrears, PreparationAnswer::None);
        let sources: Vec<_> = complete(&answers).values().map(|prepared| prepared.source).collect();
        let core = PreparationSource::Core;
        assert_eq!(sources, [core, core, core, PreparationSource::Desk]);
    }
}
