//! The catalogue by name.

use crate::{
    catalogue::{Catalogue, Label},
    id::ItemCode,
};
use serde::{Deserialize, Serialize};

/// A change item by name: all a list needs of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemName {
    /// Its code.
    pub code: ItemCode,
    /// Its name.
    pub name: Label,
}

impl ItemName {
    /// The names of a catalogue's items, in the order they are offered.
    pub fn all(catalogue: &Catalogue) -> Vec<Self> {
        let one = |item: &crate::catalogue::Item| Self { code: item.code.clone(), name: item.name.clone() };
        catalogue.items.iter().map(one).collect()
    }
}
