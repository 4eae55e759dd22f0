//! Imports: event logs of other systems, and lists of cases to be worked here.
//!
//! A file is read whole, strictly, and checked whole: every row at fault is named with its column and the rule it
//! breaks, and nothing is written unless there is none. The same file again changes nothing.

pub mod case_list;
mod encoding;
pub mod event_log;
mod fault;
mod figures;
mod given;
mod spelling;
pub mod suggest;
mod table;
mod when;

pub use fault::{Fault, Faults, Rule};
pub use figures::{Figures, figures};
pub use given::{MappedUnit, Unmapped};
pub use table::{Layout, Table};
pub use when::{Order, Serial, TimeForm, WholeDays};

use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A file to be imported, as it is.
#[derive(Clone, Debug)]
pub struct File {
    bytes: Vec<u8>,
    hash: String,
}

impl File {
    /// A file of these bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        let hash = crate::seal::hex(&crate::seal::sha256(&bytes));
        Self { bytes, hash }
    }

    /// Reads one.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Ok(Self::new(bytes))
    }

    /// SHA-256, hex: what tells the same file from another.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Its rows.
    ///
    /// # Errors
    /// The first fault that makes the rest of the file unreadable.
    pub fn table(&self, layout: &Layout<'_>) -> Result<Table, Faults> {
        Table::read(&self.bytes, layout).map_err(Faults::from)
    }
}

/// Reads a mapping file: UTF-8 with or without a mark, or another encoding that is recognised.
pub fn mapping<M: DeserializeOwned>(path: &Path) -> anyhow::Result<M> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let text = encoding::decode(&bytes, None, &[])
        .map_err(|fault| anyhow::anyhow!("{}: {fault}", path.display()))?
        .text;
    toml::from_str(&text).with_context(|| format!("{} is no mapping of this kind", path.display()))
}

/// What an import came to, or would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Name of the source.
    pub source: String,
    /// SHA-256 of the file, hex.
    pub file: String,
    /// Rows read, without the header.
    pub rows: u64,
    /// Cases in it.
    pub cases: u64,
    /// Steps in it; none in a list of cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// The encoding the file was taken for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What was taken to stand between values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// What a person should know of how the file was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Cases that stood in the store already and were left as they are.
    pub known: u64,
    /// Cases written.
    pub written: u64,
    /// Cases that stood in the store and got what is new: further steps, or corrected values.
    pub updated: u64,
    /// This very file was imported before: nothing was changed.
    pub already: bool,
    /// Nothing was written because nothing was to be.
    pub dry_run: bool,
    /// What is wrong, row by row; with any, nothing was written.
    pub faults: Faults,
}

impl Report {
    /// Whether the file is, or could be, in the store.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }
}
