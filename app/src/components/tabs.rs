//! Tabs: lists of one place, one shown at a time.

use super::focus::rove;
use crate::format::count;
use leptos::{ev, prelude::*};

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab<T> {
    /// What it stands for.
    pub value: T,
    /// Its words.
    pub label: TextProp,
    /// How many stand in it.
    pub count: Option<i64>,
    /// Further words in small: what the count is made of.
    pub detail: Option<TextProp>,
}

impl<T> Tab<T> {
    /// A tab with words alone.
    pub fn new(value: T, label: impl Into<TextProp>) -> Self {
        Self { value, label: label.into(), count: None, detail: None }
    }

    /// The same with how many stand in it.
    #[must_use]
    pub fn counting(self, count: i64) -> Self {
        Self { count: Some(count), ..self }
    }

    /// The same with further words.
    #[must_use]
    pub fn detailed(self, detail: impl Into<TextProp>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// A row of tabs: one tab stop, arrows move and show. On a phone it slides sideways.
#[component]
pub fn Tabs<T>(
    /// What they are tabs of, for readers.
    #[prop(into)]
    label: TextProp,
    /// The tabs.
    #[prop(into)]
    tabs: Signal<Vec<Tab<T>>>,
    /// The one shown.
    #[prop(into)]
    value: Signal<T>,
    /// Id of the panel they fill.
    #[prop(optional, into)]
    panel: Option<String>,
    /// Called with another tab.
    #[prop(into)]
    on_change: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let keys = move |event: ev::KeyboardEvent| {
        if let Some(member) = rove(&event, "[role=tab]") {
            member.click();
        }
    };
    let one = move |tab: Tab<T>| {
        let own = tab.value.clone();
        let chosen = Memo::new(move |_| value.with(|v| *v == own));
        let pick = tab.value;
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || if chosen.get() { "true" } else { "false" }
                aria-controls=panel.clone()
                tabindex=move || if chosen.get() { "0" } else { "-1" }
                on:click=move |_| {
                    if !chosen.get_untracked() {
                        on_change.run(pick.clone());
                    }
                }
            >
                {move || tab.label.get()}
                {tab.count.map(|n| view! { <span class="n">{count(n)}</span> })}
                {tab.detail.map(|detail| view! { <small class="sm">{move || detail.get()}</small> })}
            </button>
        }
    };
    view! {
        <div class="tabs slide" role="tablist" aria-label=move || label.get() on:keydown=keys>
            {move || tabs.get().into_iter().map(one.clone()).collect_view()}
        </div>
    }
}
