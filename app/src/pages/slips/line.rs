//! One case on a slip: its state, the pages counted, a difference.

use super::count::Standing;
use super::receive::{Receiving, receive_all};
use super::slip::Bench;
use crate::components::focus::{give, members};
use crate::components::{
    Button, ButtonSize, ButtonVariant, Field, Icon, IconName, State, Tag, TextArea, TextInput,
};
use crate::format::{moment, short_number};
use crate::i18n::slips::SlipWords;
use crate::i18n::wording::Wording;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::catalogue::{items_name, use_catalogue, use_item_names};
use crate::routes::case_path;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::slip::{LineKey, LineState, SlipLine};
use domain::case::Command;
use leptos::prelude::*;
use leptos::{ev, html};
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What stands below a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    /// Nothing: it is settled, or another line is being counted.
    Nothing,
    /// The papers, counted after so many counts that differed.
    Papers {
        /// Differing counts so far.
        count: u8,
    },
    /// The difference to report.
    Difference,
}

/// One case on the slip.
#[component]
pub fn Line(key: LineKey) -> impl IntoView {
    let (case, _) = key;
    let (t, words, locale) = (use_messages(), use_text::<SlipWords>(), use_locale());
    let names = use_item_names();
    let bench = expect_context::<Bench>();
    let line = Memo::new(move |_| bench.lines().into_iter().find(|line| line.key() == key));
    let standing = Memo::new(move |_| {
        let counts = bench.counts.get();
        line.get().map(|line| counts.standing(&line))
    });
    let now = Memo::new(move |_| bench.at.get() == Some(key));
    // What stands below the line changes with the count that is due, never with what is typed for it: inputs made anew
    // under the hand lose focus, selection and what is half typed.
    let below = Memo::new(move |_| {
        if !bench.receives.get() || bench.is_transfer() {
            return Below::Nothing;
        }
        match standing.get() {
            Some(Standing::Differs) => Below::Difference,
            Some(Standing::ToCount | Standing::Counting { .. } | Standing::Complete) if now.get() => {
                Below::Papers { count: line.with(|line| line.as_ref().map_or(0, |line| line.counts)) }
            }
            _ => Below::Nothing,
        }
    });
    let items = move || {
        line.get().map_or_else(String::new, |line| {
            items_name(names.get().as_deref(), &line.items, t.get(), locale.get())
        })
    };
    let number = line.get_untracked().map(|line| line.number).unwrap_or_default();
    let kinds = move || {
        let n = line.get().map_or(0, |line| line.materials.len());
        (words.get().kinds)(i64::try_from(n).unwrap_or(i64::MAX))
    };
    let counted = move || match standing.get() {
        Some(Standing::Counting { done, all }) => {
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            (words.get().of_kinds)(number(done), number(all))
        }
        Some(Standing::Complete | Standing::Settled(LineState::Confirmed)) => {
            let pages: i64 = line.get().map_or(0, |line| {
                let stated: i64 = line.materials.iter().filter_map(|m| m.pages).map(i64::from).sum();
                let typed: Option<Vec<u16>> = bench.counts.with(|counts| counts.complete(&line));
                typed.map_or(stated, |typed| typed.into_iter().map(i64::from).sum())
            });
            crate::format::count(pages)
        }
        _ => t.get().common.empty_value.to_owned(),
    };
    let toggle = move |_| bench.at.update(|at| *at = if *at == Some(key) { None } else { Some(key) });
    view! {
        <tr
            class=move || if now.get() { "now" } else { "" }
            data-s=move || (standing.get() == Some(Standing::Differs)).then_some("over")
            on:click=toggle
        >
            <td class="med c-no">
                <a href=case_path(case) data-tip=number.clone()>{short_number(&number).to_owned()}</a>
            </td>
            <td class="c-it ell" data-tip=items>{items}</td>
            <td class="dim c-pol">{move || line.get().map(|line| line.policy_no)}</td>
            <td class="num c-k">{kinds}</td>
            <td class="num c-pg mut">{counted}</td>
            <td class="c-rs"><Result line=line standing=standing/></td>
        </tr>
        {move || match below.get() {
            Below::Nothing => ().into_any(),
            Below::Papers { .. } => view! { <Papers line=line/> }.into_any(),
            Below::Difference => view! { <Difference line=line/> }.into_any(),
        }}
    }
}

