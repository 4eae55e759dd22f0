//! Binding 装订岗: the finishing list of each item, then the release.

mod finishing;
mod release;

use crate::pages::case::desk::use_desk;
use leptos::prelude::*;

/// The form of Binding.
#[component]
pub fn BindingForm() -> impl IntoView {
    let desk = use_desk();
    let items = desk.bench.of(|opened| opened.case.open_items().map(|item| item.no).collect::<Vec<_>>());
    view! {
        <For each=move || items.get().unwrap_or_default() key=|no| *no let(no)>
            <finishing::FinishingForm no=no/>
        </For>
        <release::ReleaseForm/>
    }
}
