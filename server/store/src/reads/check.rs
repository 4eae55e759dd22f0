//! Draws, sample checks and findings.

use crate::{CheckRecord, DrawSeed, StoreError};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    api::check::{CheckRow, DrawView, FindingView},
    id::{CaseId, CheckId, DrawId, ItemCode, PersonId, UnitId},
    post::Stage,
    time::Timestamp,
};
use std::collections::BTreeSet;

/// A finished step of a day: a unit of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameStep {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Version of the case after the step.
    pub case_version: u64,
    /// The stage.
    pub stage: Stage,
    /// Which stay at that stage, from 1.
    pub round: u16,
    /// Who did it.
    pub operator: PersonId,
    /// Working unit.
    pub unit: UnitId,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Items.
    pub items: Vec<ItemCode>,
    /// When.
    pub finished_at: Timestamp,
}

/// Which steps make a frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Business date.
    pub day: NaiveDate,
    /// Working units.
    pub units: BTreeSet<UnitId>,
    /// Stages of the post.
    pub stages: BTreeSet<Stage>,
    /// Steps whose hand-over was received by then, or needed no receipt. What is still on a slip may be taken
    /// back and finished anew; a frame of what was received is the same whenever it is read.
    pub until: Timestamp,
}

/// Which checks a list shows.
#[derive(Debug, Clone)]
pub struct CheckFilter {
    /// Units the inspector sees.
    pub units: BTreeSet<UnitId>,
    /// The inspector they are dealt to; none = all.
    pub inspector: Option<PersonId>,
    /// Done ones of this business date are shown beside the open ones.
    pub day: NaiveDate,
}

/// How large the frame of one stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FrameSize {
    /// Steps in it.
    pub steps: u32,
    /// Of these, steps that some draw has drawn already.
    pub drawn: u32,
}

/// Checks.
#[async_trait]
pub trait CheckReads {
    /// Steps finished on a day, ordered by case, stage and round.
    async fn frame(&self, frame: &Frame) -> Result<Vec<FrameStep>, StoreError>;

    /// How many steps of each stage were finished on a day in these units and received by a moment, and how many of
    /// them were drawn before, in order of `Stage::ALL`.
    async fn frame_sizes(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
        until: Timestamp,
    ) -> Result<[FrameSize; 6], StoreError>;

    /// The finished step of a case at a stage in a round.
    async fn step_of(&self, case: CaseId, stage: Stage, round: u16) -> Result<Option<FrameStep>, StoreError>;

    /// Open checks and those done on the day, oldest step first.
    async fn checks(&self, filter: &CheckFilter) -> Result<Vec<CheckRow>, StoreError>;

    /// How many checks are open for an inspector.
    async fn open_checks(&self, inspector: &PersonId) -> Result<u64, StoreError>;

    /// Checks on one step, a case's stage, newest first.
    async fn checks_of(&self, case: CaseId) -> Result<Vec<CheckRecord>, StoreError>;

    /// Who has given a verdict on a check of the case.
    async fn inspectors(&self, case: CaseId) -> Result<BTreeSet<PersonId>, StoreError>;

    /// A check, if its case's accepting or working unit is among these.
    async fn check_in(
        &self,
        id: CheckId,
        units: &BTreeSet<UnitId>,
    ) -> Result<Option<CheckRecord>, StoreError>;

    /// Findings of a check.
    async fn findings(&self, check: CheckId) -> Result<Vec<FindingView>, StoreError>;

    /// Draws over a day's steps in these units.
    async fn draws(&self, day: NaiveDate, units: &BTreeSet<UnitId>) -> Result<Vec<DrawView>, StoreError>;

    /// A draw.
    async fn draw(&self, id: DrawId) -> Result<Option<DrawView>, StoreError>;

    /// All draws behind one, by id: for `verify`.
    async fn draws_behind(&self, behind: Option<DrawId>, limit: u32) -> Result<Vec<DrawView>, StoreError>;

    /// Steps drawn: case, stage and round of each check of a draw.
    async fn drawn(&self, id: DrawId) -> Result<Vec<(CaseId, Stage, u16)>, StoreError>;

    /// The commitment of a day's seed; the seed itself is given only to who asks inside a transaction.
    async fn commitment(&self, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError>;

    /// Checks with a major finding on a case that is still in the house and for which no second check of
    /// that step is done yet.
    async fn second_due(&self, units: &BTreeSet<UnitId>) -> Result<Vec<CheckRow>, StoreError>;
}
