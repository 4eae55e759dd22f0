//! Giving a case to somebody: only those the rules let take it can be chosen.

use super::{Asking, asked};
use crate::components::entry::Choice;
use crate::components::{Button, ButtonVariant, Dialog, Field, Select};
use crate::format::compare;
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, words as use_words};
use crate::pages::case::bench::use_bench;
use domain::case::Command;
use domain::id::PersonId;
use leptos::prelude::*;

/// A holder or lead offers the holding.
#[component]
pub fn TransferDialog() -> impl IntoView {
    view! { <PersonDialog which=Asking::Transfer command=|to| Command::TransferHolding { to }/> }
}

/// A lead assigns.
#[component]
pub fn AssignDialog() -> impl IntoView {
    view! { <PersonDialog which=Asking::Assign command=|to| Command::Assign { to }/> }
}

#[component]
fn PersonDialog(which: Asking, command: fn(PersonId) -> Command) -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (open, close) = asked(which);
    let chosen = RwSignal::new(String::new());
    let transfers = which == Asking::Transfer;
    // Asked of the rules for everybody only while the dialog is open.
    let people = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let language = bench.locale().tag();
        let candidates: Vec<(PersonId, String)> = bench.opened.with(|opened| {
            opened
                .iter()
                .flat_map(|opened| &opened.view.people)
                .map(|person| (person.id.clone(), person.name.clone()))
                .collect()
        });
        let mut people: Vec<Choice> = candidates
            .into_iter()
            .filter(|(id, _)| bench.allows(&command(id.clone())))
            .map(|(id, name)| Choice::new(id.to_string(), format!("{name} {id}")))
            .collect();
        people.sort_by(|a, b| compare(language, &a.label, &b.label));
        people
    });
    let chosen_command = Signal::derive(move || {
        let to = chosen.get();
        (!to.is_empty()).then(|| command(PersonId(to)))
    });
    let hint = Signal::derive(move || {
        let n = people.with(Vec::len);
        let w = words.get();
        Some(if n == 0 {
            w.nobody_eligible.to_owned()
        } else {
            (w.eligible)(i64::try_from(n).unwrap_or(i64::MAX))
        })
    });
    let done = Callback::new(move |()| {
        chosen.set(String::new());
        close.run(());
    });
    let title = move || if transfers { words.get().transfer_title } else { words.get().assign_title };
    view! {
        <Dialog
            title=title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act
                        command=chosen_command
                        missing=Signal::derive(move || {
                            chosen.get().is_empty().then(|| words.get().choose_person.to_owned())
                        })
                        variant=ButtonVariant::Primary
                        on_done=done
                    >
                        {title}
                    </Act>
                }
            }
        >
            <Field label=title hint=hint>
                <Select
                    value=chosen
                    choices=Signal::derive(move || people.get())
                    none=move || words.get().choose_person
                    on_change=Callback::new(move |id: String| chosen.set(id))
                />
            </Field>
            {transfers.then(|| view! { <p class="sm dim">{move || words.get().transfer_hint}</p> })}
        </Dialog>
    }
}
