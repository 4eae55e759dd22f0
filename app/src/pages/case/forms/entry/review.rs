//! The review of time, content, material and identity, with the way on where a line is at fault.

use super::evidence::{Evidence, Part, evidence};
use crate::components::{Button, ButtonSize, ButtonVariant, IconName, Keys, VerdictControl};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::entry::EntryWords;
use crate::i18n::{use_messages, use_text};
use crate::keys::{Shortcut, Verdict};
use crate::pages::case::desk::{Desk, use_desk};
use crate::pages::case::forms::section::{Section, done_mark};
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::state::keyboard::use_keyboard;
use domain::case::Command;
use domain::case::item::{Done, ReviewLines};
use domain::post::Stage;
use leptos::prelude::*;

/// The answers of the review, in the order of [`Part::ALL`].
type Answers = [Option<bool>; 4];

/// The name its draft is kept under.
const DRAFT: &str = "review";

/// The review: open while an item lacks it, else a line that it is done.
#[component]
pub fn Review() -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<EntryWords>());
    // Done for the case when it is done for every item.
    let done = desk.bench.of(|opened| {
        let reviews: Vec<Option<Done>> = opened.case.open_items().map(|item| item.review.clone()).collect();
        reviews
            .into_iter()
            .collect::<Option<Vec<Done>>>()
            .and_then(|reviews| reviews.into_iter().max_by_key(|done| done.at))
    });
    move || match done.get().flatten() {
        Some(done) => {
            let mark = move || done_mark(desk.bench, words.get().review_done.to_owned(), &done);
            view! {
                <Section title=move || words.get().review controls=mark/>
            }
            .into_any()
        }
        None => view! { <OpenReview/> }.into_any(),
    }
}

#[component]
fn OpenReview() -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<EntryWords>());
    let answers = desk.draft::<Answers>(DRAFT, Answers::default);
    let seen = Memo::new(move |_| {
        let locale = desk.bench.locale();
        let now = desk.bench.clock().exact();
        desk.bench
            .opened
            .with(|opened| opened.as_deref().map(|opened| evidence(opened, &opened.wording(locale), now)))
    });
    // A shortfall speaks for itself: its line is at fault whatever is answered.
    let judged = Memo::new(move |_| {
        let answers = answers.get();
        let against = seen.with(|seen| {
            seen.as_ref().map_or([false; 4], |seen| seen.each_ref().map(|one| !one.against.is_empty()))
        });
        std::array::from_fn::<Option<bool>, 4, _>(|i| if against[i] { Some(false) } else { answers[i] })
    });
    let unanswered = move || judged.get().iter().filter(|answer| answer.is_none()).count();
    let at_fault = move || judged.get().iter().filter(|answer| **answer == Some(false)).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let submit = Submit::new(
        desk,
        move || {
            let [time, content, material, identity] = judged.get().map(|answer| answer == Some(true));
            Some(Command::CompleteReview { lines: ReviewLines { time, content, material, identity } })
        },
        move || match unanswered() {
            0 => None,
            n => Some((words.get().unanswered)(number(n))),
        },
    )
    .then(move || desk.sent(DRAFT));
    hear_verdicts(desk, answers, judged);
    let keys = move || {
        view! {
            <span class="sub row keys">
                <Keys of=Shortcut::Judge(Verdict::Conforms)/>
                <Keys of=Shortcut::Judge(Verdict::DoesNot)/>
                {move || words.get().judge}
            </span>
        }
    };
    let line = move |index: usize, part: Part| {
        let own = Signal::derive(move || seen.with(|seen| seen.as_ref().map(|seen| seen[index].clone())));
        view! {
            <Line
                no=index + 1
                part=part
                evidence=own
                answer=Signal::derive(move || judged.get()[index])
                missing=Signal::derive(move || submit.tried() && judged.get()[index].is_none())
                on_answer=Callback::new(move |answer: Option<bool>| answers.update(|answers| answers[index] = answer))
            />
        }
    };
    view! {
        <Section
            title=move || words.get().review
            sub=move || (words.get().review_sub)(number(at_fault()))
            controls=keys
        >
            <SubmitForm submit=submit label=move || words.get().review>
                <ul class="pts rev wide">
                    {Part::ALL.into_iter().enumerate().map(|(index, part)| line(index, part)).collect_view()}
                </ul>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().review_done}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

/// 1 and 2 answer the first line without an answer while nothing else has focus.
fn hear_verdicts(desk: Desk, answers: RwSignal<Answers>, judged: Memo<Answers>) {
    use_keyboard().on_shortcut(move |shortcut| {
        let Shortcut::Judge(verdict) = shortcut else { return false };
        let answer = match verdict {
            Verdict::Conforms => true,
            Verdict::DoesNot => false,
            Verdict::NotApplicable => return false,
        };
        if desk.closed.get_untracked() {
            return false;
        }
        let Some(first) = judged.get_untracked().iter().position(Option::is_none) else { return false };
        answers.update(|answers| answers[first] = Some(answer));
        true
    });
}

#[component]
fn Line(
    no: usize,
    part: Part,
    evidence: Signal<Option<Evidence>>,
    answer: Signal<Option<bool>>,
    missing: Signal<bool>,
    on_answer: Callback<Option<bool>>,
) -> impl IntoView {
    let (desk, words, form, t) =
        (use_desk(), use_text::<EntryWords>(), use_text::<FormWords>(), use_messages());
    let against = Memo::new(move |_| {
        evidence.with(|one| one.as_ref().map(|one| one.against.clone()).unwrap_or_default())
    });
    let fixed = move || !against.with(Vec::is_empty);
    let why = Signal::derive(move || {
        if desk.closed.get() {
            Some(form.get().not_in_hand.to_owned())
        } else {
            fixed().then(|| against.with(|against| desk.bench.say(|_, wording| wording.list(against))))
        }
    });
    let value = Signal::derive(move || {
        answer.get().map(|holds| if holds { Verdict::Conforms } else { Verdict::DoesNot })
    });
    view! {
        <li data-fault=move || missing.get().then_some("")>
            <span class="dim no">{no}</span>
            <span class="tx">
                <b>{move || part.name(words.get())}</b>
                {move || {
                    if fixed() {
                        let lines = against.get().into_iter().map(|line| view! { <span class="t-over">{line}</span> });
                        lines.collect_view().into_any()
                    } else {
                        let seen = evidence.with(|one| one.as_ref().map(|one| one.seen.clone()));
                        view! { <span class="mut">{seen}</span> }.into_any()
                    }
                }}
            </span>
            <VerdictControl
                label=move || part.name(words.get())
                value=value
                terse=true
                two=true
                disabled=why
                on_change=Callback::new(move |verdict: Option<Verdict>| {
                    on_answer.run(verdict.map(|verdict| verdict == Verdict::Conforms));
                })
            />
            <Show when=move || answer.get() == Some(false) && !desk.closed.get()>
                <div class="wayo row wrap">
                    <span class="dim sm">{move || form.get().way_on}</span>
                    <Button
                        size=ButtonSize::Small
                        variant=ButtonVariant::Return
                        icon=IconName::Return
                        on_press=Callback::new(move |()| desk.ways.ask_return.set(Some(Stage::Intake)))
                    >
                        {move || (words.get().return_to)(t.get().post.stage(Stage::Intake))}
                    </Button>
                    <Button
                        size=ButtonSize::Small
                        on_press=Callback::new(move |()| desk.ways.ask_decline.set(true))
                    >
                        {move || words.get().propose}
                    </Button>
                    <span class="dim sm">{move || words.get().mend_hint}</span>
                </div>
            </Show>
        </li>
    }
}
