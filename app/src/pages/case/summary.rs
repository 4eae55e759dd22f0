//! What a case holds, read-only: shown where the post has no work of its own for it.

use super::bench::use_bench;
use crate::i18n::terms::Terms;
use crate::i18n::value::value;
use crate::i18n::{Localised, use_messages};
use domain::case::CaseItem;
use domain::case::list::{is_done, lines_of};
use domain::post::Stage;
use leptos::prelude::*;

/// Items with their results.
#[component]
pub fn Summary() -> impl IntoView {
    let bench = use_bench();
    let items = bench.of(|opened| opened.case.items.clone());
    view! {
        {move || {
            items
                .get()
                .unwrap_or_default()
                .into_iter()
                .map(|item| view! { <ItemSummary item=item/> })
                .collect_view()
        }}
    }
}

/// One item: its data, and which lines of each post's list are done.
#[component]
pub fn ItemSummary(item: CaseItem) -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let code = item.code.clone();
    let name = move || bench.say(|_, wording| wording.item(&code));
    let fields = {
        let item = item.clone();
        move || {
            let locale = bench.locale();
            let opened = bench.opened.get()?;
            let wording = opened.wording(locale);
            let entry = opened.catalogue.item(&item.code)?;
            if item.blind {
                return None;
            }
            let rows = item
                .entered
                .as_ref()?
                .fields
                .iter()
                .map(|(key, of)| {
                    let spec = entry.field(key);
                    view! {
                        <dt>{wording.field(&item.code, key)}</dt>
                        <dd>{value(of, spec, &wording)}</dd>
                    }
                })
                .collect_view();
            Some(view! { <dl class="facts">{rows}</dl> })
        }
    };
    let lines = {
        let item = item.clone();
        move || {
            let locale = bench.locale();
            let terms = Terms::in_locale(locale);
            let opened = bench.opened.get()?;
            let rows = Stage::ALL
                .into_iter()
                .flat_map(lines_of)
                .map(|line| {
                    let done = is_done(&item, *line, &opened.catalogue);
                    let (state, icon) = if done {
                        ("ok", crate::components::IconName::StateDone)
                    } else {
                        ("", crate::components::IconName::StateOk)
                    };
                    view! {
                        <li data-s=state>
                            <crate::components::Icon name=icon/>
                            <div>{terms.list_line(*line)}</div>
                        </li>
                    }
                })
                .collect_view();
            Some(view! { <ul class="rules">{rows}</ul> })
        }
    };
    view! {
        <section>
            <h2 class="sec">
                <span class="dim sm">{item.code.to_string()}</span>
                {name}
            </h2>
            {fields}
            <details>
                <summary>{move || t.get().common.details}</summary>
                {lines}
            </details>
        </section>
    }
}
