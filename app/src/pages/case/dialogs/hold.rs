//! Putting a case on hold: why, until when, and whether the due time moves.

use super::{Asking, asked};
use crate::components::{Button, ButtonVariant, Checkbox, DateInput, Dialog, Field, TextArea};
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, words as use_words};
use crate::pages::case::bench::use_bench;
use chrono::NaiveDate;
use domain::case::Command;
use domain::case::state::Matter;
use domain::time::{Timestamp, end_of_day, local_date};
use leptos::prelude::*;

/// Asks why and until when.
#[component]
pub fn HoldDialog() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (open, close) = asked(Asking::Hold);
    let reason = RwSignal::new(String::new());
    let day = RwSignal::new(None::<NaiveDate>);
    let fault = RwSignal::new(None::<String>);
    let moves = RwSignal::new(false);
    let today = Signal::derive(move || local_date(bench.clock().now()));
    // The end of that day's business by the unit's calendar; of a day off, its midnight.
    let until = Memo::new(move |_| {
        let day = day.get()?;
        bench.opened.with(|opened| {
            let calendar = &opened.as_ref()?.calendar;
            Some(calendar.close_of(day).unwrap_or_else(|| end_of_day(day)))
        })
    });
    let filled = move || -> Option<(String, Timestamp)> {
        let reason = reason.get();
        (!reason.trim().is_empty()).then_some(())?;
        Some((reason, until.get()?))
    };
    let command = Signal::derive(move || {
        let (reason, until) = filled()?;
        Some(Command::PutOnHold { reason, until, moves_due: moves.get() })
    });
    let ask = Signal::derive(move || {
        let (reason, until) = filled()?;
        Some(Command::RequestApproval { matter: Matter::HoldMovesDue { until }, reason })
    });
    let needs_approval = move || moves.get() && command.get().is_some_and(|command| !bench.allows(&command));
    let done = Callback::new(move |()| {
        reason.set(String::new());
        day.set(None);
        close.run(());
    });
    view! {
        <Dialog
            title=move || words.get().hold_title
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
                        {move || words.get().hold}
                    </Act>
                }
            }
        >
            <Field label=move || words.get().hold_reason>
                <TextArea value=reason rows=3 max_length=2000 on_input=move |typed| reason.set(typed)/>
            </Field>
            <Field
                label=move || words.get().hold_until
                hint=Signal::derive(move || Some(words.get().hold_until_hint.to_owned()))
                error=fault
            >
                <DateInput
                    value=day
                    today=today
                    on_change=Callback::new(move |read| match read {
                        Ok(read) => {
                            fault.set(None);
                            day.set(read);
                        }
                        Err(error) => fault.set(Some(t.now().field().date(error).to_owned())),
                    })
                />
            </Field>
            <Checkbox checked=moves on_change=Callback::new(move |on| moves.set(on))>
                {move || words.get().hold_moves_due}
            </Checkbox>
        </Dialog>
    }
}
