//! What mapping files of both kinds say: of units, and of columns nobody reads.

use domain::id::UnitId;
use domain::unit::{Unit, UnitLevel};
use serde::Deserialize;

/// What columns are that the mapping does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmapped {
    /// Not read; the preview names them.
    #[default]
    Ignore,
    /// A fault: the file is not the one the mapping was written for.
    Refuse,
}

/// The unit imported cases are shown under.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedUnit {
    /// Its code.
    pub code: String,
    /// Its name: with one, a unit that is not there yet is made, below the head office.
    pub name: Option<String>,
    /// Its name in English.
    pub name_en: Option<String>,
}

impl MappedUnit {
    /// The unit to be made, where it is not among these; none where it is.
    ///
    /// # Errors
    /// In words, where it is not there and has no name to be made by.
    pub fn missing(&self, units: &[Unit]) -> Result<Option<Unit>, String> {
        let id = UnitId(self.code.clone());
        if units.iter().any(|unit| unit.id == id) {
            return Ok(None);
        }
        let Some(name) = &self.name else {
            return Err(format!(
                "unit {id} is not in the store, and the mapping gives no name to make it by"
            ));
        };
        let parent = units.iter().find(|unit| unit.parent.is_none()).map(|head| head.id.clone());
        Ok(Some(Unit {
            id,
            name: name.clone(),
            name_en: self.name_en.clone().unwrap_or_else(|| name.clone()),
            level: if parent.is_some() { UnitLevel::Branch } else { UnitLevel::Head },
            parent,
        }))
    }
}
