//! Units 机构 form a tree; a person's scope is one or more of its subtrees.

use crate::id::UnitId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Level of a unit in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UnitLevel {
    /// 总公司
    Head,
    /// 分公司
    Branch,
    /// 中心支公司
    SubBranch,
    /// 支公司、营业部
    Office,
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Its code.
    pub id: UnitId,
    /// Name in Chinese, as printed.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Its level.
    pub level: UnitLevel,
    /// The unit above; none for the head office.
    pub parent: Option<UnitId>,
}

/// The tree of units.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitTree {
    units: BTreeMap<UnitId, Unit>,
}

impl UnitTree {
    /// A tree of these units; a later unit of the same code replaces an earlier one.
    pub fn new(units: impl IntoIterator<Item = Unit>) -> Self {
        // Extended, not collected: to build a map at once brings a sort of its own to the browser.
        let mut by_id = BTreeMap::new();
        by_id.extend(units.into_iter().map(|unit| (unit.id.clone(), unit)));
        Self { units: by_id }
    }

    /// The unit of that code.
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// All units by code.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The unit and all above it, nearest first. A cycle, which the store forbids, ends the walk.
    pub fn upwards(&self, id: &UnitId) -> Vec<&Unit> {
        let mut path: Vec<&Unit> = Vec::new();
        let mut next = self.units.get(id);
        while let Some(unit) = next {
            if path.iter().any(|seen| seen.id == unit.id) {
                break;
            }
            path.push(unit);
            next = unit.parent.as_ref().and_then(|parent| self.units.get(parent));
        }
        path
    }

    /// Every unit of the subtrees below these roots, the roots included: the one place where a scope
    /// is expanded.
    pub fn expand(&self, roots: &[UnitId]) -> BTreeSet<UnitId> {
        self.units
            .keys()
            .filter(|id| self.upwards(id).iter().any(|unit| roots.contains(&unit.id)))
            .cloned()
            .collect()
    }
}
