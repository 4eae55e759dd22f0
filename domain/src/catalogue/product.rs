//! Products 险种: what a policy is of, and with it which fee formulas apply.

use crate::policy::ProductGroup;
use serde::{Deserialize, Serialize};

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Its name, as policies print it.
    pub name: String,
    /// Its group.
    pub group: ProductGroup,
}

impl Product {
    /// A product of a group.
    pub fn new(name: &str, group: ProductGroup) -> Self {
        Self { name: name.to_owned(), group }
    }
}
