//! A check as a row.

use crate::{
    rows::{Row, Values},
    text::{int, json, name, named, read_json, small},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    api::check::{CheckRow, CheckState},
    id::{CaseId, CheckId, DrawId, ItemCode, PersonId, UnitId},
};
use store::{CheckRecord, StoreError};
use uuid::Uuid;

/// A check as read, without its verdicts.
#[derive(sqlx::FromRow)]
pub(super) struct StoredCheck {
    pub(super) id: Uuid,
    pub(super) version: i64,
    pub(super) draw_id: Option<Uuid>,
    pub(super) case_id: Uuid,
    pub(super) stage: String,
    pub(super) round: i64,
    pub(super) case_version: i64,
    pub(super) number: String,
    pub(super) items: String,
    pub(super) person: String,
    pub(super) unit: String,
    pub(super) accepting: String,
    pub(super) finished_at: DateTime<Utc>,
    pub(super) inspector: String,
    pub(super) state: String,
    pub(super) pi_drawn: Option<i64>,
    pub(super) pi_frame: Option<i64>,
    pub(super) conforms: Option<bool>,
    pub(super) second_of: Option<Uuid>,
    pub(super) done_at: Option<DateTime<Utc>>,
    pub(super) done_on: Option<NaiveDate>,
}

/// Columns of a check (alias `k`) in the order of the row.
pub(super) const OF_CHECK: &str = "SELECT k.id, k.version, k.draw_id, k.case_id, k.stage, k.round, k.case_version, \
    k.number, k.items, k.person, k.unit, k.accepting, k.finished_at, k.inspector, k.state, k.pi_drawn, k.pi_frame, \
    k.conforms, k.second_of, k.done_at, k.done_on FROM sample_check k";

impl TryFrom<StoredCheck> for CheckRecord {
    type Error = StoreError;

    fn try_from(row: StoredCheck) -> Result<Self, StoreError> {
        let pi = match (row.pi_drawn, row.pi_frame) {
            (Some(drawn), Some(frame)) => Some((small(drawn)?, small(frame)?)),
            _ => None,
        };
        Ok(Self {
            row: CheckRow {
                id: CheckId(row.id),
                version: small(row.version)?,
                draw: row.draw_id.map(DrawId),
                case: CaseId(row.case_id),
                number: row.number,
                items: read_json(&row.items)?,
                stage: named(&row.stage)?,
                round: small(row.round)?,
                operator: PersonId(row.person),
                unit: UnitId(row.unit),
                finished_at: row.finished_at,
                inspector: PersonId(row.inspector),
                state: named(&row.state)?,
                pi,
                conforms: row.conforms,
                second_of: row.second_of.map(CheckId),
            },
            accepting: UnitId(row.accepting),
            case_version: small(row.case_version)?,
            points: Vec::new(),
            done_at: row.done_at,
            done_on: row.done_on,
        })
    }
}

/// A check to be written.
pub(super) struct NewCheck<'k> {
    check: &'k CheckRecord,
    version: i64,
    case_version: i64,
    items: String,
    state: String,
}

impl<'k> NewCheck<'k> {
    pub(super) fn of(check: &'k CheckRecord) -> Result<Self, StoreError> {
        if check.row.state == CheckState::Done {
            return Err(StoreError::Invalid("a new check that is done already"));
        }
        Ok(Self {
            check,
            version: int(check.row.version)?,
            case_version: int(check.case_version)?,
            items: json::<Vec<ItemCode>>(&check.row.items)?,
            state: name(&check.row.state)?,
        })
    }
}

impl Row for NewCheck<'_> {
    const TABLE: &'static str = "sample_check";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "version",
        "draw_id",
        "case_id",
        "stage",
        "round",
        "case_version",
        "number",
        "items",
        "person",
        "unit",
        "accepting",
        "finished_at",
        "inspector",
        "state",
        "pi_drawn",
        "pi_frame",
        "second_of",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let row = &self.check.row;
        values
            .push_bind(row.id.0)
            .push_bind(self.version)
            .push_bind(row.draw.map(|draw| draw.0))
            .push_bind(row.case.0)
            .push_bind(row.stage.as_str())
            .push_bind(i64::from(row.round))
            .push_bind(self.case_version)
            .push_bind(row.number.as_str())
            .push_bind(self.items.as_str())
            .push_bind(row.operator.as_str())
            .push_bind(row.unit.as_str())
            .push_bind(self.check.accepting.as_str())
            .push_bind(row.finished_at)
            .push_bind(row.inspector.as_str())
            .push_bind(self.state.as_str())
            .push_bind(row.pi.map(|(drawn, _)| i64::from(drawn)))
            .push_bind(row.pi.map(|(_, frame)| i64::from(frame)))
            .push_bind(row.second_of.map(|first| first.0));
    }
}