/// What became of it, or what can be done.
#[component]
fn Result(line: Memo<Option<SlipLine>>, standing: Memo<Option<Standing>>) -> impl IntoView {
    let (words, clock, session) = (use_text::<SlipWords>(), use_clock(), use_session());
    let bench = expect_context::<Bench>();
    let act = receive_all(bench);
    let gives = Memo::new(move |_| {
        let person = session.person();
        line.get().is_some_and(|line| {
            line.state == LineState::Open
                && line.counts < 2
                && person.is_some_and(|person| person.id == line.giver || person.role.leads())
                && !bench.receives.get()
        })
    });
    view! {
        {move || {
            let w = words.get();
            let line = line.get()?;
            Some(match standing.get()? {
                Standing::ToCount if line.counts == 1 => {
                    view! { <Tag state=State::Soon icon=IconName::StateSoon>{w.first_differs}</Tag> }
                        .into_any()
                }
                Standing::ToCount => view! { <span class="dim sm">{w.to_count}</span> }.into_any(),
                Standing::Counting { .. } => {
                    view! { <Tag state=State::Accent>{w.counting}</Tag> }.into_any()
                }
                Standing::Complete => {
                    view! { <Tag state=State::Accent icon=IconName::StateDone>{w.complete}</Tag> }
                        .into_any()
                }
                Standing::Differs => {
                    view! { <Tag state=State::Over icon=IconName::StateCross>{w.both_differ}</Tag> }
                        .into_any()
                }
                Standing::Settled(LineState::Confirmed) if line.is_own() => {
                    let at = line.settled_at.map(|at| moment(at, clock.now())).unwrap_or_default();
                    view! {
                        <Tag state=State::Soon icon=IconName::StateSoon>{(w.own_receipt)(&at)}</Tag>
                    }
                        .into_any()
                }
                Standing::Settled(LineState::Confirmed) => {
                    let at = line.settled_at.map(|at| moment(at, clock.now())).unwrap_or_default();
                    view! {
                        <span class="row t-ok sm">
                            <Icon name=IconName::StateDone/>
                            {(w.confirmed)(&at)}
                        </span>
                    }
                        .into_any()
                }
                Standing::Settled(LineState::Different) => {
                    let why = line.difference.clone().unwrap_or_default();
                    view! {
                        <span class="row t-over sm" data-tip=why>
                            <Icon name=IconName::StateCross/>
                            {w.different}
                        </span>
                    }
                        .into_any()
                }
                Standing::Settled(_) => view! { <span class="dim sm">{w.withdrawn}</span> }.into_any(),
            })
        }}
        {move || {
            let key = line.get()?.key();
            gives
                .get()
                .then(|| {
                    view! {
                        <Button
                            size=ButtonSize::Small
                            icon=IconName::Undo
                            on_press=Callback::new(move |()| {
                                act.run(Receiving::One(key, Command::TakeBack {}));
                            })
                        >
                            {move || words.get().take_back}
                        </Button>
                    }
                })
        }}
    }
}

/// The pages of each material, typed unseen.
#[component]
fn Papers(line: Memo<Option<SlipLine>>) -> impl IntoView {
    let materials = line.get_untracked().map(|line| line.materials.len()).unwrap_or_default();
    // Enter goes to the next paper, and from the last to where the next case is scanned.
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() != "Enter" || event.is_composing() || event.ctrl_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        let list = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let order = list.map(|list| members(&list, "input")).unwrap_or_default();
        let active = crate::components::focus::active();
        let at = order.iter().position(|input| active.as_ref() == Some(input));
        let scan = || document().query_selector("[data-scan]").ok().flatten()?.dyn_into::<HtmlElement>().ok();
        if let Some(next) = at.and_then(|at| order.get(at + 1).cloned().or_else(scan)) {
            give(&next);
        }
    };
    view! {
        <tr class="now exp">
            <td colspan="6">
                <ul class="papers" on:keydown=keys>
                    {(0..materials).map(|index| view! { <Paper line=line index=index/> }).collect_view()}
                </ul>
            </td>
        </tr>
    }
}

#[component]
fn Paper(line: Memo<Option<SlipLine>>, index: usize) -> impl IntoView {
    let (words, locale, catalogue) = (use_text::<SlipWords>(), use_locale(), use_catalogue());
    let bench = expect_context::<Bench>();
    let name = Memo::new(move |_| {
        let (catalogue, names) = (catalogue.get(), BTreeMap::new());
        let wording = Wording { locale: locale.get(), names: &names, catalogue: catalogue.as_deref() };
        let kind = line.get().and_then(|line| line.materials.get(index).map(|one| one.kind.clone()));
        kind.map_or_else(String::new, |kind| wording.material(&kind))
    });
    let value = Signal::derive(move || {
        line.get().map_or_else(String::new, |line| bench.counts.with(|counts| counts.pages(&line, index)))
    });
    let input = NodeRef::<html::Input>::new();
    // Counting begins at the first paper that is not counted.
    Effect::new(move |before: Option<()>| {
        if before.is_none()
            && index == 0
            && let Some(input) = input.get()
        {
            give(&input);
        }
    });
    view! {
        <li>
            <span class="ell" data-tip=move || name.get()>{move || name.get()}</span>
            <TextInput
                value=value
                small=true
                numeric=true
                input_mode="numeric"
                max_length=4
                label=move || (words.get().pages_of)(&name.get())
                node_ref=input
                on_input=move |typed: String| {
                    if let Some(line) = line.get_untracked() {
                        bench.counts.update(|counts| counts.set(&line, index, typed));
                    }
                }
            />
        </li>
    }
}

/// Both counts differed: what is missing, surplus or wrong.
#[component]
fn Difference(line: Memo<Option<SlipLine>>) -> impl IntoView {
    let (t, words, session) = (use_messages(), use_text::<SlipWords>(), use_session());
    let bench = expect_context::<Bench>();
    let act = receive_all(bench);
    let text = RwSignal::new(String::new());
    let stays = Signal::derive(move || {
        line.get().map(|line| (words.get().stays_with)(&session.name(&line.giver, &BTreeMap::new())))
    });
    let report = Callback::new(move |()| {
        if let Some(line) = line.get_untracked() {
            let command = Command::ReportDifference { difference: text.get_untracked() };
            act.run(Receiving::One(line.key(), command));
        }
    });
    view! {
        <tr class="exp" data-s="over">
            <td colspan="6">
                <div class="miss">
                    <Field label=move || words.get().difference hint=stays>
                        <TextArea value=text max_length=2000 on_input=move |typed| text.set(typed)/>
                    </Field>
                    <div class="row wrap all">
                        <Button
                            variant=ButtonVariant::Danger
                            icon=IconName::Flag
                            busy=bench.busy
                            disabled=Signal::derive(move || {
                                text.get().trim().is_empty().then(|| t.get().field().required.to_owned())
                            })
                            on_press=report
                        >
                            {move || words.get().report}
                        </Button>
                    </div>
                </div>
            </td>
        </tr>
    }
}
