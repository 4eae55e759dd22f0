//! Sample checks 抽检: draws, the form, findings.

use crate::{
    case::{Case, Event, compare::Difference},
    id::{CaseId, CheckId, DrawId, FieldKey, FindingId, ItemCode, PersonId, UnitId},
    post::{Post, Stage},
    quality::points::{Cause, ErrorPoint, Severity, Verdict},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /api/draws`: a simple random draw over the steps finished on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrawRequest {
    /// Business day whose finished steps are the frame.
    pub day: NaiveDate,
    /// Unit, with all below it; in the inspector's scope.
    pub unit: UnitId,
    /// Post whose steps are checked.
    pub post: Post,
    /// How many are drawn; the whole frame where it is smaller.
    pub count: u16,
}

/// Provenance of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrawView {
    /// Its id.
    pub id: DrawId,
    /// Its number.
    pub number: String,
    /// Frame: day.
    pub day: NaiveDate,
    /// Frame: unit.
    pub unit: UnitId,
    /// Frame: post.
    pub post: Post,
    /// Steps in the frame.
    pub frame_size: u32,
    /// SHA-256 of the ordered frame, hex.
    pub frame_hash: String,
    /// SHA-256 of the seed, fixed before the frame closed, hex.
    pub seed_commitment: String,
    /// The seed, hex.
    pub seed: String,
    /// Steps drawn.
    pub drawn: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who drew.
    pub by: PersonId,
    /// Set once `verify` has re-drawn it with the same result: 可复算.
    pub verified_at: Option<DateTime<Utc>>,
    /// Checks done.
    pub done: u32,
    /// Of the steps drawn, those that an earlier draw had drawn already: each stays one checked unit in every rate.
    #[serde(default)]
    pub repeated: u32,
}

/// State of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckState {
    /// To be done.
    Open,
    /// Submitted.
    Done,
}

/// A check in today's sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckRow {
    /// Its id.
    pub id: CheckId,
    /// Version.
    pub version: u64,
    /// The draw it belongs to; none for a second check after a major finding.
    pub draw: Option<DrawId>,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// The step checked.
    pub stage: Stage,
    /// Round of the step.
    pub round: u16,
    /// Who did the step.
    pub operator: PersonId,
    /// Unit.
    pub unit: UnitId,
    /// When the step was finished.
    pub finished_at: DateTime<Utc>,
    /// Inspector it is dealt to.
    pub inspector: PersonId,
    /// Its state.
    pub state: CheckState,
    /// Inclusion probability: drawn of frame; none for checks that enter no rate.
    pub pi: Option<(u32, u32)>,
    /// The result once done: conforming?
    pub conforms: Option<bool>,
    /// The check whose major finding this second check answers.
    pub second_of: Option<CheckId>,
}

/// Query of `GET /api/checks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct ChecksQuery {
    /// Business day of the frames, of the draws over its steps, and of the checks done; none = today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// Unit, with all below it, whose frames and draws are meant; in the inspector's scope, none = all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// `GET /api/checks`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checks {
    /// Open checks of this inspector and those done today.
    pub checks: Vec<CheckRow>,
    /// Draws of the day.
    pub draws: Vec<DrawView>,
    /// Finished steps of the day per post, in [`Post::ALL`]: what could be drawn.
    pub frames: [u32; 5],
    /// Of these, the steps that some draw has drawn already.
    #[serde(default)]
    pub drawn_already: [u32; 5],
    /// Major findings on cases still in the house that wait for their second check.
    pub second_due: Vec<CheckRow>,
    /// Names by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<PersonId, String>,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}

/// Verdict on one check point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PointVerdict {
    /// Check point 1–17.
    pub point: u8,
    /// Verdict.
    pub verdict: Verdict,
    /// What was seen; needed where it does not conform.
    #[serde(default)]
    pub evidence: String,
    /// Why, where it does not conform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// A wrong result found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingInput {
    /// E01–E14.
    pub error_point: ErrorPoint,
    /// Severity.
    pub severity: Severity,
    /// Cause.
    pub cause: Cause,
    /// Item number it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u8>,
    /// Field it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldKey>,
    /// Person responsible: proposed from the log.
    pub responsible: PersonId,
    /// What was found.
    pub evidence: String,
    /// Amount affected, minor units.
    #[serde(default)]
    pub affected_minor: i64,
}

/// `POST /api/checks/{id}/commands`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckCommand {
    /// Gives the verdict: every point that applies is answered.
    Submit {
        /// Verdicts.
        points: Vec<PointVerdict>,
        /// Findings.
        #[serde(default)]
        findings: Vec<FindingInput>,
    },
}

/// `POST /api/checks/second`: the second check of a step in which a major finding was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondCheck {
    /// The check that made the finding.
    pub check: CheckId,
}

/// A finding as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingView {
    /// Its id.
    pub id: FindingId,
    /// What was found.
    pub finding: FindingInput,
    /// Who found it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A check with the step as it was at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckView {
    /// The row.
    pub row: CheckRow,
    /// The draw it came from.
    pub draw: Option<DrawView>,
    /// The case as it stood when the step was finished, from the log.
    pub case: Case,
    /// Events up to then.
    pub events: Vec<Event>,
    /// Three-way comparison by item number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Vec<Difference>>))]
    pub differences: BTreeMap<u8, Vec<Difference>>,
    /// Verdicts given.
    pub points: Vec<PointVerdict>,
    /// Findings recorded.
    pub findings: Vec<FindingView>,
    /// Check points that apply to the step.
    pub applies: Vec<u8>,
    /// The case is still in the house: a major finding bars its release.
    pub in_house: bool,
    /// Names by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<PersonId, String>,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}
