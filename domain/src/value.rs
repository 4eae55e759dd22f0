//! Values of the fields of a change item, as asked, entered and shown by the core system.

use crate::{
    money::Money,
    secret::{Secret, normalise},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Kind of identity document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DocumentKind {
    /// 居民身份证, checked by GB 11643.
    ResidentId,
    /// 外国人永久居留身份证
    PermanentResidence,
    /// 港澳台居民居住证
    HkMoTwResidence,
    /// 护照
    Passport,
    /// 户口簿
    HouseholdRegister,
    /// 出生医学证明
    BirthCertificate,
}

/// An identity document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityDocument {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Secret,
    /// Last day of validity; none = long-term 长期.
    pub expires: Option<NaiveDate>,
}

/// One beneficiary 受益人.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Beneficiary {
    /// Full name.
    pub name: String,
    /// Identity document.
    pub document: IdentityDocument,
    /// Relation to the insured, a choice of the catalogue.
    pub relation: String,
    /// Order 受益顺序, from 1.
    pub order: u8,
    /// Share in per million of the order; all of an order without a share = equal shares
    /// (保险法 art. 40).
    pub share_ppm: Option<u32>,
}

/// Beneficiaries of a policy: named, or those the law names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Beneficiaries {
    /// 法定
    Statutory,
    /// 指定
    Named(Vec<Beneficiary>),
}

/// A field's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Value {
    /// Text, name, postal code, policy number.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// An amount.
    Money(Money),
    /// A ratio in per million.
    Ratio(u32),
    /// One of the catalogue's choices, by code.
    Choice(String),
    /// Mobile, account, address.
    Secret(Secret),
    /// An identity document.
    Document(IdentityDocument),
    /// Beneficiaries.
    Beneficiaries(Beneficiaries),
}

impl Value {
    /// Whether two values say the same, after NFKC, spaces and case (process §4); unknown (`None`)
    /// where a plain personal value meets a sealed one.
    pub fn same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) | (Self::Choice(a), Self::Choice(b)) => {
                Some(normalise(a) == normalise(b))
            }
            (Self::Secret(a), Self::Secret(b)) => a.same(b),
            (Self::Document(a), Self::Document(b)) => same_document(a, b),
            (Self::Beneficiaries(a), Self::Beneficiaries(b)) => same_beneficiaries(a, b),
            (a, b) => Some(a == b),
        }
    }

    /// Every personal value in it, with its JSON pointer below the value.
    pub fn secrets(&self) -> Vec<&Secret> {
        match self {
            Self::Secret(secret) => vec![secret],
            Self::Document(document) => vec![&document.number],
            Self::Beneficiaries(Beneficiaries::Named(list)) => {
                list.iter().map(|beneficiary| &beneficiary.document.number).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every personal value in it, to be sealed in place.
    pub fn secrets_mut(&mut self) -> Vec<&mut Secret> {
        match self {
            Self::Secret(secret) => vec![secret],
            Self::Document(document) => vec![&mut document.number],
            Self::Beneficiaries(Beneficiaries::Named(list)) => {
                list.iter_mut().map(|beneficiary| &mut beneficiary.document.number).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn same_document(a: &IdentityDocument, b: &IdentityDocument) -> Option<bool> {
    let number = a.number.same(&b.number)?;
    Some(a.kind == b.kind && a.expires == b.expires && number)
}

fn same_beneficiaries(a: &Beneficiaries, b: &Beneficiaries) -> Option<bool> {
    let (Beneficiaries::Named(a), Beneficiaries::Named(b)) = (a, b) else { return Some(a == b) };
    if a.len() != b.len() {
        return Some(false);
    }
    a.iter().zip(b).try_fold(true, |same, (a, b)| {
        let document = same_document(&a.document, &b.document)?;
        Some(
            same && document
                && normalise(&a.name) == normalise(&b.name)
                && (&a.relation, a.order, a.share_ppm) == (&b.relation, b.order, b.share_ppm),
        )
    })
}
