//! The place of an input: its label above, what is wrong or helpful below.

use super::Shown;
use crate::components::field::{FieldContext, required_mark};
use crate::components::id::unique;
use crate::components::{Icon, IconName, IconSize};
use crate::i18n::forms::FormWords;
use crate::i18n::use_text;
use leptos::context::Provider;
use leptos::prelude::*;

/// A labelled place of one input. Unlike [`Field`](crate::components::Field) it knows warnings, and what fits.
#[component]
pub fn Slot(
    /// The input.
    children: Children,
    /// What is asked for; without it the input names itself.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// What is wrong.
    #[prop(into)]
    fault: Signal<Option<Shown>>,
    /// What fits, in words.
    #[prop(optional, into)]
    fits: MaybeProp<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Must be filled in.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Keyed twice: a key after the label.
    #[prop(optional)]
    key_field: bool,
    /// Columns of twelve it takes in a form.
    #[prop(optional)]
    span: Option<u8>,
    /// Where it stands in what is sent, as a JSON pointer: so a way leads to it.
    #[prop(default = "")]
    at: &'static str,
    /// Called when the person leaves it.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_text::<FormWords>();
    let id = unique("in");
    let note = format!("{id}-note");
    let described = note.clone();
    let noted =
        move || fault.with(Option::is_some) || fits.with(Option::is_some) || hint.with(Option::is_some);
    let context = FieldContext {
        id: id.clone(),
        described_by: Signal::derive(move || noted().then(|| described.clone())),
        invalid: Signal::derive(move || fault.with(|fault| fault.as_ref().is_some_and(|fault| !fault.warns))),
        required,
    };
    let below = move || {
        let note = note.clone();
        match (fault.get(), fits.get(), hint.get()) {
            (Some(fault), ..) if fault.warns => view! {
                <span class="hint" id=note data-s="soon">
                    <Icon name=IconName::StateSoon/>
                    {fault.text}
                </span>
            }
            .into_any(),
            (Some(fault), ..) => view! {
                <span class="err" id=note role="alert">
                    <Icon name=IconName::StateOver/>
                    {fault.text}
                </span>
            }
            .into_any(),
            (None, Some(fits), _) => view! {
                <span class="hint" id=note>
                    <Icon name=IconName::StateDone/>
                    {fits}
                </span>
            }
            .into_any(),
            (None, None, Some(hint)) => view! { <span class="hint" id=note>{hint}</span> }.into_any(),
            (None, None, None) => ().into_any(),
        }
    };
    view! {
        <div
            class="field"
            style:--n=span.map(|n| n.to_string())
            data-at=(!at.is_empty()).then_some(at)
            on:focusout=move |_| {
                if let Some(on_leave) = on_leave {
                    // Taken out of the page it is left as well, and nobody listens.
                    on_leave.try_run(());
                }
            }
        >
            {label
                .map(|label| {
                    view! {
                        <label for=id>
                            {move || label.get()}
                            {required_mark(required)}
                            {key_field
                                .then(|| {
                                    view! {
                                        <span data-tip=move || words.get().key_field>
                                            <Icon name=IconName::Key size=IconSize::Small/>
                                            <span class="vh">{move || words.get().key_field}</span>
                                        </span>
                                    }
                                })}
                        </label>
                    }
                })}
            <Provider value=context>{children()}</Provider>
            {below}
        </div>
    }
}
