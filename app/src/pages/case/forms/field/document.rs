//! An identity document: kind, number with its check digit, last day.

use super::keyed::{Keyed, KeyedDocument, LONG_TERM, parse_expiry};
use super::sheet::Sheet;
use super::slot::Slot;
use super::value::is_key_field;
use crate::components::{Choice, Select, TextInput};
use crate::format::full_date;
use crate::i18n::forms::FormWords;
use crate::i18n::terms::Terms;
use crate::i18n::use_text;
use crate::i18n::wording::label;
use chrono::NaiveDate;
use domain::catalogue::{FieldSpec, ResidentId, Sex};
use domain::value::DocumentKind;
use leptos::prelude::*;

/// Kinds of documents in the order they are offered.
const KINDS: [DocumentKind; 6] = [
    DocumentKind::ResidentId,
    DocumentKind::PermanentResidence,
    DocumentKind::HkMoTwResidence,
    DocumentKind::Passport,
    DocumentKind::HouseholdRegister,
    DocumentKind::BirthCertificate,
];

/// The three inputs of a document field.
#[component]
pub(super) fn DocumentFields(
    sheet: Sheet,
    spec: FieldSpec,
    /// In a row that names the document: the labels need not.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let words = use_text::<FormWords>();
    let cell = sheet.cell(&spec.key)?;
    let at = StoredValue::new(format!("/{}", spec.key));
    let below = move |part: &str| at.with_value(|at| format!("{at}/document/{part}"));
    let document = Memo::new(move |_| match cell.get() {
        Keyed::Document(document) => document,
        _ => KeyedDocument::default(),
    });
    let change = move |part: &'static str, change: &dyn Fn(&mut KeyedDocument)| {
        cell.update(|keyed| {
            if let Keyed::Document(document) = keyed {
                change(document);
            }
        });
        sheet.touch(&below(part));
    };
    let name = spec.label.clone();
    let part = move |own: fn(&FormWords) -> &'static str, of: fn(&FormWords) -> fn(&str) -> String| {
        let name = name.clone();
        TextProp::from(move || {
            let words_now = words.get();
            if short { own(words_now).to_owned() } else { of(words_now)(&label(&name, words.locale())) }
        })
    };
    let kind_label = part(|w| w.document, |w| w.kind_of);
    let number_label = part(|w| w.number, |w| w.number_of);
    let expires_label = part(|w| w.expires, |w| w.expires_of);
    let fits = Signal::derive(move || {
        document.with(|document| check_words(document, sheet.desk().today.get(), words.get()))
    });
    // The field as a whole is missing at its own pointer; the number is where it shows.
    let number_fault = Signal::derive(move || {
        sheet.at(&below("number")).or_else(|| {
            let whole = at.get_value();
            sheet.below(&below("number")).into_iter().next().or_else(|| sheet.at(&whole))
        })
    });
    let expires_fault = Signal::derive(move || sheet.at(&below("expires")));
    let leave = move |part: &'static str| {
        Callback::new(move |()| {
            sheet.leave(&below(part));
            if part == "number" {
                at.with_value(|at| sheet.leave(at));
            }
        })
    };
    let closed: Signal<bool> = sheet.desk().closed.into();
    Some(view! {
        <Slot label=kind_label.clone() fault=Signal::stored(None) required=spec.required span=if short { 4 } else { 3 }>
            <DocumentKindInput
                value=Signal::derive(move || document.with(|document| document.kind))
                disabled=closed
                label=kind_label
                on_change=Callback::new(move |kind| change("kind", &|document| document.kind = kind))
            />
        </Slot>
        <Slot
            label=number_label.clone()
            fault=number_fault
            fits=fits
            required=spec.required
            key_field=!short && is_key_field(sheet, &spec.key)
            span=if short { 5 } else { 4 }
            on_leave=leave("number")
        >
            <TextInput
                value=Signal::derive(move || document.with(|document| document.number.clone()))
                on_input=Callback::new(move |text: String| {
                    change("number", &|document| document.number.clone_from(&text));
                })
                disabled=closed
            />
        </Slot>
        <Slot
            label=expires_label.clone()
            fault=expires_fault
            hint=Signal::derive(move || (!short).then(|| words.get().expires_form.to_owned()))
            span=3
            on_leave=leave("expires")
        >
            <ExpiryInput
                value=Signal::derive(move || document.with(|document| document.expires.clone()))
                today=sheet.desk().today
                disabled=closed
                label=expires_label
                on_change=Callback::new(move |text: String| {
                    change("expires", &|document| document.expires.clone_from(&text));
                })
            />
        </Slot>
    })
}

