//! Which step of which case is checked.

use super::Side;
use super::sheet::use_sheet;
use crate::components::{Button, ButtonSize, IconName, State, Tag};
use crate::format::{count, moment};
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::checks::sample_verdict;
use crate::routes::case_path;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use leptos::prelude::*;

/// Number, marks, the panes that have no room, and the facts of the step.
#[component]
pub fn Head() -> impl IntoView {
    let (t, words, sheet) = (use_messages(), use_text::<Words>(), use_sheet());
    let (locale, clock, session) = (use_locale(), use_clock(), use_session());
    let side = expect_context::<RwSignal<Side>>();
    let number = move || sheet.view.with(|view| view.row.number.clone());
    let items = move || {
        sheet.worded(|view, wording| {
            let names: Vec<String> = view.row.items.iter().map(|item| wording.item(item)).collect();
            wording.list(&names)
        })
    };
    let marks = move || {
        let words = words.get();
        sheet.view.with(|view| {
            let second = view.row.second_of.is_some().then(|| {
                view! { <Tag state=State::Over icon=IconName::StateBack>{words.second}</Tag> }
            });
            view! { {sample_verdict(&view.row, words)} {second} }
        })
    };
    let stage = move || sheet.view.with(|view| t.get().post.stage(view.row.stage));
    let round = move || sheet.view.with(|view| (words.get().round)(view.row.round.into()));
    let operator = move || sheet.view.with(|view| session.name(&view.row.operator, &view.names));
    let finished = move || sheet.view.with(|view| moment(view.row.finished_at, clock.now()));
    let unit = move || {
        sheet.view.with(|view| unit_name(session.unit(&view.row.unit).as_ref(), &view.row.unit, locale.get()))
    };
    let pi = move || {
        sheet.view.with(|view| match view.row.pi {
            Some((drawn, of)) => (words.get().pi)(&count(drawn.into()), &count(of.into())),
            None => words.get().no_pi.to_owned(),
        })
    };
    let policy = move || sheet.view.with(|view| view.case.registration.policy.policy_no.to_string());
    let position = move || {
        sheet
            .position()
            .map(|(at, of)| view! { <span class="dim sm nw">{(words.get().position)(at, of)}</span> })
    };
    let out = move |which: Side| Callback::new(move |()| side.set(which));
    view! {
        <header class="bar">
            <h1 class="nw">
                <a
                    href=move || sheet.view.with(|view| case_path(view.row.case))
                    data-tip=move || words.get().open_case
                >
                    {number}
                </a>
            </h1>
            <span class="med ell" data-tip=items>{items}</span>
            {marks}
            <span class="push"></span>
            <span class="nar">
                <Button size=ButtonSize::Small popup="dialog" on_press=out(Side::Step)>
                    {move || words.get().step_pane}
                </Button>
            </span>
            <span class="nar">
                <Button size=ButtonSize::Small popup="dialog" on_press=out(Side::Result)>
                    {move || words.get().side_pane}
                </Button>
            </span>
            {position}
        </header>
        <dl class="fstrip">
            <div>
                <dt>{move || words.get().step}</dt>
                <dd>{stage} " " <span class="dim">{round}</span></dd>
            </div>
            <div>
                <dt>{move || words.get().operator}</dt>
                <dd>{operator}</dd>
            </div>
            <div>
                <dt>{move || words.get().finished_at}</dt>
                <dd>{finished}</dd>
            </div>
            <div>
                <dt>{move || words.get().unit}</dt>
                <dd>{unit}</dd>
            </div>
            <div>
                <dt>{move || words.get().policy}</dt>
                <dd>{policy}</dd>
            </div>
            <div>
                <dt>{move || words.get().probability}</dt>
                <dd>{pi}</dd>
            </div>
        </dl>
    }
}
