//! All keys.

use crate::components::{Dialog, Keys};
use crate::i18n::use_messages;
use crate::keys::{Place, Shortcut};
use crate::state::keyboard::use_keyboard;
use crate::state::settings::use_settings;
use leptos::prelude::*;

/// Keys without a meaning yet are not shown.
const fn has_meaning(shortcut: Shortcut) -> bool {
    !matches!(shortcut, Shortcut::Inquiry | Shortcut::Views | Shortcut::Go(Place::DayClose))
}

/// All keys, and the switch for single letters.
pub fn keys(open: RwSignal<bool>) -> AnyView {
    let (t, settings, keyboard) = (use_messages(), use_settings(), use_keyboard());
    keyboard.on_shortcut(move |shortcut| {
        let closes = shortcut == Shortcut::Back && open.get_untracked();
        if closes {
            open.set(false);
        }
        closes
    });
    let rows = move || {
        Shortcut::ALL
            .into_iter()
            .filter(|shortcut| has_meaning(*shortcut))
            .map(|shortcut| {
                view! {
                    <dt class="row"><Keys of=shortcut/></dt>
                    <dd>{move || t.get().keys().name(shortcut)}</dd>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog
            title=move || t.get().keys().title
            open=open
            on_close=Callback::new(move |()| open.set(false))
        >
            <dl class="facts keys-all">{rows()}</dl>
            <p class="sm dim">{move || t.get().keys().scanner}</p>
            <crate::components::Checkbox
                checked=settings.single_letters
                on_change=Callback::new(move |on| settings.letters(on))
            >
                {move || t.get().keys().single_letters}
            </crate::components::Checkbox>
            <p class="sm dim">{move || t.get().keys().single_letters_hint}</p>
        </Dialog>
    }
    .into_any()
}
