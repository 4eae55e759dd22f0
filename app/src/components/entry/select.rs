//! A choice from a list.

use crate::components::field::FieldContext;
use leptos::{html, prelude::*};

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// It cannot be chosen now.
    pub disabled: bool,
}

impl Choice {
    /// An entry that can be chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), disabled: false }
    }
}

/// The browser's own list box: known to every hand, keyboard and reader.
#[component]
pub fn Select(
    /// The value chosen; empty for none.
    #[prop(into)]
    value: Signal<String>,
    /// The entries.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Words for none; without them one of the entries is always chosen.
    #[prop(optional, into)]
    none: Option<TextProp>,
    /// Called with the value chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// Name, where it stands in no field.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Lower, inside tables.
    #[prop(optional)]
    small: bool,
    /// Its element, for focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Select>,
) -> impl IntoView {
    let field = FieldContext::of_input();
    // The entries carry `selected`: the value of a list box set before its entries are there would be lost.
    let entries = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                view! {
                    <option
                        value=choice.value
                        disabled=choice.disabled
                        prop:selected=move || value.with(|v| *v == own)
                    >
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <select
            class="in sel"
            id=field.id
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || field.described_by.get()
            aria-invalid=move || field.invalid.get().then_some("true")
            aria-required=move || field.required.get().then_some("true")
            data-z=small.then_some("sm")
            disabled=move || disabled.get()
            node_ref=node_ref
            on:change=move |event| on_change.run(event_target_value(&event))
        >
            {none
                .map(|words| {
                    view! {
                        <option value="" prop:selected=move || value.with(String::is_empty)>
                            {move || words.get()}
                        </option>
                    }
                })}
            {entries}
        </select>
    }
}
