//! Amounts of money: with separators to read, without to edit.

use crate::components::field::FieldContext;
use crate::format::{AmountError, amount, amount_plain, parse_amount};
use leptos::{html, prelude::*};

/// An amount in minor units, right-aligned. The unit stands in the label of its field.
#[component]
pub fn AmountInput(
    /// What it holds; none when empty.
    #[prop(into)]
    value: Signal<Option<i64>>,
    /// Called with what was read whenever the text changes; the error is worded by
    /// [`Fields::amount`](crate::i18n::field::Fields::amount).
    #[prop(into)]
    on_change: Callback<Result<Option<i64>, AmountError>>,
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
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let field = FieldContext::of_input();
    // While it has focus, or holds what cannot be read, the text is the person's own.
    let (draft, set_draft) = signal(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| value.get().map(amount).unwrap_or_default());
    let pointed = StoredValue::new(false);
    let read = |text: &str| match text.trim() {
        "" => Ok(None),
        text => parse_amount(text).map(Some),
    };
    view! {
        <input
            class="in num"
            id=field.id
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || field.described_by.get()
            aria-invalid=move || field.invalid.get().then_some("true")
            aria-required=move || field.required.get().then_some("true")
            data-z=small.then_some("sm")
            disabled=move || disabled.get()
            prop:value=shown
            node_ref=node_ref
            on:pointerdown=move |_| pointed.set_value(true)
            on:focus=move |event| {
                let by_pointer = pointed.with_value(|pointed| *pointed);
                pointed.set_value(false);
                if draft.with_untracked(Option::is_none) {
                    let plain = value.get_untracked().map(amount_plain).unwrap_or_default();
                    // A value written anew loses the selection that Tab makes: it is written and selected at once, so
                    // that what is typed next replaces the amount as in any other field.
                    let input = event_target::<web_sys::HtmlInputElement>(&event);
                    input.set_value(&plain);
                    if !by_pointer {
                        input.select();
                    }
                    set_draft.set(Some(plain));
                }
            }
            on:input=move |event| {
                let text = event_target_value(&event);
                on_change.run(read(&text));
                set_draft.set(Some(text));
            }
            on:blur=move |_| {
                // None where the page is left, and the field with it.
                if draft.try_with_untracked(|d| d.as_deref().is_none_or(|text| read(text).is_ok())) == Some(true) {
                    set_draft.set(None);
                }
            }
        />
    }
}
