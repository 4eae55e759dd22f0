//! Materials: kinds, what an item needs of them, what is missing.

use super::{item::Item, label::Label};
use crate::id::{ItemCode, MaterialKind};
use serde::{Deserialize, Serialize};

/// A kind of material 资料.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialSpec {
    /// Its code.
    pub kind: MaterialKind,
    /// Its name.
    pub label: Label,
    /// Whether its original goes back to the customer unless the clerk says otherwise.
    pub returned: bool,
}

/// Original or copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MaterialForm {
    /// 原件
    Original,
    /// 复印件
    Copy,
}

/// When an item needs a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MaterialWhen {
    /// In every case.
    Always,
    /// Where somebody acts for the applicant 代办.
    ByAgent,
}

/// One material an item needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemMaterial {
    /// Its kind.
    pub kind: MaterialKind,
    /// The least that will do: a copy is also met by an original.
    pub form: MaterialForm,
    /// When it is needed.
    pub when: MaterialWhen,
    /// May be waived 免交 by somebody with that grant.
    pub waivable: bool,
}

/// A material as handed in, as far as this rule needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Its kind.
    pub kind: MaterialKind,
    /// Original or copy.
    pub form: MaterialForm,
}

/// What is wrong with a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Missing {
    /// Not handed in.
    Absent,
    /// A copy where the original is needed.
    CopyOnly,
}

/// Kind of the application paper itself, from which a review and the keying of what was asked are made.
pub const APPLICATION: &str = "application";

/// A material that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingMaterial {
    /// Its kind.
    pub kind: MaterialKind,
    /// The items that need it.
    pub items: Vec<ItemCode>,
    /// How it is missing.
    pub missing: Missing,
    /// Whether all those items let it be waived.
    pub waivable: bool,
}

/// What the items of a case still need, once per kind, in the order the items list them. `by_agent`: somebody
/// acts for the applicant.
pub fn missing_materials(items: &[&Item], handed_in: &[HandedIn], by_agent: bool) -> Vec<MissingMaterial> {
    let mut missing: Vec<MissingMaterial> = Vec::new();
    for item in items {
        for need in &item.materials {
            if need.when == MaterialWhen::ByAgent && !by_agent {
                continue;
            }
            let Some(lack) = lack(need, handed_in) else { continue };
            if let Some(known) = missing.iter_mut().find(|known| known.kind == need.kind) {
                known.items.push(item.code.clone());
                known.waivable &= need.waivable;
            } else {
                missing.push(MissingMaterial {
                    kind: need.kind.clone(),
                    items: vec![item.code.clone()],
                    missing: lack,
                    waivable: need.waivable,
                });
            }
        }
    }
    missing
}

fn lack(need: &ItemMaterial, handed_in: &[HandedIn]) -> Option<Missing> {
    let mut forms =
        handed_in.iter().filter(|paper| paper.kind == need.kind).map(|paper| paper.form).peekable();
    if forms.peek().is_none() {
        Some(Missing::Absent)
    } else if need.form == MaterialForm::Original && !forms.any(|form| form == MaterialForm::Original) {
        Some(Missing::CopyOnly)
    } else {
        None
    }
}
