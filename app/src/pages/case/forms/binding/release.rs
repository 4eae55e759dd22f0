//! The release: what must be so, how it leaves and to whom, and a question before it does.

use crate::components::segmented::Segment;
use crate::components::{Button, ButtonSize, ButtonVariant, Dialog, Icon, IconName, Segmented, State, Tag};
use crate::i18n::forms::binding::BindingWords;
use crate::i18n::terms::Terms;
use crate::i18n::{Localised, Messages, use_text};
use crate::keys::Shortcut;
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::{Submit, SubmitForm};
use crate::pages::case::forms::text_slot::TextSlot;
use crate::state::keyboard::use_keyboard;
use domain::case::Command;
use domain::case::command::ReleaseMethod;
use domain::case::list::open_lines;
use domain::post::Stage;
use leptos::prelude::*;

/// The name its draft is kept under.
const DRAFT: &str = "release";

/// How a policy may leave, in the order it is offered.
const METHODS: [ReleaseMethod; 4] =
    [ReleaseMethod::Counter, ReleaseMethod::Agent, ReleaseMethod::Post, ReleaseMethod::Electronic];

/// A condition of the release.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    /// Every finishing list is done; items that lack theirs.
    Bound(Vec<u8>),
    /// Every item is in force; items that are not.
    Effective(Vec<u8>),
    /// No major finding bars it; the steps concerned.
    Unbarred(Vec<Stage>),
}

impl Condition {
    fn holds(&self) -> bool {
        match self {
            Self::Bound(items) | Self::Effective(items) => items.is_empty(),
            Self::Unbarred(stages) => stages.is_empty(),
        }
    }
}

fn conditions(opened: &Opened) -> Vec<Condition> {
    let case = &opened.case;
    let unbound = open_lines(case, Stage::Binding, &opened.catalogue).iter().map(|line| line.item).collect();
    let pending = case.open_items().filter(|item| !item.core_effective()).map(|item| item.no).collect();
    let barred = case.bars.iter().map(|bar| bar.stage).collect();
    vec![Condition::Bound(unbound), Condition::Effective(pending), Condition::Unbarred(barred)]
}

/// The release of the case.
#[component]
pub fn ReleaseForm() -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<BindingWords>());
    let typed = desk.draft::<(Option<ReleaseMethod>, String)>(DRAFT, Default::default);
    let asking = RwSignal::new(false);
    let gate = desk.bench.of(conditions);
    let gate = Memo::new(move |_| gate.get().unwrap_or_default());
    let unmet = move || gate.with(|gate| gate.iter().filter(|one| !one.holds()).count());
    let submit = Submit::new(
        desk,
        move || {
            let (method, receiver) = typed.get();
            Some(Command::Release { method: method?, receiver: receiver.trim().to_owned() })
        },
        move || {
            let words = words.get();
            let (method, receiver) = typed.get();
            // What bars the release is said before what is still to be filled in.
            if unmet() > 0 {
                Some((words.unmet)(i64::try_from(unmet()).unwrap_or(i64::MAX)))
            } else if method.is_none() {
                Some(words.choose_method.to_owned())
            } else {
                receiver.trim().is_empty().then(|| words.no_receiver.to_owned())
            }
        },
    )
    .then(move || {
        desk.sent(DRAFT);
        asking.try_set(false);
    });
    // The question stands before the release: the form asks it, the dialog submits.
    let ask = move || {
        if untrack(|| submit.why_not()).is_some() {
            submit.show_faults();
        } else {
            asking.set(true);
        }
    };
    use_keyboard().on_shortcut(move |shortcut| {
        let meant = shortcut == Shortcut::Pass && !desk.closed.get_untracked();
        if meant {
            ask();
        }
        meant
    });
    let mark = move || match unmet() {
        0 => view! { <Tag state=State::Ok icon=IconName::StateDone>{words.get().ready}</Tag> }.into_any(),
        n => view! {
            <Tag state=State::Over icon=IconName::StateCross>
                {(words.get().unmet)(i64::try_from(n).unwrap_or(i64::MAX))}
            </Tag>
        }
        .into_any(),
    };
    let methods = Signal::derive(move || {
        let terms = Terms::in_locale(words.locale());
        METHODS
            .iter()
            .map(|method| Segment::new(Some(*method), terms.release_method(*method)))
            .collect::<Vec<_>>()
    });
    let disabled = Signal::derive(move || submit.why_not());
    view! {
        <Section title=move || words.get().release controls=mark>
            <SubmitForm submit=submit.asking(Callback::new(move |()| ask())) label=move || words.get().release>
                <ul class="rules wide">
                    {move || gate.get().into_iter().map(|one| view! { <OneCondition condition=one/> }).collect_view()}
                </ul>
                <div
                    class="field"
                    style:--n="6"
                    style:--m="12"
                    data-fault=move || (submit.tried() && typed.with(|typed| typed.0.is_none())).then_some("")
                >
                    <span class="lbl">{move || words.get().method}</span>
                    <Segmented
                        label=move || words.get().method
                        segments=methods
                        value=Signal::derive(move || typed.with(|typed| typed.0))
                        on_change=Callback::new(move |method: Option<ReleaseMethod>| {
                            if !desk.closed.get_untracked() {
                                typed.update(|typed| typed.0 = method);
                            }
                        })
                    />
                </div>
                <TextSlot
                    label=move || words.get().receiver
                    value=Signal::derive(move || typed.with(|typed| typed.1.clone()))
                    on_input=Callback::new(move |text| typed.update(|typed| typed.1 = text))
                    submit=submit
                    pointer="/release/receiver"
                    hint=Signal::derive(move || Some(words.get().receiver_hint.to_owned()))
                    span=6
                />
                <div class="wide acts">
                    <span
                        class="act"
                        on:click:capture=move |_| {
                            if disabled.with_untracked(Option::is_some) {
                                submit.show_faults();
                            }
                        }
                    >
                        <Button
                            variant=ButtonVariant::Primary
                            icon=IconName::Out
                            shortcut=Shortcut::Pass
                            busy=desk.bench.busy
                            disabled=disabled
                            on_press=Callback::new(move |()| ask())
                        >
                            {move || words.get().release}
                        </Button>
                    </span>
                </div>
            </SubmitForm>
        </Section>
        <Asking typed=typed submit=submit asking=asking/>
    }
}

