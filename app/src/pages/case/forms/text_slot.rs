//! A line or paragraph of a form that belongs to no field of the catalogue.

use super::field::sheet::item_of;
use super::field::{Shown, Slot};
use super::submit::Submit;
use crate::components::{TextArea, TextInput};
use crate::follow::follow;
use crate::i18n::use_messages;
use crate::pages::case::desk::{Desk, told, use_desk};
use leptos::prelude::*;

/// What the server found wrong at a place of a command about an item, until `changed` says that it was mended;
/// followed.
pub fn told_at(desk: Desk, item: Option<u8>, pointer: &str) -> Option<Shown> {
    let (command, refusal) = desk.bench.refused.get()?;
    if item_of(&command) != item {
        return None;
    }
    let locale = desk.bench.locale();
    let found = desk
        .bench
        .opened
        .with(|opened| opened.as_ref().map(|opened| told(&command, &refusal, &opened.wording(locale))))?;
    let told = found.into_iter().find(|told| told.pointer == pointer)?;
    Some(Shown { pointer: told.pointer, text: told.text, warns: false })
}

/// A labelled text with its fault: missing once submitting was tried, or what the server said.
#[component]
pub fn TextSlot(
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// The submit it belongs to.
    submit: Submit,
    /// Number of the item its command is about.
    #[prop(optional)]
    item: Option<u8>,
    /// Where it stands in the command.
    pointer: &'static str,
    /// Something else wrong with it, in words.
    #[prop(optional, into)]
    wrong: MaybeProp<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Columns of twelve it takes.
    #[prop(default = 4)]
    span: u8,
    /// A paragraph.
    #[prop(optional)]
    area: bool,
) -> impl IntoView {
    let (desk, t) = (use_desk(), use_messages());
    let changed = RwSignal::new(false);
    follow(move || {
        desk.bench.refused.track();
        changed.set(false);
    });
    let fault = Signal::derive(move || {
        let here = |text: String| Shown { pointer: pointer.to_owned(), text, warns: false };
        let told = told_at(desk, item, pointer).filter(|_| !changed.get());
        let missing = submit.tried() && value.with(|value| value.trim().is_empty());
        told.or_else(|| missing.then(|| here(t.get().field().required.to_owned())))
            .or_else(|| wrong.get().map(here))
    });
    let put = Callback::new(move |text: String| {
        changed.set(true);
        on_input.run(text);
    });
    let name = label.clone();
    view! {
        <Slot label=label fault=fault hint=hint required=true span=span>
            {if area {
                view! { <TextArea value=value on_input=put label=name disabled=desk.closed max_length=2000/> }.into_any()
            } else {
                view! { <TextInput value=value on_input=put label=name disabled=desk.closed/> }.into_any()
            }}
        </Slot>
    }
}
