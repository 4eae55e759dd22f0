//! What the rules say of the registration, each failing line to be acknowledged.

use super::places::name;
use super::sheet::use_sheet;
use crate::components::{Checkbox, Icon, IconName, State, Tag};
use crate::i18n::admission::rule;
use crate::i18n::intake::Intake as Words;
use crate::i18n::use_text;
use domain::case::decide::rule_name;
use domain::case::registration::Shortfall;
use domain::catalogue::E01Line;
use domain::id::ItemCode;
use leptos::prelude::*;

/// The rules item by item, and what else is open on the policy.
#[component]
pub fn Checks() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let rules = Memo::new(move |_| sheet.rules());
    let failing =
        move || rules.with(|rules| rules.iter().flat_map(|(_, lines)| lines).filter(|l| !l.holds).count());
    let mark = move || {
        let w = words.get();
        if rules.with(Vec::is_empty) {
            return ().into_any();
        }
        match failing() {
            0 => view! { <Tag state=State::Ok icon=IconName::StateDone>{w.none_failing}</Tag> }.into_any(),
            n => {
                let text = (w.some_failing)(i64::try_from(n).unwrap_or(i64::MAX));
                view! { <Tag state=State::Over icon=IconName::StateCross>{text}</Tag> }.into_any()
            }
        }
    };
    view! {
        <Open/>
        <section aria-live="polite">
            <h2 class="sec">
                {move || words.get().checks}
                <span class="sub">"E01"</span>
                <span class="push"></span>
                {mark}
            </h2>
            {move || {
                rules
                    .with(Vec::is_empty)
                    .then(|| view! { <p class="mut">{move || words.get().check_waits}</p> })
            }}
        </section>
        {move || {
            rules
                .get()
                .into_iter()
                .map(|(code, lines)| view! { <OfItem code=code lines=lines/> })
                .collect_view()
        }}
        <OpenCases/>
    }
}

/// Every place that is not filled in, or not rightly, with the way to it.
#[component]
fn Open() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let places = Memo::new(move |_| {
        let now = words.get();
        let refused = sheet.refused();
        let lacks = sheet.lacks.get();
        let told = refused.iter().cloned().filter_map(|(at, text)| Some((name(&at, now)?, at, text)));
        let open = lacks
            .iter()
            .filter(|lack| !refused.iter().any(|(at, _)| *at == lack.at))
            .filter_map(|lack| Some((name(&lack.at, now)?, lack.at.clone(), sheet.why(lack))));
        told.chain(open).collect::<Vec<_>>()
    });
    let number = move || {
        let n = places.with(Vec::len);
        (words.get().to_fill)(i64::try_from(n).unwrap_or(i64::MAX))
    };
    move || {
        (!places.with(Vec::is_empty)).then(|| {
            let ways = places
                .get()
                .into_iter()
                .map(|(name, at, why)| {
                    view! {
                        <li>
                            <button
                                type="button"
                                class="lnk"
                                on:click=move |_| sheet.go(&at)
                            >
                                {name}
                            </button>
                            <span class="dim sm push">{why}</span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section>
                    <h2 class="sec">
                        {move || words.get().open_places}
                        <span class="push"></span>
                        <span class="sub">{number}</span>
                    </h2>
                    <ul class="ls ways">{ways}</ul>
                </section>
            }
        })
    }
}

#[component]
fn OfItem(code: ItemCode, lines: Vec<E01Line>) -> impl IntoView {
    let sheet = use_sheet();
    let named = code.clone();
    let mut lines = lines;
    lines.sort_by_key(|line| line.holds);
    let rows = lines.into_iter().map(|line| view! { <Rule item=code.clone() line=line/> }).collect_view();
    view! {
        <section>
            <h3 class="sec">{move || sheet.say(|wording| wording.item(&named))}</h3>
            <ul class="rules">{rows}</ul>
        </section>
    }
}

#[component]
fn Rule(item: ItemCode, line: E01Line) -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let (named, looked) = (line.clone(), line.clone());
    let name = move || sheet.say(|wording| rule(&named, wording).0);
    let looked = move || sheet.say(|wording| rule(&looked, wording).1.unwrap_or_default());
    if line.holds {
        return view! {
            <li data-s="ok">
                <Icon name=IconName::StateDone/>
                <div>{name}<small>{looked}</small></div>
            </li>
        }
        .into_any();
    }
    let shortfall = Shortfall::Inadmissible { item, rule: rule_name(&line.check).to_owned() };
    let known = shortfall.clone();
    view! {
        <li data-s="over">
            <Icon name=IconName::StateCross/>
            <div>
                <b>{name}</b>
                <small>{looked}</small>
                <div class="row">
                    <Checkbox
                        checked=Signal::derive(move || {
                            sheet.form.with(|form| form.acknowledged.contains(&known))
                        })
                        on_change=Callback::new(move |on| sheet.acknowledge(shortfall.clone(), on))
                    >
                        {move || words.get().acknowledge}
                    </Checkbox>
                </div>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn OpenCases() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    move || {
        let told = sheet.told.get()?;
        let rows = told
            .open_cases
            .into_iter()
            .map(|(number, items)| {
                let names = sheet.say(|wording| {
                    let names: Vec<String> = items.iter().map(|code| wording.item(code)).collect();
                    wording.list(&names)
                });
                view! { <li><b class="med">{number}</b><span class="dim push">{names}</span></li> }
            })
            .collect::<Vec<_>>();
        let none = rows.is_empty();
        Some(view! {
            <section>
                <h2 class="sec">{move || words.get().open_cases}</h2>
                <ul class="ls">{rows}</ul>
                {none.then(|| view! { <p class="mut">{move || words.get().no_open_cases}</p> })}
            </section>
        })
    }
}
