//! Why a catalogue is refused.

use crate::{
    catalogue::item::Route,
    id::{FieldKey, ItemCode, MaterialKind},
};
use serde::{Deserialize, Serialize};

/// Something an item declares that this version cannot carry out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Obligation {
    /// Referral to a desk.
    Referral,
    /// Level-by-level approval.
    SpecialApproval,
    /// Medical examination.
    Examination,
    /// Final check.
    FinalCheck,
    /// A notice due.
    Notice,
    /// A seal needed.
    Seal,
    /// Lapse.
    Lapse,
}

/// Why a catalogue is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CatalogueError {
    /// Versions count from 1.
    #[error("versions count from 1")]
    Version,
    /// Two entries of a table bear one code.
    #[error("{table}: {code} twice")]
    Duplicate {
        /// The table.
        table: String,
        /// The code.
        code: String,
    },
    /// A code in another form than two capital letters (items) or `a`–`z`, `0`–`9`, `_` (fields).
    #[error("{code} is no code")]
    BadCode {
        /// The code.
        code: String,
    },
    /// A text is missing in one of the languages.
    #[error("{of}: text missing")]
    EmptyText {
        /// Whose.
        of: String,
    },
    /// An item names a kind of material there is not.
    #[error("{item}: no material {kind}")]
    UnknownMaterial {
        /// The item.
        item: ItemCode,
        /// The kind.
        kind: MaterialKind,
    },
    /// An item excludes one there is not.
    #[error("{item}: no item {other}")]
    UnknownItem {
        /// The item.
        item: ItemCode,
        /// The other.
        other: ItemCode,
    },
    /// Something names a reference document there is not.
    #[error("{of}: no document {code}")]
    UnknownDocument {
        /// Who names it.
        of: String,
        /// Its code.
        code: String,
    },
    /// A rule names a field there is not.
    #[error("{item}: no field {field}")]
    UnknownField {
        /// The item.
        item: ItemCode,
        /// The field.
        field: FieldKey,
    },
    /// A rule stands on, or names, a field of a type it says nothing about.
    #[error("{item}: a rule of field {field} does not fit its type")]
    WrongFieldType {
        /// The item.
        item: ItemCode,
        /// The field.
        field: FieldKey,
    },
    /// A choice there is not.
    #[error("{item}: field {field} has no choice {code}")]
    UnknownChoice {
        /// The item.
        item: ItemCode,
        /// The field.
        field: FieldKey,
        /// The choice.
        code: String,
    },
    /// A rule that nothing, or everything, meets.
    #[error("{item}: a rule of field {field} is empty")]
    EmptyRule {
        /// The item.
        item: ItemCode,
        /// The field.
        field: FieldKey,
    },
    /// An item declares nothing where it must.
    #[error("{item}: no {what}")]
    Nothing {
        /// The item.
        item: ItemCode,
        /// What is missing: `statuses`, `capacities`, `finishing`, `promise`, `weight`, `materials`, `fields`.
        what: String,
    },
    /// An item needs the insured's consent and asks for no paper that proves it.
    #[error("{item}: consent without its paper")]
    ConsentWithoutPaper {
        /// The item.
        item: ItemCode,
    },
    /// An item declares what this version cannot carry out.
    #[error("{item}: {obligation:?} cannot be carried out")]
    Obligation {
        /// The item.
        item: ItemCode,
        /// What.
        obligation: Obligation,
    },
    /// An item takes a route this version does not have.
    #[error("{item}: no route {route:?}")]
    Route {
        /// The item.
        item: ItemCode,
        /// The route.
        route: Route,
    },
    /// Check points are not 1 to 17, error points not E01 to E14, or controls not 16.
    #[error("{table} incomplete")]
    Incomplete {
        /// The table.
        table: String,
    },
    /// A figure that makes no sense.
    #[error("setting {name} out of range")]
    Setting {
        /// Its name.
        name: String,
    },
}
