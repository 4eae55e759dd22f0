//! Draws, sample checks and findings.

use crate::StoreError;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    api::check::{CheckRow, DrawView, FindingView, PointVerdict},
    id::{CaseId, CheckId, DrawId, PersonId, UnitId},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// The secret of a day's draws: committed before the frames of that day close, revealed after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawSeed {
    /// The day.
    pub day: NaiveDate,
    /// The seed, hex.
    pub seed: String,
    /// SHA-256 of the seed, hex.
    pub commitment: String,
    /// When it was fixed.
    pub at: Timestamp,
}

/// A check as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRecord {
    /// What lists show.
    pub row: CheckRow,
    /// Accepting unit of its case.
    pub accepting: UnitId,
    /// Version of the case after the step: what the inspector is shown.
    pub case_version: u64,
    /// Verdicts given.
    pub points: Vec<PointVerdict>,
    /// When it was submitted.
    pub done_at: Option<Timestamp>,
    /// Business date it was submitted on.
    pub done_on: Option<NaiveDate>,
}

/// Checks in a transaction.
#[async_trait]
pub trait CheckTx {
    /// The seed of a day.
    async fn draw_seed(&mut self, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError>;

    /// Fixes the seed of a day; the first one stays.
    async fn put_draw_seed(&mut self, seed: &DrawSeed) -> Result<(), StoreError>;

    /// Writes a draw with its checks. `DrawView::done` is not stored: it is counted.
    async fn insert_draw(&mut self, draw: &DrawView, checks: &[CheckRecord]) -> Result<(), StoreError>;

    /// Writes a check that belongs to no draw: the second one after a major finding.
    async fn insert_check(&mut self, check: &CheckRecord) -> Result<(), StoreError>;

    /// The check, held for writing until the transaction ends.
    async fn check(&mut self, id: CheckId) -> Result<Option<CheckRecord>, StoreError>;

    /// Writes the result of a check: verdicts, findings, state. Its version becomes the record's.
    ///
    /// # Errors
    /// `Invalid` if the stored version is not one less.
    async fn finish_check(&mut self, check: &CheckRecord, findings: &[FindingView])
    -> Result<(), StoreError>;

    /// Who has given a verdict on a check of the case.
    async fn inspectors(&mut self, case: CaseId) -> Result<BTreeSet<PersonId>, StoreError>;

    /// Notes that a draw was done again with the same result.
    async fn mark_verified(&mut self, draw: DrawId, at: Timestamp) -> Result<(), StoreError>;
}
