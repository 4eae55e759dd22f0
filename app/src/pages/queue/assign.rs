//! Giving cases to somebody (lead): only those the rules let take one are offered, with what they have in hand.

use super::acts::bulk;
use super::desk::use_desk;
use crate::api::queue::ListAct;
use crate::api::use_api;
use crate::components::entry::Choice;
use crate::components::{Button, ButtonVariant, Dialog, Field, Select};
use crate::follow::follow;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{use_messages, use_text};
use domain::api::case::Candidate;
use domain::id::PersonId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks to whom.
pub fn dialog() -> AnyView {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let api = use_api();
    let bulk = bulk();
    let chosen = RwSignal::new(String::new());
    let open = Signal::derive(move || desk.assigning.with(Option::is_some));
    let close = Callback::new(move |()| {
        desk.assigning.set(None);
        chosen.set(String::new());
    });
    // Asked of the server anew each time: who may take them, and how much each has in hand, changes by the minute.
    let found = RwSignal::new(None::<Result<Vec<Candidate>, ()>>);
    let asked = Memo::new(move |_| {
        desk.assigning
            .with(|rows| rows.as_ref().map(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>()))
    });
    follow(move || {
        let Some(cases) = asked.get() else { return };
        found.set(None);
        spawn_local(async move {
            let answer = api.candidates(cases.clone()).await.map_err(drop);
            // The dialog may have been closed, or opened for other cases, meanwhile.
            if asked.try_get_untracked().flatten().as_ref() == Some(&cases) {
                found.try_set(Some(answer));
            }
        });
    });
    let cases = move || asked.with(|cases| cases.as_ref().map_or(0, Vec::len));
    let people = Signal::derive(move || {
        let (words, of) = (words.get(), cases());
        let Some(Ok(people)) = found.get() else { return Vec::new() };
        people
            .into_iter()
            .map(|one| Choice::new(one.person.to_string(), candidate(&one, of, words)))
            .collect::<Vec<_>>()
    });
    let hint = Signal::derive(move || {
        let words = words.get();
        Some(match found.get() {
            None => words.candidates_asked.to_owned(),
            Some(Err(())) => t.get().state.failed.to_owned(),
            Some(Ok(people)) if people.is_empty() => words.nobody_to_assign.to_owned(),
            Some(Ok(people)) => (words.candidates)(i64::try_from(people.len()).unwrap_or(i64::MAX)),
        })
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
            <Field label=move || words.get().assign_title hint=hint>
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

/// Somebody as the list names him: how much he has in hand, and how many of the cases he may take where not all.
fn candidate(one: &Candidate, of: usize, words: &Words) -> String {
    let mut text =
        format!("{} {} {}", one.name, one.person, (words.load)(i64::from(one.open), i64::from(one.overdue)));
    if usize::from(one.may) < of {
        text.push(' ');
        text.push_str(&(words.may_take)(i64::from(one.may), i64::try_from(of).unwrap_or(i64::MAX)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Localised};

    #[test]
    fn a_candidate_shows_his_load() {
        let one =
            Candidate { person: "SH2001".into(), name: "陈思远".into(), may: 2, open: 7, overdue: 1 };
        let words = Words::in_locale(Locale::ZhHans);
        assert_eq!(candidate(&one, 2, words), "陈思远 SH2001 在办 7，逾期 1");
        assert_eq!(candidate(&one, 3, words), "陈思远 SH2001 在办 7，逾期 1 可接 2/3");
        let free = Candidate { open: 0, overdue: 0, ..one };
        assert_eq!(candidate(&free, 2, Words::in_locale(Locale::En)), "陈思远 SH2001 nothing in hand");
    }
}
