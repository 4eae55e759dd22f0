//! Hand-over slips: the one that takes lines, lists, one with its lines.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_list,
    sql_store::SqlStore,
    text::{name, named, read_json, small},
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    api::slip::{Slip, SlipLine, SlipSummary},
    id::{CaseId, PersonId, SlipId, UnitId},
    post::Stage,
    time::Timestamp,
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{SlipKey, SlipReads, SlipTx, StoreError};
use uuid::Uuid;

#[async_trait]
impl SlipTx for SqlTx<'_> {
    async fn open_slip(&mut self, key: &SlipKey) -> Result<Option<SlipId>, StoreError> {
        let (kind, to_person) = (name(&key.kind)?, key.to_person.as_ref().map_or("", PersonId::as_str));
        let id = sqlx::query_scalar!(
            r#"SELECT id AS "id!: Uuid" FROM slip
               WHERE kind = $1 AND from_stage = $2 AND from_unit = $3 AND to_stage = $4 AND to_unit = $5
                 AND COALESCE(to_person, '') = $6 AND NOT closed"#,
            kind,
            key.from.0.as_str(),
            key.from.1.as_str(),
            key.to.0.as_str(),
            key.to.1.as_str(),
            to_person
        )
        .fetch_optional(self.read())
        .await
        .map_err(store_error)?;
        Ok(id.map(SlipId))
    }
}

#[async_trait]
impl SlipReads for SqlStore {
    async fn incoming_slips(
        &self,
        stages: &BTreeSet<Stage>,
        units: &BTreeSet<UnitId>,
        person: &PersonId,
    ) -> Result<Vec<SlipSummary>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(SUMMARY);
        query
            .push(" WHERE (s.to_person = ")
            .push_bind(person.as_str())
            .push(" OR (s.kind = 'posts' AND s.to_stage");
        push_list(&mut query, stages.iter().map(|stage| stage.as_str()));
        query.push(" AND s.to_unit");
        push_list(&mut query, units.iter().map(UnitId::as_str));
        query.push("))");
        with_open_lines(&mut *self.reader().await?, query).await
    }

    async fn outgoing_slips(
        &self,
        stages: &BTreeSet<Stage>,
        units: &BTreeSet<UnitId>,
        person: &PersonId,
    ) -> Result<Vec<SlipSummary>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(SUMMARY);
        query.push(" WHERE ((s.from_stage");
        push_list(&mut query, stages.iter().map(|stage| stage.as_str()));
        query.push(" AND s.from_unit");
        push_list(&mut query, units.iter().map(UnitId::as_str));
        query.push(") OR EXISTS (SELECT 1 FROM slip_line g WHERE g.slip_id = s.id AND g.state = 'open' AND g.giver = ");
        query.push_bind(person.as_str()).push("))");
        with_open_lines(&mut *self.reader().await?, query).await
    }

    async fn own_receipts(
        &self,
        units: &BTreeSet<UnitId>,
        since: Timestamp,
    ) -> Result<Vec<SlipSummary>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(SUMMARY);
        query.push(" WHERE s.id IN (SELECT o.slip_id FROM slip_line o WHERE o.state = 'confirmed'");
        query.push(" AND o.settled_by = o.giver AND o.settled_at > ").push_bind(since);
        query.push(") AND (s.from_unit");
        push_list(&mut query, units.iter().map(UnitId::as_str));
        query.push(" OR s.to_unit");
        push_list(&mut query, units.iter().map(UnitId::as_str));
        query.push(") ORDER BY s.begun_at DESC, s.number DESC");
        let rows: Vec<SummaryRow> =
            query.build_query_as().fetch_all(&mut *self.reader().await?).await.map_err(store_error)?;
        rows.into_iter().map(SlipSummary::try_from).collect()
    }

    async fn slip(&self, id: SlipId, units: &BTreeSet<UnitId>) -> Result<Option<Slip>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(SUMMARY);
        query.push(" WHERE s.id = ").push_bind(id.0);
        whole(&mut *self.reader().await?, query, units).await
    }

    async fn slip_numbered(
        &self,
        number: &str,
        units: &BTreeSet<UnitId>,
    ) -> Result<Option<Slip>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(SUMMARY);
        query.push(" WHERE s.number = ").push_bind(number);
        whole(&mut *self.reader().await?, query, units).await
    }

    async fn slip_number(&self, id: SlipId) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar!(r#"SELECT number AS "number!" FROM slip WHERE id = $1"#, id.0)
            .fetch_optional(&mut *self.reader().await?)
            .await
            .map_err(store_error)
    }
}

