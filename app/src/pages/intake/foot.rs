//! The foot of the registration: whether it can be registered, and the button that does it.

use super::sheet::use_sheet;
use crate::components::{Button, ButtonVariant, Icon, IconName};
use crate::format::second_time;
use crate::i18n::intake::Intake as Words;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::state::drafts::use_drafts;
use crate::state::keyboard::use_keyboard;
use leptos::prelude::*;

/// How the registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// So many fields are not filled in.
    Gaps(usize),
    /// So many shortfalls are not acknowledged.
    Unknown(usize),
    /// It can be registered, with so many shortfalls.
    Ready(usize),
}

/// Whether it can be registered, and the button.
#[component]
pub fn Foot() -> impl IntoView {
    let (words, t, sheet, drafts) = (use_text::<Words>(), use_messages(), use_sheet(), use_drafts());
    let stand = Memo::new(move |_| match sheet.registration() {
        None => Stand::Gaps(sheet.lacks.with(Vec::len)),
        Some(registration) => {
            let short = sheet.shortfalls();
            match short.iter().filter(|one| !registration.acknowledged.contains(one)).count() {
                0 => Stand::Ready(short.len()),
                n => Stand::Unknown(n),
            }
        }
    });
    let submit = sheet.submit();
    use_keyboard().on_shortcut(move |shortcut| {
        let asked = shortcut == Shortcut::Submit;
        if asked {
            submit.run(());
        }
        asked
    });
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let why = move || {
        let w = words.get();
        match stand.get() {
            Stand::Gaps(n) => Some((w.to_fill)(number(n))),
            Stand::Unknown(n) => Some((w.to_acknowledge)(number(n))),
            Stand::Ready(_) => None,
        }
    };
    let said = move || {
        let w = words.get();
        let (state, icon, text) = match stand.get() {
            Stand::Ready(0) => ("ok", IconName::StateDone, w.can_register),
            Stand::Ready(_) => ("soon", IconName::StateSoon, w.with_shortfalls),
            Stand::Gaps(_) | Stand::Unknown(_) => ("over", IconName::StateCross, w.cannot_yet),
        };
        view! {
            <b data-s=state>
                <Icon name=icon/>
                {text}
            </b>
        }
    };
    let kept = move || drafts.kept_at(&sheet.draft());
    // Also where it could not be stored: what was typed can be thrown away all the same.
    let is_typed = Memo::new(move |_| sheet.is_typed());
    let discard = sheet.discard();
    let amends = sheet.case.is_some();
    view! {
        <footer class="bar foot">
            <div class="why" role="status" data-s=move || match stand.get() {
                Stand::Ready(0) => "ok",
                Stand::Ready(_) => "soon",
                _ => "over",
            }>
                {said}
                {move || {
                    let why = why()?;
                    Some(match (stand.get(), sheet.lacks.with(|lacks| lacks.first().map(|lack| lack.at.clone()))) {
                        (Stand::Gaps(_), Some(first)) => {
                            view! {
                                <button type="button" class="lnk" on:click=move |_| sheet.go(&first)>
                                    {why}
                                </button>
                            }
                                .into_any()
                        }
                        _ => view! { <span>{why}</span> }.into_any(),
                    })
                }}
                {move || {
                    kept()
                        .map(|at| {
                            view! { <span class="dim">{(t.get().field().draft_saved)(&second_time(at))}</span> }
                        })
                }}
            </div>
            {move || {
                is_typed
                    .get()
                    .then(|| {
                        view! {
                            <Button variant=ButtonVariant::Quiet on_press=discard>
                                {move || words.get().discard}
                            </Button>
                        }
                    })
            }}
            <Button
                variant=ButtonVariant::Primary
                icon=IconName::Check
                shortcut=Shortcut::Submit
                busy=sheet.busy
                disabled=Signal::derive(move || why().filter(|_| sheet.tried.get()))
                on_press=submit
            >
                {move || if amends { words.get().submit_amend } else { words.get().submit }}
            </Button>
        </footer>
    }
}
