//! Recheck 复核岗: the application keyed blind, the three-way comparison, the pass, the core made effective.

mod asked;
mod asked_row;
mod compared_rows;
mod comparison;
mod effective;
mod money;
mod pass;
mod proposal;

use crate::pages::case::desk::use_desk;
use leptos::prelude::*;

/// The form of Recheck.
#[component]
pub fn RecheckForm() -> impl IntoView {
    let desk = use_desk();
    let proposed = desk.bench.of(|opened| opened.case.proposal.is_some());
    let items = desk.bench.of(|opened| opened.case.open_items().map(|item| item.no).collect::<Vec<_>>());
    let explained = comparison::explanations(desk);
    view! {
        <Show
            when=move || proposed.get() == Some(true)
            fallback=move || {
                view! {
                    <For each=move || items.get().unwrap_or_default() key=|no| *no let(no)>
                        <asked::AskedForm no=no/>
                    </For>
                    <comparison::ThreeWay explained=explained/>
                    <money::Money/>
                    <pass::PassForm explained=explained/>
                    <For each=move || items.get().unwrap_or_default() key=|no| *no let(no)>
                        <effective::Effective no=no/>
                    </For>
                }
            }
        >
            <proposal::ProposalView/>
        </Show>
    }
}
