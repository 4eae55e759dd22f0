//! Texts of the catalogue in both languages, and where its rules come from.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A short text in Simplified Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Label {
    /// Simplified Chinese.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Label {
    /// A label known at compile time.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// Whether both languages have a text.
    pub fn is_complete(&self) -> bool {
        !self.zh.trim().is_empty() && !self.en.trim().is_empty()
    }
}

/// Code of one of the ten reference documents: `D05`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct DocumentCode(pub Cow<'static, str>);

impl DocumentCode {
    /// A code known at compile time.
    pub const fn new(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One of the choices of a field, a relation or a payment mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// What is stored.
    pub code: Cow<'static, str>,
    /// What is shown.
    pub label: Label,
}

impl Choice {
    /// A choice known at compile time.
    pub const fn new(code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), label: Label::new(zh, en) }
    }
}

/// What about an item a source speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Subject {
    /// Who may apply.
    Applicant,
    /// The window, allowed statuses, blocks and exclusions.
    Window,
    /// Materials required.
    Materials,
    /// Consent of the insured.
    Consent,
    /// Fields and their rules.
    Fields,
    /// The fee formula and its figures.
    Fee,
    /// The effective date.
    EffectiveDate,
    /// Promise, weight, retention, due diligence.
    Service,
}

/// Where a rule or figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Source {
    /// An article of law or regulation.
    Law(Cow<'static, str>),
    /// Published practice of an insurer.
    Practice(Cow<'static, str>),
    /// A shipped default that every company will change: nothing outside gives it.
    CompanySet,
}

/// One subject of an item with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provenance {
    /// What it is about.
    pub subject: Subject,
    /// Where it comes from.
    pub source: Source,
}
