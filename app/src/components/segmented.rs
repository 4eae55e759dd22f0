//! Segmented control: two to six choices that exclude each other.

use super::focus::rove;
use crate::format::count;
use leptos::{ev, prelude::*};

/// One choice.
#[derive(Clone, Debug)]
pub struct Segment<T> {
    /// What it stands for.
    pub value: T,
    /// Its words.
    pub label: TextProp,
    /// A count after the words.
    pub count: Option<i64>,
}

impl<T> Segment<T> {
    /// A choice without a count.
    pub fn new(value: T, label: impl Into<TextProp>) -> Self {
        Self { value, label: label.into(), count: None }
    }

    /// The same with a count after its words.
    #[must_use]
    pub fn counting(self, count: i64) -> Self {
        Self { count: Some(count), ..self }
    }
}

/// Choices side by side: one tab stop, arrows move and choose.
#[component]
pub fn Segmented<T>(
    /// What is chosen, in words, for readers.
    #[prop(into)]
    label: TextProp,
    /// The choices.
    #[prop(into)]
    segments: Signal<Vec<Segment<T>>>,
    /// The one in force.
    #[prop(into)]
    value: Signal<T>,
    /// Lower, inside heads of cards.
    #[prop(optional)]
    small: bool,
    /// Called with another choice.
    #[prop(into)]
    on_change: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let keys = move |event: ev::KeyboardEvent| {
        if let Some(member) = rove(&event, "[role=radio]") {
            member.click();
        }
    };
    // While none is chosen the first takes the tab stop.
    let none = Memo::new(move |_| {
        segments.with(|segments| value.with(|value| segments.iter().all(|segment| segment.value != *value)))
    });
    let one = move |(index, segment): (usize, Segment<T>)| {
        let own = segment.value.clone();
        let chosen = Memo::new(move |_| value.with(|v| *v == own));
        let pick = segment.value;
        view! {
            <button
                type="button"
                role="radio"
                aria-checked=move || if chosen.get() { "true" } else { "false" }
                tabindex=move || if chosen.get() || (index == 0 && none.get()) { "0" } else { "-1" }
                on:click=move |_| {
                    if !chosen.get_untracked() {
                        on_change.run(pick.clone());
                    }
                }
            >
                {move || segment.label.get()}
                {segment.count.map(|n| view! { <span class="n">{count(n)}</span> })}
            </button>
        }
    };
    view! {
        <div
            class="seg"
            role="radiogroup"
            aria-label=move || label.get()
            data-z=small.then_some("sm")
            on:keydown=keys
        >
            {move || segments.get().into_iter().enumerate().map(one).collect_view()}
        </div>
    }
}
