//! Lines of hand-over slips: one row per time a case is put on one.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    rows::{Row, Values, insert},
    text::{int, json, name},
};
use chrono::{DateTime, Utc};
use domain::{
    api::slip::LineState,
    id::{CaseId, SlipId},
    time::local_date,
};
use store::{Change, LineChange, NewSlip, StoreError, number};

/// A slip to be written.
pub(crate) struct SlipRow<'s> {
    slip: &'s NewSlip,
    number: String,
    kind: String,
    closed: bool,
}

impl<'s> SlipRow<'s> {
    /// The row of a slip; one that bears no number yet gets the next of its giver's unit.
    pub(crate) async fn of(conn: &mut Conn, slip: &'s NewSlip, closed: bool) -> Result<Self, StoreError> {
        let number = if let Some(number) = &slip.number {
            number.clone()
        } else {
            let (unit, day) = (&slip.from.1, local_date(slip.since));
            let sequence = super::next_number(conn, unit, day, number::SLIP).await?;
            number::lettered_number(unit, day, number::SLIP, sequence)
        };
        Ok(Self { slip, number, kind: name(&slip.kind)?, closed })
    }
}

impl Row for SlipRow<'_> {
    const TABLE: &'static str = "slip";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "number",
        "kind",
        "from_stage",
        "from_unit",
        "to_stage",
        "to_unit",
        "to_person",
        "begun_at",
        "closed",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let slip = self.slip;
        values
            .push_bind(slip.id.0)
            .push_bind(self.number.as_str())
            .push_bind(self.kind.as_str())
            .push_bind(slip.from.0.as_str())
            .push_bind(slip.from.1.as_str())
            .push_bind(slip.to.0.as_str())
            .push_bind(slip.to.1.as_str())
            .push_bind(slip.to_person.as_ref().map(domain::id::PersonId::as_str))
            .push_bind(slip.since)
            .push_bind(self.closed);
    }
}

/// A line to be written.
pub(crate) struct LineRow {
    pub(crate) case: CaseId,
    pub(crate) version: i64,
    pub(crate) slip: SlipId,
    pub(crate) giver: String,
    pub(crate) returned: bool,
    pub(crate) materials: String,
    pub(crate) counts: String,
    pub(crate) state: LineState,
    pub(crate) given_at: DateTime<Utc>,
    pub(crate) settled_at: Option<DateTime<Utc>>,
    pub(crate) settled_by: Option<String>,
    pub(crate) difference: Option<String>,
}

impl Row for LineRow {
    const TABLE: &'static str = "slip_line";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "version",
        "slip_id",
        "giver",
        "returned",
        "materials",
        "counts",
        "state",
        "given_at",
        "settled_at",
        "settled_by",
        "difference",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.case.0)
            .push_bind(self.version)
            .push_bind(self.slip.0)
            .push_bind(self.giver.as_str())
            .push_bind(self.returned)
            .push_bind(self.materials.as_str())
            .push_bind(self.counts.as_str())
            .push_bind(state_name(self.state))
            .push_bind(self.given_at)
            .push_bind(self.settled_at)
            .push_bind(self.settled_by.as_deref())
            .push_bind(self.difference.as_deref());
    }
}

/// The lines of a case's whole past, each as it stands at its end.
pub(crate) fn past(change: &Change) -> Result<Vec<LineRow>, StoreError> {
    let mut lines: Vec<LineRow> = Vec::new();
    for step in &change.lines {
        if let LineChange::Given { .. } = step {
            lines.extend(given(change.after.id, step)?);
            continue;
        }
        let Some(line) = lines.last_mut().filter(|line| line.state == LineState::Open) else {
            return Err(StoreError::Invalid("a change of a slip line that is not open"));
        };
        match step {
            LineChange::Given { .. } => {}
            LineChange::Counted { counts, .. } => line.counts = json(counts)?,
            LineChange::Settled { state, by, at, difference, .. } => {
                line.state = *state;
                line.settled_at = Some(*at);
                line.settled_by = by.as_ref().map(ToString::to_string);
                line.difference.clone_from(difference);
            }
        }
    }
    Ok(lines)
}

fn given(case: CaseId, step: &LineChange) -> Result<Option<LineRow>, StoreError> {
    let LineChange::Given { version, slip, giver, returned, materials, at } = step else { return Ok(None) };
    Ok(Some(LineRow {
        case,
        version: int(*version)?,
        slip: *slip,
        giver: giver.to_string(),
        returned: *returned,
        materials: json(materials)?,
        counts: "[]".to_owned(),
        state: LineState::Open,
        given_at: *at,
        settled_at: None,
        settled_by: None,
        difference: None,
    }))
}

/// Carries out what a command does to slip lines; gives the slip it began.
pub(super) async fn carry_out(conn: &mut Conn, change: &Change) -> Result<Option<SlipId>, StoreError> {
    let (case, mut begun) = (change.after.id, None);
    for step in &change.lines {
        match step {
            LineChange::Given { slip, .. } => {
                if begin(conn, *slip, change.slip.as_ref()).await? {
                    begun = Some(*slip);
                }
                let line = given(case, step)?;
                insert(conn, line.as_slice()).await.map_err(store_error)?;
            }
            LineChange::Counted { counts, .. } => {
                let counts = json(counts)?;
                let done = sqlx::query!(
                    "UPDATE slip_line SET counts = $2 WHERE case_id = $1 AND state = 'open'",
                    case.0,
                    counts
                )
                .execute(&mut *conn)
                .await
                .map_err(store_error)?;
                one(done.rows_affected())?;
            }
            LineChange::Settled { slip, state, by, at, difference } => {
                let (by, state_name) = (by.as_ref().map(ToString::to_string), state_name(*state));
                let done = sqlx::query!(
                    "UPDATE slip_line SET state = $2, settled_at = $3, settled_by = $4, difference = $5
                     WHERE case_id = $1 AND state = 'open'",
                    case.0,
                    state_name,
                    at,
                    by,
                    difference.as_deref()
                )
                .execute(&mut *conn)
                .await
                .map_err(store_error)?;
                one(done.rows_affected())?;
                if *state == LineState::Confirmed {
                    sqlx::query!("UPDATE slip SET closed = true WHERE id = $1 AND NOT closed", slip.0)
                        .execute(&mut *conn)
                        .await
                        .map_err(store_error)?;
                }
            }
        }
    }
    Ok(begun)
}

/// Sees to it that the slip is there and takes lines; gives whether it is new.
async fn begin(conn: &mut Conn, id: SlipId, new: Option<&NewSlip>) -> Result<bool, StoreError> {
    match dialect::takes_lines(conn, id.0).await.map_err(store_error)? {
        Some(true) => Ok(false),
        // Closed since it was found: the command is run again and finds or begins another one.
        Some(false) => Err(StoreError::Busy),
        None => {
            let Some(slip) = new.filter(|slip| slip.id == id) else {
                return Err(StoreError::Invalid("a line on a slip that is not there"));
            };
            let row = SlipRow::of(conn, slip, false).await?;
            insert(conn, &[row]).await.map_err(store_error)?;
            Ok(true)
        }
    }
}

fn one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Corrupt("a case on a slip without a line".to_owned())) }
}

const fn state_name(state: LineState) -> &'static str {
    match state {
        LineState::Open => "open",
        LineState::Confirmed => "confirmed",
        LineState::Different => "different",
        LineState::Withdrawn => "withdrawn",
    }
}