/// One condition: that it holds, or what is missing.
#[component]
fn OneCondition(condition: Condition) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<BindingWords>());
    let holds = condition.holds();
    let title = {
        let condition = condition.clone();
        move || match condition {
            Condition::Bound(_) => words.get().gate_bound,
            Condition::Effective(_) => words.get().gate_effective,
            Condition::Unbarred(_) => words.get().gate_no_bar,
        }
    };
    let detail = move || match &condition {
        _ if condition.holds() => None,
        Condition::Bound(items) | Condition::Effective(items) => {
            let names = desk.bench.say(|opened, wording| {
                let names: Vec<String> = items
                    .iter()
                    .filter_map(|no| opened.case.item(*no))
                    .map(|item| wording.item(&item.code))
                    .collect();
                wording.list(&names)
            });
            Some((words.get().to_do)(&names))
        }
        Condition::Unbarred(stages) => {
            let names = desk.bench.say(|_, wording| {
                let posts = Messages::in_locale(wording.locale).post;
                wording.list(&stages.iter().map(|stage| posts.stage(*stage).to_owned()).collect::<Vec<_>>())
            });
            Some((words.get().gate_barred)(&names))
        }
    };
    view! {
        <li data-s=if holds { "ok" } else { "over" }>
            <Icon name=if holds { IconName::StateDone } else { IconName::StateCross }/>
            <div>
                <b class="med">{title}</b>
                {move || detail().map(|text| view! { <small>{text}</small> })}
            </div>
        </li>
    }
}

/// The question before the release: it repeats what will happen.
#[component]
fn Asking(
    typed: RwSignal<(Option<ReleaseMethod>, String)>,
    submit: Submit,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<BindingWords>());
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let title = move || {
        let number = desk.bench.say(|opened, _| opened.case.number.clone());
        (words.get().confirm_title)(&number)
    };
    let close = Callback::new(move |()| asking.set(false));
    let what = move || {
        desk.bench.say(|opened, wording| {
            let names: Vec<String> = opened.case.open_items().map(|item| wording.item(&item.code)).collect();
            (words.get().confirm_what)(number(names.len()), &wording.list(&names))
        })
    };
    let how = move || {
        let (method, receiver) = typed.get();
        let method = method.map_or("", |method| Terms::in_locale(words.locale()).release_method(method));
        (words.get().confirm_how)(method, receiver.trim())
    };
    let papers = move || {
        desk.bench.say(|opened, _| {
            let back: usize = opened
                .case
                .materials
                .iter()
                .filter(|material| material.return_to_customer)
                .map(|material| usize::from(material.copies))
                .sum();
            (words.get().confirm_papers)(number(back))
        })
    };
    let foot = move || {
        view! {
            <Button on_press=close>{move || words.get().not_yet}</Button>
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Normal
                icon=IconName::Out
                shortcut=Shortcut::Submit
                busy=desk.bench.busy
                disabled=Signal::derive(move || submit.why_not())
                on_press=Callback::new(move |()| submit.run())
            >
                {move || words.get().release}
            </Button>
        }
    };
    use_keyboard().on_shortcut(move |shortcut| {
        let meant = shortcut == Shortcut::Submit && asking.get_untracked();
        if meant {
            submit.run();
        }
        meant
    });
    view! {
        <Dialog open=asking title=title on_close=close foot=foot>
            <p class="med">{what}</p>
            <p>{how}</p>
            <p>{papers}</p>
            <p class="t-over row">
                <Icon name=IconName::StateOver/>
                {move || words.get().confirm_end}
            </p>
        </Dialog>
    }
}
