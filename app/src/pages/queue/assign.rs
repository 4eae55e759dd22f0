//! Giving cases to somebody (lead). Who may take a case is the rules' to say: the server answers case by case.

use super::acts::bulk;
use super::desk::use_desk;
use crate::api::queue::ListAct;
use crate::components::entry::Choice;
use crate::components::{Button, ButtonVariant, Dialog, Field, Select};
use crate::format::compare;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::state::session::use_session;
use domain::id::PersonId;
use leptos::prelude::*;

/// Asks to whom.
pub fn dialog() -> AnyView {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let (locale, session) = (use_locale(), use_session());
    let bulk = bulk();
    let chosen = RwSignal::new(String::new());
    let open = Signal::derive(move || desk.assigning.with(Option::is_some));
    let close = Callback::new(move |()| {
        desk.assigning.set(None);
        chosen.set(String::new());
    });
    let people = Signal::derive(move || {
        let language = locale.get().tag();
        let names = session.get().map(|session| session.names.clone()).unwrap_or_default();
        let mut people: Vec<Choice> =
            names.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        people.sort_by(|a, b| compare(language, &a.label, &b.label));
        people
    });
    let give = Callback::new(move |()| {
        let to = PersonId(chosen.get_untracked());
        let rows = desk.assigning.get_untracked().unwrap_or_default();
        close.run(());
        bulk.run((rows, ListAct::Assign { to }));
    });
    let disabled = move || chosen.with(String::is_empty).then(|| words.get().choose_person.to_owned());
    view! {
        <Dialog
            title=move || words.get().assign_title
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <Button
                        variant=ButtonVariant::Primary
                        disabled=Signal::derive(disabled)
                        on_press=give
                    >
                        {move || t.get().queue.assign}
                    </Button>
                }
            }
        >
            <Field label=move || words.get().assign_title>
                <Select
                    value=chosen
                    choices=people
                    none=move || words.get().choose_person
                    on_change=Callback::new(move |id: String| chosen.set(id))
                />
            </Field>
        </Dialog>
    }
    .into_any()
}
