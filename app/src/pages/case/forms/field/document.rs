//! An identity document: kind, number with its check digit, last day.

use super::keyed::{Keyed, KeyedDocument, LONG_TERM, parse_expiry};
use super::sheet::{Sheet, Shown};
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

/// What was changed of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its kind.
    Kind(DocumentKind),
    /// Its number, as typed.
    Number(String),
    /// Its last day, as typed.
    Expires(String),
}

/// Where the parts of a document stand in what is sent, as JSON pointers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Its kind.
    pub kind: &'static str,
    /// Its number.
    pub number: &'static str,
    /// Its last day.
    pub expires: &'static str,
}

impl Places {
    /// Below the field it is the value of.
    const OF_FIELD: Self = Self { kind: "kind", number: "number", expires: "expires" };
}

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
    let change = Callback::new(move |change: Change| {
        let part = match change {
            Change::Kind(_) => "kind",
            Change::Number(_) => "number",
            Change::Expires(_) => "expires",
        };
        cell.update(|keyed| {
            if let Keyed::Document(document) = keyed {
                match change {
                    Change::Kind(kind) => document.kind = kind,
                    Change::Number(text) => document.number = text,
                    Change::Expires(text) => document.expires = text,
                }
            }
        });
        sheet.touch(&below(part));
    });
    let name = spec.label.clone();
    let name = TextProp::from(move || label(&name, words.locale()));
    // The field as a whole is missing at its own pointer; the number is where it shows.
    let number_fault = Signal::derive(move || {
        sheet.at(&below("number")).or_else(|| {
            let whole = at.get_value();
            sheet.below(&below("number")).into_iter().next().or_else(|| sheet.at(&whole))
        })
    });
    let leave = Callback::new(move |part: &'static str| {
        sheet.leave(&below(part));
        if part == Places::OF_FIELD.number {
            at.with_value(|at| sheet.leave(at));
        }
    });
    Some(view! {
        <DocumentInputs
            name=name
            document=document
            today=sheet.desk().today
            disabled=sheet.desk().closed
            number_fault=number_fault
            expires_fault=Signal::derive(move || sheet.at(&below("expires")))
            required=spec.required
            key_field=!short && is_key_field(sheet, &spec.key)
            short=short
            on_change=change
            on_leave=leave
        />
    })
}

/// Kind, number and last day of a document, wherever one is written down.
#[component]
pub fn DocumentInputs(
    /// Whose document it is; the labels name it.
    #[prop(into)]
    name: TextProp,
    /// What stands in the inputs.
    #[prop(into)]
    document: Signal<KeyedDocument>,
    /// The business day.
    #[prop(into)]
    today: Signal<NaiveDate>,
    /// Cannot be changed now.
    #[prop(into)]
    disabled: Signal<bool>,
    /// What is wrong with the number, or with the whole.
    number_fault: Signal<Option<Shown>>,
    /// What is wrong with the last day.
    expires_fault: Signal<Option<Shown>>,
    /// Must be given.
    required: bool,
    /// Keyed twice.
    #[prop(optional)]
    key_field: bool,
    /// In a row that names the document: the labels need not.
    #[prop(optional)]
    short: bool,
    /// Where its parts stand, where a way leads to them.
    #[prop(optional)]
    places: Option<Places>,
    /// Called with each change.
    on_change: Callback<Change>,
    /// Called with the place that was left.
    on_leave: Callback<&'static str>,
) -> impl IntoView {
    let words = use_text::<FormWords>();
    let part = move |own: fn(&FormWords) -> &'static str, of: fn(&FormWords) -> fn(&str) -> String| {
        let name = name.clone();
        TextProp::from(move || {
            let words_now = words.get();
            if short { own(words_now).to_owned() } else { of(words_now)(&name.get()) }
        })
    };
    let kind_label = part(|w| w.document, |w| w.kind_of);
    let number_label = part(|w| w.number, |w| w.number_of);
    let expires_label = part(|w| w.expires, |w| w.expires_of);
    let fits =
        Signal::derive(move || document.with(|document| check_words(document, today.get(), words.get())));
    let Places { kind, number, expires } = places.unwrap_or(Places::OF_FIELD);
    let place = move |at: &'static str| places.map_or("", |_| at);
    let leave = move |at: &'static str| Callback::new(move |()| on_leave.run(at));
    view! {
        <Slot
            label=kind_label.clone()
            fault=Signal::stored(None)
            required=required
            span=if short { 4 } else { 3 }
            at=place(kind)
        >
            <DocumentKindInput
                value=Signal::derive(move || document.with(|document| document.kind))
                disabled=disabled
                label=kind_label
                on_change=Callback::new(move |kind| on_change.run(Change::Kind(kind)))
            />
        </Slot>
        <Slot
            label=number_label.clone()
            fault=number_fault
            fits=fits
            required=required
            key_field=key_field
            span=if short { 5 } else { 4 }
            at=place(number)
            on_leave=leave(number)
        >
            <TextInput
                value=Signal::derive(move || document.with(|document| document.number.clone()))
                on_input=Callback::new(move |text: String| on_change.run(Change::Number(text)))
                disabled=disabled
            />
        </Slot>
        <Slot
            label=expires_label.clone()
            fault=expires_fault
            hint=Signal::derive(move || (!short).then(|| words.get().expires_form.to_owned()))
            span=3
            at=place(expires)
            on_leave=leave(expires)
        >
            <ExpiryInput
                value=Signal::derive(move || document.with(|document| document.expires.clone()))
                today=today
                disabled=disabled
                label=expires_label
                on_change=Callback::new(move |text: String| on_change.run(Change::Expires(text)))
            />
        </Slot>
    }
}

/// What a citizen number says once its check character fits: with it a slip of the hand is seen at once.
pub(super) fn check_words(document: &KeyedDocument, today: NaiveDate, words: &FormWords) -> Option<String> {
    let id = ResidentId::parse(&document.number, today).ok()?;
    // A household register shows the identity number of its person.
    let fits = id.document() == document.kind
        || document.kind == DocumentKind::HouseholdRegister && id.document() == DocumentKind::ResidentId;
    if !fits {
        return None;
    }
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
