//! Priority within the band (lead).

use super::{Asking, asked};
use crate::components::segmented::Segment;
use crate::components::{Button, ButtonVariant, Dialog, Field, Segmented, TextArea};
use crate::i18n::terms::Terms;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::act::{Act, words as use_words};
use crate::pages::case::bench::use_bench;
use domain::case::Command;
use domain::case::state::Priority;
use leptos::prelude::*;

/// Asks for the priority and why.
#[component]
pub fn PriorityDialog() -> impl IntoView {
    let (t, words, terms, bench) = (use_messages(), use_words(), use_text::<Terms>(), use_bench());
    let (open, close) = asked(Asking::Priority);
    let now = bench.of(|opened| opened.case.priority);
    let chosen = RwSignal::new(None::<Priority>);
    let reason = RwSignal::new(String::new());
    let value = Signal::derive(move || chosen.get().or_else(|| now.get()).unwrap_or_default());
    let segments = Signal::derive(move || {
        [Priority::Complaint, Priority::Vip, Priority::None]
            .into_iter()
            .map(|one| Segment::new(one, TextProp::from(move || terms.get().priority(one))))
            .collect::<Vec<_>>()
    });
    let command = Signal::derive(move || {
        let reason = reason.get();
        (!reason.trim().is_empty()).then(|| Command::SetPriority { priority: value.get(), reason })
    });
    let done = Callback::new(move |()| {
        reason.set(String::new());
        chosen.set(None);
        close.run(());
    });
    view! {
        <Dialog
            title=move || words.get().priority_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act command=command variant=ButtonVariant::Primary on_done=done>
                        {move || words.get().set_priority}
                    </Act>
                }
            }
        >
            <Segmented
                label=move || words.get().set_priority
                segments=segments
                value=value
                on_change=Callback::new(move |one| chosen.set(Some(one)))
            />
            <Field label=move || words.get().reason>
                <TextArea value=reason max_length=2000 on_input=move |typed| reason.set(typed)/>
            </Field>
        </Dialog>
    }
}
