//! Entry 录入岗: review, change data of each item, the blind second keying.

mod change;
mod evidence;
mod keying;
mod pair;
mod point;
mod review;
mod second;

pub use change::EnteredFacts;

use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::submit::OfItem;
use crate::scope::provide;
use leptos::prelude::*;

/// The form of Entry.
#[component]
pub fn EntryForm() -> impl IntoView {
    let desk = use_desk();
    let items = desk.bench.of(|opened| opened.case.open_items().map(|item| item.no).collect::<Vec<_>>());
    view! {
        <review::Review/>
        <For each=move || items.get().unwrap_or_default() key=|no| *no let(no)>
            <OneItem no=no/>
        </For>
    }
}

/// An item: its change data, then the same keyed again.
#[component]
fn OneItem(no: u8) -> impl IntoView {
    let desk = use_desk();
    let editing = RwSignal::new(false);
    let to_confirm = desk.bench.of(move |opened| {
        let entered = opened.case.item(no).and_then(|item| item.entered.as_ref());
        entered.is_some_and(|entered| entered.confirmed.is_none())
    });
    let parts = move || {
        view! {
            <change::Change no=no editing=editing/>
            <Show when=move || to_confirm.get() == Some(true) && !editing.get()>
                <second::Second no=no/>
            </Show>
        }
    };
    provide(OfItem(no), parts)
}
