//! Somebody else changed the same: both values side by side, and the person chooses.

use super::act::words as use_words;
use super::bench::{Met, use_bench};
use crate::components::{Button, ButtonVariant, Dialog};
use crate::format::moment;
use crate::i18n::use_messages;
use crate::i18n::value::value;
use domain::case::Command;
use domain::value::Value;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks whose value stands.
#[component]
pub fn ConflictDialog() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let open = Signal::derive(move || bench.met.with(Option::is_some));
    let close = Callback::new(move |()| bench.met.set(None));
    let keep_mine = Callback::new(move |()| {
        let Some(met) = bench.met.get_untracked() else { return };
        close.run(());
        // On the newest version nothing clashes any more: what was chosen is sent as it is.
        spawn_local(async move {
            bench.send(met.command).await;
        });
    });
    let keep_theirs = Callback::new(move |()| {
        let Some(met) = bench.met.get_untracked() else { return };
        close.run(());
        if let Command::EnterChange { item, mut fields } = met.command {
            for clash in met.clashes {
                match clash.theirs {
                    Some(theirs) => fields.insert(clash.field, theirs),
                    None => fields.remove(&clash.field),
                };
            }
            spawn_local(async move {
                bench.send(Command::EnterChange { item, fields }).await;
            });
        }
    });
    let who = move || {
        bench.met.get().map(|met| {
            let when = moment(met.at, bench.clock().now());
            bench.say(|_, wording| (words.get().conflict_by)(&wording.by(&met.by), &when))
        })
    };
    let rows = move || {
        let met = bench.met.get()?;
        if met.clashes.is_empty() {
            return Some(view! { <p class="mut">{words.get().conflict_whole}</p> }.into_any());
        }
        Some(clashes(&met).into_any())
    };
    view! {
        <Dialog
            title=move || words.get().conflict_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Button on_press=keep_theirs>{move || words.get().keep_theirs}</Button>
                    <Button variant=ButtonVariant::Primary on_press=keep_mine>
                        {move || words.get().keep_mine}
                    </Button>
                }
            }
        >
            <p>{who}</p>
            {rows}
        </Dialog>
    }
}

fn clashes(met: &Met) -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let Command::EnterChange { item, .. } = &met.command else { return ().into_any() };
    let item = *item;
    let say = move |field: &domain::id::FieldKey, of: &Option<Value>| {
        bench.say(|opened, wording| {
            let code = opened.case.item(item).map(|item| item.code.clone());
            let spec = code
                .as_ref()
                .and_then(|code| opened.catalogue.item(code))
                .and_then(|entry| entry.field(field));
            let none = || wording.messages().common.empty_value.to_owned();
            of.as_ref().map_or_else(none, |of| value(of, spec, wording))
        })
    };
    let rows = met
        .clashes
        .iter()
        .map(|clash| {
            let name = bench.say(|_, wording| wording.any_field(&clash.field));
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{say(&clash.field, &clash.theirs)}</td>
                    <td>{say(&clash.field, &clash.mine)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="tbl">
            <thead>
                <tr>
                    <th scope="col">{move || t.get().case().field}</th>
                    <th scope="col">{move || words.get().theirs}</th>
                    <th scope="col">{move || words.get().mine}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