const SUMMARY: &str = "SELECT s.id, s.number, s.kind, s.from_stage, s.from_unit, s.to_stage, s.to_unit, s.to_person, \
    s.begun_at, (SELECT COUNT(*) FROM slip_line l WHERE l.slip_id = s.id) AS line_count, \
    (SELECT COUNT(*) FROM slip_line l WHERE l.slip_id = s.id AND l.state = 'open') AS open_count FROM slip s";

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: Uuid,
    number: String,
    kind: String,
    from_stage: String,
    from_unit: String,
    to_stage: String,
    to_unit: String,
    to_person: Option<String>,
    begun_at: DateTime<Utc>,
    line_count: i64,
    open_count: i64,
}

impl TryFrom<SummaryRow> for SlipSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: SlipId(row.id),
            number: row.number,
            kind: named(&row.kind)?,
            from: (named(&row.from_stage)?, UnitId(row.from_unit)),
            to: (named(&row.to_stage)?, UnitId(row.to_unit)),
            to_person: row.to_person.map(PersonId),
            lines: small(row.line_count)?,
            open: small(row.open_count)?,
            since: row.begun_at,
        })
    }
}

/// Slips with open lines, oldest first.
async fn with_open_lines(
    conn: &mut Conn,
    mut query: QueryBuilder<Db>,
) -> Result<Vec<SlipSummary>, StoreError> {
    query.push(" AND s.id IN (SELECT o.slip_id FROM slip_line o WHERE o.state = 'open') ORDER BY s.begun_at, s.number");
    let rows: Vec<SummaryRow> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter().map(SlipSummary::try_from).collect()
}

async fn whole(
    conn: &mut Conn,
    mut query: QueryBuilder<Db>,
    units: &BTreeSet<UnitId>,
) -> Result<Option<Slip>, StoreError> {
    let row: Option<SummaryRow> =
        query.build_query_as().fetch_optional(&mut *conn).await.map_err(store_error)?;
    let Some(summary) = row.map(SlipSummary::try_from).transpose()? else { return Ok(None) };
    if !units.contains(&summary.from.1) && !units.contains(&summary.to.1) {
        return Ok(None);
    }
    let lines = lines(conn, summary.id).await?;
    Ok(Some(Slip { summary, lines }))
}

struct LineRow {
    case_id: Uuid,
    version: i64,
    given: i64,
    number: String,
    policy_no: String,
    items: String,
    giver: String,
    returned: bool,
    materials: String,
    counts: String,
    state: String,
    given_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
    settled_by: Option<String>,
    difference: Option<String>,
}

async fn lines(conn: &mut Conn, id: SlipId) -> Result<Vec<SlipLine>, StoreError> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"SELECT l.case_id AS "case_id!: Uuid", c.version AS "version!: i64", l.version AS "given!: i64", c.number AS "number!",
                  c.policy_no AS "policy_no!", c.items AS "items!", l.giver AS "giver!",
                  l.returned AS "returned!: bool", l.materials AS "materials!", l.counts AS "counts!",
                  l.state AS "state!", l.given_at AS "given_at!: DateTime<Utc>",
                  l.settled_at AS "settled_at: DateTime<Utc>", l.settled_by, l.difference
           FROM slip_line l JOIN case_state c ON c.case_id = l.case_id
           WHERE l.slip_id = $1 ORDER BY l.given_at, c.number, l.version"#,
        id.0
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            let counts: Vec<Vec<u16>> = read_json(&row.counts)?;
            Ok(SlipLine {
                case: CaseId(row.case_id),
                version: small(row.version)?,
                given: small(row.given)?,
                number: row.number,
                policy_no: row.policy_no,
                items: read_json(&row.items)?,
                giver: PersonId(row.giver),
                returned: row.returned,
                materials: read_json(&row.materials)?,
                counts: u8::try_from(counts.len()).unwrap_or(u8::MAX),
                state: named(&row.state)?,
                since: row.given_at,
                settled_at: row.settled_at,
                settled_by: row.settled_by.map(PersonId),
                difference: row.difference,
            })
        })
        .collect()
}
