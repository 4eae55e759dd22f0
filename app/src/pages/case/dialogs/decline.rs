//! Proposing to decline, declining, refusing the proposal.

use super::{Asking, asked};
use crate::components::{Button, ButtonVariant, Checkbox, Dialog, Field, IconName, Note, State, TextArea};
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, fixed, words as use_words};
use crate::pages::case::bench::use_bench;
use domain::case::Command;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Asks which items and why.
#[component]
pub fn ProposeDialog() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (open, close) = asked(Asking::Propose);
    let reason = RwSignal::new(String::new());
    let left_out = RwSignal::new(BTreeSet::<u8>::new());
    let items = bench
        .of(|opened| opened.case.open_items().map(|item| (item.no, item.code.clone())).collect::<Vec<_>>());
    let command = Signal::derive(move || {
        let reason = reason.get();
        let left_out = left_out.get();
        let items: Vec<u8> =
            items.get()?.into_iter().map(|(no, _)| no).filter(|no| !left_out.contains(no)).collect();
        (!reason.trim().is_empty() && !items.is_empty()).then_some(Command::ProposeDecline { reason, items })
    });
    let rows = move || {
        items
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|(no, code)| {
                view! {
                    <Checkbox
                        checked=Signal::derive(move || !left_out.with(|out| out.contains(&no)))
                        on_change=Callback::new(move |on: bool| {
                            left_out
                                .update(|out| {
                                    if on {
                                        out.remove(&no);
                                    } else {
                                        out.insert(no);
                                    }
                                });
                        })
                    >
                        {move || bench.say(|_, wording| wording.item(&code))}
                    </Checkbox>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog
            title=move || words.get().propose_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act command=command variant=ButtonVariant::Primary on_done=close>
                        {move || words.get().propose_decline}
                    </Act>
                }
            }
        >
            <fieldset class="bare col">
                <legend class="sm mut">{move || words.get().propose_items}</legend>
                {rows}
            </fieldset>
            <Field label=move || words.get().reason>
                <TextArea value=reason rows=3 max_length=2000 on_input=move |typed| reason.set(typed)/>
            </Field>
        </Dialog>
    }
}

/// Says what declining does, and asks.
#[component]
pub fn DeclineDialog() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (open, close) = asked(Asking::Decline);
    let said = move || {
        let w = words.get();
        bench.opened.with(|opened| {
            let case = opened.as_ref().map(|opened| &opened.case)?;
            let named = case.proposal.as_ref()?.items.len();
            let all = case.open_items().count();
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            Some(if named >= all {
                (w.decline_all)(number(named))
            } else {
                (w.decline_some)(number(named), number(all - named))
            })
        })
    };
    view! {
        <Dialog
            title=move || words.get().decline_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act
                        command=fixed(Command::Decline {})
                        variant=ButtonVariant::Danger
                        on_done=close
                    >
                        {move || words.get().decline}
                    </Act>
                }
            }
        >
            <Note state=State::Over icon=IconName::Warning>
                <span>{said}</span>
            </Note>
        </Dialog>
    }
}

/// Asks why the proposal is refused.
#[component]
pub fn RefuseDialog() -> impl IntoView {
    let (t, words) = (use_messages(), use_words());
    let (open, close) = asked(Asking::RefuseProposal);
    let reason = RwSignal::new(String::new());
    let command = Signal::derive(move || {
        let reason = reason.get();
        (!reason.trim().is_empty()).then_some(Command::RefuseProposal { reason })
    });
    view! {
        <Dialog
            title=move || words.get().refuse_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Act command=command variant=ButtonVariant::Return on_done=close>
                        {move || words.get().refuse_proposal}
                    </Act>
                }
            }
        >
            <Field label=move || words.get().reason>
                <TextArea value=reason rows=3 max_length=2000 on_input=move |typed| reason.set(typed)/>
            </Field>
        </Dialog>
    }
}
