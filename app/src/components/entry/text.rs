//! Lines and paragraphs of text.

use crate::components::field::FieldContext;
use crate::components::icon::{Icon, IconName};
use leptos::{html, prelude::*};

/// A line of text.
#[component]
pub fn TextInput(
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called with the text when the person leaves the field or presses Enter.
    #[prop(optional, into)]
    on_commit: Option<Callback<String>>,
    /// Name, where it stands in no field.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// `text`, `search`, `password`, `tel`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What an empty field shows.
    #[prop(optional, into)]
    placeholder: Option<TextProp>,
    /// What the browser may fill in: `off`, `username`, `current-password`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keys a touch keyboard shows: `numeric`, `decimal`.
    #[prop(optional)]
    input_mode: Option<&'static str>,
    /// Most characters.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Shown, not to be changed.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// Meant for bar codes: what a scanner types stays in it.
    #[prop(optional)]
    scan: bool,
    /// Digits: right-aligned.
    #[prop(optional)]
    numeric: bool,
    /// Icon inside, before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Unit inside, after the text.
    #[prop(optional, into)]
    suffix: Option<TextProp>,
    /// Lower, inside tables.
    #[prop(optional)]
    small: bool,
    /// Its element, for focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let field = FieldContext::of_input();
    let boxed = icon.is_some() || suffix.is_some();
    // The browser's own `change` is not sent for a value that is written back while it is typed, as ours is. Being
    // taken out of the page is leaving the field too: by then whoever listened may be gone.
    let typed = StoredValue::new(false);
    let commit = move |text: String| {
        if typed.try_get_value() == Some(true)
            && let Some(on_commit) = on_commit
        {
            typed.set_value(false);
            on_commit.try_run(text);
        }
    };
    let input = view! {
        <input
            class=if numeric { "in num" } else { "in" }
            id=field.id
            type=kind
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || field.described_by.get()
            aria-invalid=move || field.invalid.get().then_some("true")
            aria-required=move || field.required.get().then_some("true")
            placeholder=placeholder.map(|text| move || text.get())
            autocomplete=autocomplete
            spellcheck="false"
            inputmode=input_mode
            maxlength=max_length.map(|n| n.to_string())
            data-scan=scan.then_some("")
            data-z=small.then_some("sm")
            disabled=move || disabled.get()
            readonly=move || readonly.get()
            prop:value=move || value.get()
            node_ref=node_ref
            on:input=move |event| {
                typed.try_set_value(true);
                on_input.try_run(event_target_value(&event));
            }
            on:blur=move |event| commit(event_target_value(&event))
            on:keydown=move |event| {
                if event.key() == "Enter" && !event.is_composing() {
                    commit(event_target_value(&event));
                }
            }
        />
    };
    if boxed {
        view! {
            <div class="ing">
                {icon.map(|name| view! { <Icon name=name/> })} {input}
                {suffix.map(|suffix| view! { <span class="sfx" aria-hidden="true">{move || suffix.get()}</span> })}
            </div>
        }
        .into_any()
    } else {
        input.into_any()
    }
}

/// A paragraph of text.
#[component]
pub fn TextArea(
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Name, where it stands in no field.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// What an empty field shows.
    #[prop(optional, into)]
    placeholder: Option<TextProp>,
    /// Lines shown at first.
    #[prop(default = 2)]
    rows: u32,
    /// Most characters.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its element, for focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let field = FieldContext::of_input();
    view! {
        <textarea
            class="in"
            id=field.id
            rows=rows.to_string()
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || field.described_by.get()
            aria-invalid=move || field.invalid.get().then_some("true")
            aria-required=move || field.required.get().then_some("true")
            placeholder=placeholder.map(|text| move || text.get())
            maxlength=max_length.map(|n| n.to_string())
            disabled=move || disabled.get()
            prop:value=move || value.get()
            node_ref=node_ref
            on:input=move |event| on_input.run(event_target_value(&event))
        ></textarea>
    }
}
