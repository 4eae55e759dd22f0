//! Forms: Enter goes on to the next field; a refused submit leads to the first field at fault.

use super::focus::{give, members};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A form whose submitting is Ctrl + Enter (the page's shortcut) or its submit button; Enter moves on.
#[component]
pub fn Form(
    /// Its fields.
    children: Children,
    /// What it is, for readers.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// Its element, for [`focus_first_fault`].
    #[prop(optional)]
    node_ref: NodeRef<html::Form>,
    /// Called when it is submitted.
    #[prop(into)]
    on_submit: Callback<()>,
) -> impl IntoView {
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() != "Enter" || event.is_composing() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        // A button answers Enter itself; in a paragraph it is a new line.
        let field = target.filter(|t| matches!(t.tag_name().as_str(), "INPUT" | "SELECT"));
        if let Some(field) = field {
            event.prevent_default();
            focus_next(&event, &field);
        }
    };
    view! {
        <form
            class="form"
            novalidate
            aria-label=label.map(|label| move || label.get())
            node_ref=node_ref
            on:keydown=keys
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            {children()}
        </form>
    }
}

fn focus_next(event: &ev::KeyboardEvent, field: &Element) {
    let form = event.current_target().and_then(|t| t.dyn_into::<Element>().ok());
    let Some(form) = form else { return };
    let order = members(&form, "input:not([type=hidden]), select, textarea, [type=submit]");
    let at = order.iter().position(|member| AsRef::<Element>::as_ref(member) == field);
    if let Some(next) = at.and_then(|i| order.get(i + 1)) {
        give(next);
    }
}

/// After a refused submit: gives focus to the first field at fault; false where none is.
pub fn focus_first_fault(form: &Element) -> bool {
    let found = form.query_selector("[aria-invalid=true]").ok().flatten();
    let field = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(field) = &field {
        give(field);
    }
    field.is_some()
}
