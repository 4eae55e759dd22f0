//! The customer takes the application back.

use super::{Asking, asked};
use crate::components::{Button, ButtonVariant, Dialog, Field, IconName, Note, State, TextArea, TextInput};
use crate::format::parse_count;
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, words as use_words};
use domain::case::Command;
use leptos::prelude::*;

/// Asks for the signed request and the reason.
#[component]
pub fn WithdrawDialog() -> impl IntoView {
    let (t, words) = (use_messages(), use_words());
    let (open, close) = asked(Asking::Withdraw);
    let pages = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let command = Signal::derive(move || {
        let reason = reason.get();
        let request_pages = parse_count(&pages.get())?;
        (!reason.trim().is_empty()).then_some(Command::Withdraw { request_pages, reason })
    });
    view! {
        <Dialog
            title=move || words.get().withdraw_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act command=command variant=ButtonVariant::Danger on_done=close>
                        {move || words.get().withdraw}
                    </Act>
                }
            }
        >
            <Note state=State::Over icon=IconName::Warning>
                <span>{move || words.get().withdraw_warning}</span>
            </Note>
            <Field label=move || words.get().withdraw_pages>
                <TextInput
                    value=pages
                    numeric=true
                    input_mode="numeric"
                    max_length=4
                    on_input=move |typed| pages.set(typed)
                />
            </Field>
            <Field label=move || words.get().withdraw_reason>
                <TextArea value=reason max_length=2000 on_input=move |typed| reason.set(typed)/>
            </Field>
        </Dialog>
    }
}
