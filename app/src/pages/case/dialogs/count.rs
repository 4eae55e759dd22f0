//! Amending a page count, which needs a lead's approval.

use super::{Asking, asked};
use crate::components::entry::Choice;
use crate::components::{Button, ButtonVariant, Dialog, Field, Select, TextArea, TextInput};
use crate::format::parse_count;
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, words as use_words};
use crate::pages::case::bench::use_bench;
use domain::case::Command;
use domain::case::state::Matter;
use leptos::prelude::*;

/// Asks which count, what it is, and why it was wrong.
#[component]
pub fn CountDialog() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (open, close) = asked(Asking::Count);
    let material = RwSignal::new(String::new());
    let pages = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let locale = bench.locale();
        bench.opened.with(|opened| {
            let Some(opened) = opened else { return Vec::new() };
            let wording = opened.wording(locale);
            opened
                .case
                .materials
                .iter()
                .enumerate()
                .map(|(index, one)| {
                    let pages = (wording.messages().common.pages)(i64::from(one.pages));
                    Choice::new(index.to_string(), format!("{} {pages}", wording.material(&one.kind)))
                })
                .collect::<Vec<_>>()
        })
    });
    let filled = move || -> Option<(u16, u16, String)> {
        let (material, pages) = (material.get().parse().ok()?, parse_count(&pages.get())?);
        let reason = reason.get();
        (!reason.trim().is_empty()).then_some((material, pages, reason))
    };
    let command = Signal::derive(move || {
        let (material, pages, reason) = filled()?;
        Some(Command::AmendCount { material, pages, reason })
    });
    let ask = Signal::derive(move || {
        let (material, pages, reason) = filled()?;
        Some(Command::RequestApproval { matter: Matter::AmendCount { material, pages }, reason })
    });
    let needs_approval = move || command.get().is_some_and(|command| !bench.allows(&command));
    let done = Callback::new(move |()| {
        pages.set(String::new());
        reason.set(String::new());
        close.run(());
    });
    view! {
        <Dialog
            title=move || words.get().count_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    {move || {
                        needs_approval()
                            .then(|| {
                                view! {
                                    <Act command=ask on_done=close>
                                        {move || words.get().ask_approval}
                                    </Act>
                                }
                            })
                    }}
                    <Act command=command variant=ButtonVariant::Primary on_done=done>
                        {move || words.get().amend_count}
                    </Act>
                }
            }
        >
            <Field label=move || words.get().count_material>
                <Select
                    value=material
                    choices=choices
                    none=move || t.get().field().choose
                    on_change=Callback::new(move |index: String| material.set(index))
                />
            </Field>
            <Field label=move || words.get().count_pages>
                <TextInput
                    value=pages
                    numeric=true
                    input_mode="numeric"
                    max_length=4
                    on_input=move |typed| pages.set(typed)
                />
            </Field>
            <Field label=move || words.get().reason>
                <TextArea value=reason max_length=2000 on_input=move |typed| reason.set(typed)/>
            </Field>
        </Dialog>
    }
}
