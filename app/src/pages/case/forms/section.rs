//! Sections of a stage form, and how far its list is.

use crate::components::{Icon, IconName, State, Tag};
use crate::i18n::forms::FormWords;
use crate::i18n::terms::Terms;
use crate::i18n::{Localised, use_text};
use crate::pages::case::bench::{Bench, Opened};
use crate::pages::case::desk::use_desk;
use domain::case::item::Done;
use domain::case::list::{ListLine, is_done, lines_of};
use domain::post::Stage;
use leptos::prelude::*;

/// A section: its head, what it holds, and the acts at its end.
#[component]
pub fn Section(
    /// What it holds; nothing where its head says all.
    #[prop(optional)]
    children: Option<Children>,
    /// What it is.
    #[prop(into)]
    title: TextProp,
    /// Code of the item it is about.
    #[prop(optional)]
    code: Option<String>,
    /// What is said beside its title.
    #[prop(optional, into)]
    sub: Option<TextProp>,
    /// How it stands, and its controls, at the right of its head.
    #[prop(optional, into)]
    controls: Option<ViewFn>,
) -> impl IntoView {
    view! {
        <section>
            <h2 class="sec">
                {code.map(|code| view! { <span class="dim sm">{code}</span> })}
                {move || title.get()}
                {sub.map(|sub| view! { <span class="sub">{move || sub.get()}</span> })}
                <span class="push"></span>
                {controls.map(|controls| controls.run())}
            </h2>
            {children.map(|children| children())}
        </section>
    }
}

/// A mark that a section is done, with who did it and when.
pub fn done_mark(bench: Bench, words: String, done: &Done) -> AnyView {
    let by = bench.say(|_, wording| {
        let t = FormWords::in_locale(wording.locale);
        (t.done_by)(&wording.by(&done.by), &crate::format::moment(done.at, bench.clock().now()))
    });
    view! {
        <Tag state=State::Ok icon=IconName::StateDone>{words}</Tag>
        <span class="sub">{by}</span>
    }
    .into_any()
}

/// How many items have each line of the stage's list behind them.
fn steps_of(opened: &Opened, stage: Stage) -> Vec<(ListLine, usize, usize)> {
    let items: Vec<_> = opened.case.open_items().collect();
    lines_of(stage)
        .iter()
        .map(|line| {
            let done = items.iter().filter(|item| is_done(item, *line, &opened.catalogue)).count();
            (*line, done, items.len())
        })
        .collect()
}

/// The stage's list as a row of steps.
#[component]
pub fn Steps(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let (desk, words, terms) = (use_desk(), use_text::<FormWords>(), use_text::<Terms>());
    let steps = desk.bench.of(move |opened| steps_of(opened, stage));
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    view! {
        <ol class="steps" aria-label=move || words.get().steps>
            {move || {
                steps
                    .get()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|(line, done, of)| {
                        let complete = done == of;
                        let count = (words.get().step_of)(number(done), number(of));
                        view! {
                            <li data-s=complete.then_some("ok")>
                                <Icon name=if complete { IconName::StateDone } else { IconName::StateOk }/>
                                {terms.get().list_line(line)}
                                <span class="dim">{count}</span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ol>
    }
}
