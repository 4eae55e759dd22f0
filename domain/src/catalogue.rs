//! The catalogue: change items, materials, check and error points, controls, documents and figures, as data
//! with a version (process §5). A case keeps the version it began with.
//!
//! Rules are data, evaluated by the same functions in browser and server. Figures nothing outside gives are
//! marked *company-set* where they stand ([`Source::CompanySet`]).

mod admission;
mod check;
mod control;
mod effective;
mod fee;
mod field;
mod identity;
mod item;
mod label;
mod load;
mod material;
mod pattern;
mod product;
mod reference;
mod settings;
mod shipped;
#[cfg(test)]
pub(crate) mod test_policy;

pub use admission::{
    Admission, Application, Capacity, Channel, E01Check, E01Context, E01Line, PolicyBlock, PolicyDate,
    Window, admissibility,
};
pub use check::{
    FaultSeverity, FieldContext, FieldFault, FieldRule, check_as, check_field, check_fields, luhn_digit,
    secret_validity,
};
pub use control::{Control, ControlTarget, Frequency, Phase};
pub use effective::{EffectiveDates, EffectiveRule, effective_dates};
pub use fee::{
    ComputedFee, FeeDirection, FeeError, FeeKind, FeeLine, FeeRule, FeeTerm, ModalFactors, WorkingLine,
    compute_fees,
};
pub use field::{FieldSpec, FieldType, FieldsRule, PolicyFact, Rule, SilentRule, UNCHANGED};
pub use identity::{ResidentId, ResidentIdFault, Sex, check_character};
pub use item::{
    Finishing, FinishingAction, Item, ItemClass, Obligations, Retention, Route, conflicts, key_fields,
};
pub use label::{Choice, DocumentCode, Label, Provenance, Source, Subject};
pub use load::{CatalogueError, Obligation};
pub use material::{
    APPLICATION, HandedIn, ItemMaterial, MaterialForm, MaterialSpec, MaterialWhen, Missing, MissingMaterial,
    missing_materials,
};
pub use pattern::{CharClass, PatternPart, is_invisible, matches_pattern};
pub use product::Product;
pub use reference::{DocumentState, ReferenceDocument};
pub use settings::{Settings, SeverityPoints, StageMinutes, Targets};

use crate::{
    id::{ItemCode, MaterialKind},
    money::Money,
    policy::PolicyFacts,
    post::Stage,
    quality::points::{CheckPoint, CheckPointSpec, ErrorPoint, ErrorPointSpec, applying},
    time::{BusinessDays, BusinessMinutes},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Version of a catalogue, counted up by whoever approves a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u32))]
pub struct CatalogueVersion(pub u32);

impl std::fmt::Display for CatalogueVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One version of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// Its version.
    pub version: CatalogueVersion,
    /// Change items, in the order they are offered.
    pub items: Vec<Item>,
    /// Kinds of material.
    pub materials: Vec<MaterialSpec>,
    /// Relations to the insured, for relation fields and beneficiaries.
    pub relations: Vec<Choice>,
    /// Products a policy can be of; a catalogue of before they were listed has none, and then any name is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    /// Payment modes, for payment-mode fields; codes are those of [`crate::policy::PaymentMode`].
    pub payment_modes: Vec<Choice>,
    /// The 17 check points.
    pub check_points: Vec<CheckPointSpec>,
    /// The 14 error points.
    pub error_points: Vec<ErrorPointSpec>,
    /// The 16 controls.
    pub controls: Vec<Control>,
    /// The ten reference documents.
    pub documents: Vec<ReferenceDocument>,
    /// Targets and other figures.
    pub settings: Settings,
}

impl Catalogue {
    /// The catalogue shipped with the product, version 1.
    pub fn shipped() -> Self {
        shipped::catalogue()
    }

    /// The product of that name, after width, spaces and case.
    pub fn product(&self, name: &str) -> Option<&Product> {
        let wanted = crate::secret::normalise(name);
        self.products.iter().find(|product| crate::secret::normalise(&product.name) == wanted)
    }

    /// The item of that code.
    pub fn item(&self, code: &ItemCode) -> Option<&Item> {
        self.items.iter().find(|item| item.code == *code)
    }

    /// The kind of material of that code.
    pub fn material(&self, kind: &MaterialKind) -> Option<&MaterialSpec> {
        self.materials.iter().find(|material| material.kind == *kind)
    }

    /// A check point in this version's wording.
    pub fn check_point(&self, number: CheckPoint) -> Option<&CheckPointSpec> {
        self.check_points.iter().find(|point| point.number == number)
    }

    /// An error point in this version's wording.
    pub fn error_point(&self, code: ErrorPoint) -> Option<&ErrorPointSpec> {
        self.error_points.iter().find(|point| point.code == code)
    }

    /// The check points that apply to a step of a stage.
    pub fn check_points_for(&self, stage: Stage) -> Vec<&CheckPointSpec> {
        applying(&self.check_points, stage)
    }

    /// What field rules need to know, for a business day and, where there is one, a policy.
    pub fn context<'a>(&'a self, today: NaiveDate, policy: Option<&'a PolicyFacts>) -> FieldContext<'a> {
        FieldContext { relations: &self.relations, payment_modes: &self.payment_modes, policy, today }
    }

    /// Fields of an item that are keyed twice (M2).
    pub fn key_fields<'a>(&self, item: &'a Item) -> Vec<&'a FieldSpec> {
        key_fields(item, self.settings.short_item_fields)
    }

    /// Target of one visit: the longest of the items', since one visit does them all; none without items.
    pub fn target(&self, items: &[&Item], stage: Stage) -> Option<BusinessMinutes> {
        items.iter().map(|item| self.settings.targets.of(item.class, stage)).max()
    }

    /// Promise to the customer: the earliest of the items' (process §6, `breach_at`); none without items.
    pub fn promise(&self, items: &[&Item]) -> Option<BusinessDays> {
        items.iter().map(|item| item.promise).min()
    }

    /// Whether money of an item calls for the due-diligence check before it moves.
    pub fn needs_due_diligence(&self, item: &Item, amount: Money) -> bool {
        item.due_diligence && amount.minor > self.settings.due_diligence_threshold.minor
    }

    /// Items whose code, name or pinyin initials a typed query meets, best first: the whole code or initials,
    /// then initials, then names that begin with it, then what holds it. An empty query gives all.
    pub fn search(&self, query: &str) -> Vec<&Item> {
        let query = crate::secret::normalise(query);
        let rank = |item: &Item| {
            let names = [crate::secret::normalise(&item.name.zh), crate::secret::normalise(&item.name.en)];
            if item.code.as_str().to_lowercase() == query || item.pinyin == query {
                Some(0)
            } else if item.pinyin.starts_with(&query) {
                Some(1)
            } else if names.iter().any(|name| name.starts_with(&query)) {
                Some(2)
            } else if names.iter().any(|name| name.contains(&query)) || item.pinyin.contains(&query) {
                Some(3)
            } else {
                None
            }
        };
        let mut found: Vec<(u8, &Item)> =
            self.items.iter().filter_map(|item| rank(item).map(|rank| (rank, item))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, item)| item).collect()
    }
}

#[cfg(test)]
mod tests;
