//! Check boxes and radio buttons.

use leptos::{html, prelude::*};

/// A check box with its words.
#[component]
pub fn Checkbox(
    /// Words beside it; without them `label` names it.
    #[prop(optional)]
    children: Option<Children>,
    /// What it is for, where there are no words beside it.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Some of what it stands for is checked.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called with what it becomes.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="ck">
            <input
                type="checkbox"
                aria-label=label.map(|label| move || label.get())
                data-mixed=move || (mixed.get() && !checked.get()).then_some("")
                prop:checked=move || checked.get()
                prop:indeterminate=move || mixed.get() && !checked.get()
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            {children.map(|words| words())}
        </label>
    }
}

/// A radio button with its words; those of one `group` exclude each other.
#[component]
pub fn Radio(
    /// Words beside it.
    children: Children,
    /// Name its group shares.
    #[prop(into)]
    group: String,
    /// Whether it is the one chosen.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Its element, for focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
    /// Called when it is chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="ck">
            <input
                type="radio"
                name=group
                node_ref=node_ref
                prop:checked=move || chosen.get()
                on:change=move |_| on_choose.run(())
            />
            {children()}
        </label>
    }
}
