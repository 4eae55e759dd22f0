//! Imported event logs.

use crate::{Batch, StoreError};
use async_trait::async_trait;
use domain::{
    api::case::ImportedCase,
    id::{CaseId, UnitId},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// One imported step with what its case says: the input of the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// The case.
    pub case: ImportedCase,
    /// It counts as open.
    pub open: bool,
}

/// An import source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSummary {
    /// Its name.
    pub source: String,
    /// Cases.
    pub cases: u64,
    /// Steps.
    pub steps: u64,
    /// First step.
    pub first: Option<Timestamp>,
    /// Last step.
    pub last: Option<Timestamp>,
}

/// Imports.
#[async_trait]
pub trait ImportReads {
    /// An imported case with its steps and notes, if its unit is among these.
    async fn imported(
        &self,
        id: CaseId,
        units: &BTreeSet<UnitId>,
    ) -> Result<Option<ImportedCase>, StoreError>;

    /// Cases of a source by number, behind one, with their steps and without notes.
    async fn imported_behind(
        &self,
        source: &str,
        behind: Option<&str>,
        limit: u32,
    ) -> Result<Vec<ImportedRow>, StoreError>;

    /// Imported cases that are open, in these units.
    async fn imported_open(&self, units: &BTreeSet<UnitId>) -> Result<u64, StoreError>;

    /// Sources with what they brought.
    async fn sources(&self) -> Result<Vec<SourceSummary>, StoreError>;

    /// Batches, newest first.
    async fn batches(&self, limit: u32) -> Result<Vec<Batch>, StoreError>;
}