/// What a citizen number says once its check character fits: with it a slip of the hand is seen at once.
pub(super) fn check_words(document: &KeyedDocument, today: NaiveDate, words: &FormWords) -> Option<String> {
    let carries = matches!(
        document.kind,
        DocumentKind::ResidentId | DocumentKind::HkMoTwResidence | DocumentKind::HouseholdRegister
    );
    let id = ResidentId::parse(&document.number, today).ok().filter(|_| carries)?;
    let sex = match id.sex() {
        Sex::Male => words.male,
        Sex::Female => words.female,
    };
    Some((words.check_fits)(&full_date(id.birth_date()), sex))
}

/// Kind of a document.
#[component]
pub(super) fn DocumentKindInput(
    value: Signal<DocumentKind>,
    disabled: Signal<bool>,
    #[prop(into)] label: TextProp,
    #[prop(optional)] small: bool,
    on_change: Callback<DocumentKind>,
) -> impl IntoView {
    let terms = use_text::<Terms>();
    let code = |kind: DocumentKind| KINDS.iter().position(|own| *own == kind).unwrap_or_default().to_string();
    let choices = Signal::derive(move || {
        let terms = terms.get();
        KINDS.iter().map(|kind| Choice::new(code(*kind), terms.document(*kind))).collect::<Vec<_>>()
    });
    view! {
        <Select
            value=Signal::derive(move || code(value.get()))
            choices=choices
            label=label
            disabled=disabled
            small=small
            on_change=Callback::new(move |chosen: String| {
                if let Some(kind) = chosen.parse::<usize>().ok().and_then(|at| KINDS.get(at)) {
                    on_change.run(*kind);
                }
            })
        />
    }
}

/// The last day of a document: a date, or 长期. What was read is written out when the person leaves it.
#[component]
pub(super) fn ExpiryInput(
    value: Signal<String>,
    #[prop(into)] today: Signal<NaiveDate>,
    disabled: Signal<bool>,
    #[prop(into)] label: TextProp,
    #[prop(optional)] small: bool,
    on_change: Callback<String>,
) -> impl IntoView {
    let commit = Callback::new(move |text: String| match parse_expiry(&text, today.get_untracked()) {
        Ok(Some(day)) => on_change.run(full_date(day)),
        Ok(None) => on_change.run(LONG_TERM.to_owned()),
        Err(_) => {}
    });
    view! {
        <TextInput value=value on_input=on_change on_commit=commit label=label disabled=disabled small=small/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Localised};

    #[test]
    fn a_number_that_fits_says_what_it_carries() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date");
        let document =
            |kind, number: &str| KeyedDocument { kind, number: number.into(), expires: String::new() };
        let say =
            |document: &KeyedDocument| check_words(document, today, FormWords::in_locale(Locale::ZhHans));
        // The example printed in GB 11643-1999.
        let good = document(DocumentKind::ResidentId, "11010519491231002X");
        assert_eq!(say(&good).as_deref(), Some("校验位符，1949-12-31 生，女"));
        assert_eq!(say(&document(DocumentKind::ResidentId, "110105194912310021")), None);
        assert_eq!(say(&document(DocumentKind::Passport, "11010519491231002X")), None);
    }
}
