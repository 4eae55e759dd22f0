//! The three-way comparison asked / entered / core result 三方比对 (process §4).

use super::item::{Asked, CaseItem};
use crate::{
    catalogue::{FieldSpec, Item},
    id::FieldKey,
    value::Value,
};
use serde::{Deserialize, Serialize};

/// Which pair differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DifferenceKind {
    /// 录入差异: entered is not what was asked.
    Entry,
    /// 系统差异: the core shows another value than was entered.
    Core,
    /// 规则差异: the application is silent, a rule gives the value, and entered and core disagree on it.
    Rule,
}

/// One row of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// The field.
    pub field: FieldKey,
    /// What the application says; none where it is not keyed (free text is ticked, never blind).
    pub asked: Option<Asked>,
    /// What was entered.
    pub entered: Option<Value>,
    /// What the core shows.
    pub core: Option<Value>,
    /// Which pair differs; none where all agree.
    pub kind: Option<DifferenceKind>,
}

/// Every field of an item compared, in the order of the catalogue. On sealed values the keyed hash
/// decides, so the result is that of the full values; a plain value against a sealed one counts as
/// different, which only a server that forgot to seal could produce.
pub fn compare(item: &CaseItem, entry: &Item) -> Vec<Difference> {
    entry
        .fields
        .iter()
        .filter_map(|spec| {
            let asked = item.asked.get(&spec.key);
            let entered = item.entered.as_ref().and_then(|entered| entered.fields.get(&spec.key));
            let core = item.core.as_ref().and_then(|core| core.fields.get(&spec.key));
            if asked.is_none() && entered.is_none() && core.is_none() {
                return None;
            }
            // Before the core has a result there is nothing of it to differ.
            let shown = if item.core.is_some() { core } else { entered };
            Some(Difference {
                field: spec.key.clone(),
                kind: kind(spec, asked, entered, shown),
                asked: asked.cloned(),
                entered: entered.cloned(),
                core: core.cloned(),
            })
        })
        .collect()
}

impl Difference {
    /// Whether it may be explained where it is: a rule difference, or free text, which is ticked and never keyed
    /// blind. Any other is mended: an entry difference by Entry, a core difference by Servicing (process §4).
    pub const fn may_be_explained(&self, spec: &FieldSpec) -> bool {
        match self.kind {
            Some(DifferenceKind::Rule) => true,
            Some(DifferenceKind::Core) => spec.kind.is_prose(),
            Some(DifferenceKind::Entry) | None => false,
        }
    }
}

fn differs(spec: &FieldSpec, a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => spec.kind.same(a, b) != Some(true),
        (None, None) => false,
        _ => true,
    }
}

fn kind(
    spec: &FieldSpec,
    asked: Option<&Asked>,
    entered: Option<&Value>,
    core: Option<&Value>,
) -> Option<DifferenceKind> {
    let core_differs = differs(spec, entered, core);
    match asked {
        Some(Asked::Stated(value)) if differs(spec, Some(value), entered) => Some(DifferenceKind::Entry),
        // Nothing was asked for and no rule gives a value: what was entered all the same is Entry's own.
        Some(Asked::ByRule(rule))
            if entered.is_some() && spec.silent_rule(rule).is_none_or(|rule| !rule.gives_value) =>
        {
            Some(DifferenceKind::Entry)
        }
        Some(Asked::ByRule(_)) if core_differs => Some(DifferenceKind::Rule),
        _ if core_differs => Some(DifferenceKind::Core),
        _ => None,
    }
}
