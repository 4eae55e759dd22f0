//! A note.

use super::{Asking, asked};
use crate::components::{Button, ButtonVariant, Dialog, Field, TextArea};
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, words as use_words};
use domain::case::Command;
use leptos::prelude::*;

/// Asks for a note.
#[component]
pub fn NoteDialog() -> impl IntoView {
    let (t, words) = (use_messages(), use_words());
    let (open, close) = asked(Asking::Note);
    let text = RwSignal::new(String::new());
    let command = Signal::derive(move || {
        let text = text.get();
        (!text.trim().is_empty()).then_some(Command::AddNote { text })
    });
    let done = Callback::new(move |()| {
        text.set(String::new());
        close.run(());
    });
    view! {
        <Dialog
            title=move || words.get().note_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act command=command variant=ButtonVariant::Primary on_done=done>
                        {move || words.get().note_title}
                    </Act>
                }
            }
        >
            <Field label=move || words.get().note_text>
                <TextArea value=text rows=4 max_length=2000 on_input=move |typed| text.set(typed)/>
            </Field>
        </Dialog>
    }
}
