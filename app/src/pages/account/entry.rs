//! Fields of the small forms of an account: what is typed, what is wrong with it.

use crate::api::Failure;
use crate::components::{Field, TextInput};
use crate::i18n::Locale;
use crate::i18n::account::AccountWords;
use crate::i18n::failure::word_generally;
use crate::state::session::SessionState;
use domain::api::Slug;
use domain::api::account::PasswordFault;
use leptos::html;
use leptos::prelude::*;

/// A field.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    value: RwSignal<String>,
    fault: RwSignal<Option<String>>,
    field: NodeRef<html::Input>,
}

impl Default for Entry {
    fn default() -> Self {
        Self::new()
    }
}

impl Entry {
    /// An empty one.
    pub fn new() -> Self {
        Self { value: RwSignal::new(String::new()), fault: RwSignal::new(None), field: NodeRef::new() }
    }

    /// What was typed.
    pub fn text(self) -> String {
        self.value.get_untracked()
    }

    /// Nothing is typed and nothing wrong.
    pub fn clear(self) {
        self.value.try_set(String::new());
        self.fault.try_set(None);
    }

    /// Says what is wrong and leads there; what was typed is marked, so that typing replaces it.
    pub fn blame(self, words: impl Into<String>) {
        self.fault.try_set(Some(words.into()));
        self.focus();
    }

    /// Leads there.
    pub fn focus(self) {
        if let Some(field) = self.field.try_get_untracked().flatten() {
            crate::components::focus::give(&field);
            field.select();
        }
    }

    /// Says what is wrong where nothing was typed; true where something was.
    pub fn filled(self, words: &AccountWords) -> bool {
        self.fault.set(None);
        let filled = self.value.with_untracked(|text| !text.trim().is_empty());
        if !filled {
            self.blame(words.missing);
        }
        filled
    }
}

/// Shows a field.
#[component]
pub fn Line(
    /// The field.
    entry: Entry,
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What helps.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// `password` or `text`.
    #[prop(default = "password")]
    kind: &'static str,
    /// What the browser may fill in.
    autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <Field label=label hint=hint error=entry.fault>
            <TextInput
                value=entry.value
                on_input=move |text| {
                    entry.value.set(text);
                    entry.fault.set(None);
                }
                kind=kind
                autocomplete=autocomplete
                node_ref=entry.field
            />
        </Field>
    }
}

/// Says what went wrong: at the field the server names, else at the last of the form; where the session is gone the person
/// signs in again.
pub fn show_failure(
    failure: &Failure,
    fields: &[(&str, Entry)],
    words: &AccountWords,
    locale: Locale,
    session: SessionState,
) {
    if failure.slug() == Some(Slug::NotSignedIn) {
        session.lost();
        return;
    }
    let at_fault = match failure {
        Failure::Problem(problem) => problem.errors.first(),
        _ => None,
    };
    if let Some(error) = at_fault
        && let Some((_, entry)) = fields.iter().find(|(pointer, _)| *pointer == error.pointer)
    {
        let said = PasswordFault::of_detail(&error.detail).map(|fault| words.password_fault(fault));
        entry.blame(said.unwrap_or(words.code_wrong));
        return;
    }
    if let Some((_, entry)) = fields.last() {
        entry.blame(word_generally(failure, locale));
    }
}
