//! An identity document of the registration: as typed, and as inputs – the same as in the forms of items.

use super::form::Why;
use super::sheet::use_sheet;
use crate::format::full_date;
use crate::i18n::intake::Intake as Words;
use crate::i18n::use_text;
use crate::pages::case::forms::field::Unread;
use crate::pages::case::forms::field::document::{Change, DocumentInputs, Places};
use crate::pages::case::forms::field::keyed::{KeyedDocument, LONG_TERM, parse_expiry};
use chrono::NaiveDate;
use domain::secret::{Secret, SecretKind, canonical};
use domain::value::{DocumentKind, IdentityDocument};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An identity document as typed; its number is sealed while it is the one of a case that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Secret,
    /// Its last day, or 长期.
    pub expires: String,
}

impl Default for Identity {
    fn default() -> Self {
        Self { kind: DocumentKind::ResidentId, number: Secret::Plain(String::new()), expires: String::new() }
    }
}

impl Identity {
    /// One that is there.
    pub fn of(document: &IdentityDocument) -> Self {
        Self {
            kind: document.kind,
            number: document.number.clone(),
            expires: document.expires.map_or_else(|| LONG_TERM.to_owned(), full_date),
        }
    }

    /// Nothing was typed.
    pub fn is_blank(&self) -> bool {
        self.number.is_empty() && self.expires.trim().is_empty()
    }

    /// The document, and why its last day is none.
    pub fn read(&self, today: NaiveDate) -> (IdentityDocument, Option<Why>) {
        let (expires, why) = match parse_expiry(&self.expires, today) {
            Ok(expires) => (expires, None),
            Err(Unread::Date(error)) => (None, Some(Why::Date(error))),
            Err(_) => (None, Some(Why::Missing)),
        };
        let number = match &self.number {
            Secret::Plain(text) => Secret::Plain(canonical(SecretKind::Identity, text)),
            Secret::Sealed(_) => self.number.clone(),
        };
        (IdentityDocument { kind: self.kind, number, expires }, why)
    }
}

/// What stands in a field of a personal value: masked while it is the one of the case, plain once it is typed anew.
pub fn shown(secret: &Secret) -> String {
    secret.plain().map_or_else(|| secret.masked(), str::to_owned)
}

/// What a field of a personal value holds after a stroke. A masked value cannot be edited in part: the first stroke
/// begins it anew.
pub fn retyped(before: &Secret, typed: String) -> Secret {
    let text = match before {
        Secret::Sealed(_) => typed.strip_prefix(before.masked().as_str()).unwrap_or_default().to_owned(),
        Secret::Plain(_) => typed,
    };
    Secret::Plain(text)
}

/// Whose document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The applicant's: written down where it was shown.
    Applicant,
    /// Of who acts for the applicant.
    Agent,
}

/// Kind, number and last day of an identity document.
#[component]
pub fn IdentityFields(whose: Whose) -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let of = move |form: &super::form::Form| match whose {
        Whose::Applicant => form.document.clone(),
        Whose::Agent => form.agent_document.clone(),
    };
    let places = match whose {
        Whose::Applicant => Places {
            kind: "/registration/document/kind",
            number: "/registration/document/number",
            expires: "/registration/document/expires",
        },
        Whose::Agent => Places {
            kind: "/registration/agent/kind",
            number: "/registration/agent/identity",
            expires: "/registration/agent/expires",
        },
    };
    let document = Memo::new(move |_| {
        let document = sheet.form.with(of);
        KeyedDocument { kind: document.kind, number: shown(&document.number), expires: document.expires }
    });
    let change = Callback::new(move |change: Change| {
        let at = match change {
            Change::Kind(_) => places.kind,
            Change::Number(_) => places.number,
            Change::Expires(_) => places.expires,
        };
        sheet.edit(at, move |form| {
            let document = match whose {
                Whose::Applicant => &mut form.document,
                Whose::Agent => &mut form.agent_document,
            };
            match change {
                Change::Kind(kind) => document.kind = kind,
                Change::Number(typed) => document.number = retyped(&document.number, typed),
                Change::Expires(typed) => document.expires = typed,
            }
        });
        // What the number breaks depends on the kind.
        sheet.touch(places.number);
    });
    let name = TextProp::from(move || match whose {
        Whose::Applicant => words.get().applicant_document,
        Whose::Agent => words.get().agent_document,
    });
    view! {
        <DocumentInputs
            name=name
            document=document
            today=sheet.today()
            disabled=Signal::stored(false)
            number_fault=Signal::derive(move || sheet.fault_at(places.number))
            expires_fault=Signal::derive(move || sheet.fault_at(places.expires))
            required={whose == Whose::Agent}
            places=places
            on_change=change
            on_leave=Callback::new(move |at: &'static str| sheet.leave(at))
        />
    }
}
