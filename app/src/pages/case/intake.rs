//! Intake: what was registered, its rules, and the way to amend it.

use super::act::words as use_words;
use super::bench::use_bench;
use crate::components::{ButtonSize, Icon, IconName, LinkButton};
use crate::i18n::admission::rule;
use crate::i18n::use_messages;
use crate::routes::amend_path;
use domain::case::{Amendment, Command};
use domain::catalogue::{E01Context, E01Line, admissibility};
use domain::id::ItemCode;
use leptos::prelude::*;

/// The registration with its rules item by item.
#[component]
pub fn IntakeWork() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let lines = bench.of(|opened| {
        let case = &opened.case;
        let application = case.registration.application();
        case.open_items()
            .filter_map(|item| {
                let entry = opened.catalogue.item(&item.code)?;
                let others: Vec<ItemCode> = case
                    .open_items()
                    .filter(|other| other.no != item.no)
                    .map(|other| other.code.clone())
                    .chain(opened.view.open_items.iter().cloned())
                    .collect();
                let context =
                    E01Context { open_items: &others, back_date_days: u16::MAX, now: case.registered_at };
                Some((
                    item.code.clone(),
                    admissibility(entry, &case.registration.policy, &application, &context),
                ))
            })
            .collect::<Vec<_>>()
    });
    // A probe for whether the person may amend at all: the registration as it is.
    let may = Memo::new(move |_| {
        let amendment = bench.opened.with(|opened| {
            let case = &opened.as_ref()?.case;
            // What is acknowledged already need not be said again.
            let mut amendment = Amendment::of(&case.registration);
            amendment.acknowledged.clone_from(&case.shortfalls);
            Some(Box::new(amendment))
        });
        amendment
            .is_some_and(|amendment| bench.works() && bench.allows(&Command::AmendRegistration { amendment }))
    });
    view! {
        {move || {
            may.get()
                .then(|| {
                    view! {
                        <section>
                            <h2 class="sec">
                                {move || words.get().shortfalls_or_all}
                                <span class="push"></span>
                                <LinkButton
                                    href=Signal::stored(amend_path(bench.id))
                                    size=ButtonSize::Small
                                    icon=IconName::Fix
                                >
                                    {move || words.get().amend_registration}
                                </LinkButton>
                            </h2>
                        </section>
                    }
                })
        }}
        {move || {
            lines
                .get()
                .unwrap_or_default()
                .into_iter()
                .map(|(code, lines)| view! { <ItemRules code=code lines=lines/> })
                .collect_view()
        }}
        <span class="vh">{move || t.get().case().items}</span>
    }
}

/// The rules of one item, those that fail first.
#[component]
pub fn ItemRules(code: ItemCode, lines: Vec<E01Line>) -> impl IntoView {
    let bench = use_bench();
    let shown = code.clone();
    let mut lines = lines;
    lines.sort_by_key(|line| line.holds);
    let rows = move || {
        let locale = bench.locale();
        let opened = bench.opened.get()?;
        let wording = opened.wording(locale);
        let rows = lines
            .iter()
            .map(|line| {
                let (name, looked) = rule(line, &wording);
                let (state, icon) =
                    if line.holds { ("ok", IconName::StateDone) } else { ("over", IconName::StateCross) };
                view! {
                    <li data-s=state>
                        <Icon name=icon/>
                        <div>
                            {if line.holds { name.into_any() } else { view! { <b>{name}</b> }.into_any() }}
                            {looked.map(|text| view! { <small>{text}</small> })}
                        </div>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="rules">{rows}</ul> })
    };
    view! {
        <section>
            <h2 class="sec">
                <span class="dim sm">{code.to_string()}</span>
                {move || bench.say(|_, wording| wording.item(&shown))}
            </h2>
            {rows}
        </section>
    }
}
