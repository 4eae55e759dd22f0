//! A document that came later.

use super::{Asking, asked};
use crate::components::entry::Choice;
use crate::components::segmented::Segment;
use crate::components::{Button, ButtonVariant, Checkbox, Dialog, Field, Segmented, Select, TextInput};
use crate::format::parse_count;
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, words as use_words};
use crate::pages::case::bench::use_bench;
use domain::case::{Command, Material};
use domain::catalogue::MaterialForm;
use domain::id::MaterialKind;
use leptos::prelude::*;

/// Asks what came.
#[component]
pub fn MaterialDialog() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (open, close) = asked(Asking::Material);
    let kind = RwSignal::new(String::new());
    let form = RwSignal::new(MaterialForm::Original);
    let copies = RwSignal::new("1".to_owned());
    let pages = RwSignal::new(String::new());
    let back = RwSignal::new(false);
    let choices = Signal::derive(move || {
        let locale = bench.locale();
        bench.opened.with(|opened| {
            let Some(opened) = opened else { return Vec::new() };
            let wording = opened.wording(locale);
            opened
                .catalogue
                .materials
                .iter()
                .map(|spec| Choice::new(spec.kind.as_str(), wording.label(&spec.label)))
                .collect::<Vec<_>>()
        })
    });
    let command = Signal::derive(move || {
        let kind = kind.get();
        let material = Material {
            kind: (!kind.is_empty()).then_some(MaterialKind(kind))?,
            form: form.get(),
            copies: parse_count(&copies.get())?,
            pages: parse_count(&pages.get())?,
            return_to_customer: back.get(),
        };
        Some(Command::ReceiveMaterial { material })
    });
    let forms = Signal::derive(move || {
        vec![
            Segment::new(MaterialForm::Original, TextProp::from(move || words.get().original)),
            Segment::new(MaterialForm::Copy, TextProp::from(move || words.get().copy)),
        ]
    });
    let done = Callback::new(move |()| {
        pages.set(String::new());
        kind.set(String::new());
        close.run(());
    });
    view! {
        <Dialog
            title=move || words.get().material_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act command=command variant=ButtonVariant::Primary on_done=done>
                        {move || words.get().receive_material}
                    </Act>
                }
            }
        >
            <Field label=move || words.get().material_kind>
                <Select
                    value=kind
                    choices=choices
                    none=move || t.get().field().choose
                    on_change=Callback::new(move |code: String| kind.set(code))
                />
            </Field>
            <Segmented
                label=move || words.get().material_kind
                segments=forms
                value=form
                on_change=Callback::new(move |chosen| form.set(chosen))
            />
            <Field label=move || words.get().material_copies>
                <TextInput
                    value=copies
                    numeric=true
                    input_mode="numeric"
                    max_length=3
                    on_input=move |typed| copies.set(typed)
                />
            </Field>
            <Field label=move || words.get().material_pages>
                <TextInput
                    value=pages
                    numeric=true
                    input_mode="numeric"
                    max_length=4
                    on_input=move |typed| pages.set(typed)
                />
            </Field>
            <Checkbox checked=back on_change=Callback::new(move |on| back.set(on))>
                {move || words.get().material_return}
            </Checkbox>
        </Dialog>
    }
}
