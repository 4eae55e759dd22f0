//! Results of checks: numerators and denominators, never rates.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_sees,
    text::{named, named_option, small},
};
use chrono::NaiveDate;
use domain::id::UnitId;
use sqlx::QueryBuilder;
use store::{PointCount, QualityAsk, RecheckCount, RecheckFinding, SampleCount, SampleFinding, StoreError};

/// Checks done in the period, in the units.
fn push_done(query: &mut QueryBuilder<Db>, ask: &QualityAsk<'_>) {
    query.push(" WHERE k.done_on >= ").push_bind(ask.from).push(" AND k.done_on <= ").push_bind(ask.to);
    push_sees(query, &["k.unit", "k.accepting"], ask.units);
    query.push(FIRST_OF_STEP);
}

/// A step that several draws have drawn is one checked unit: the drawn check that was done first speaks for it, in
/// whatever period the later ones are done; what they find is seen once more, not found once more (quality §3).
const FIRST_OF_STEP: &str = " AND (k.draw_id IS NULL OR NOT EXISTS (SELECT 1 FROM sample_check e \
    WHERE e.case_id = k.case_id AND e.stage = k.stage AND e.round = k.round AND e.draw_id IS NOT NULL \
    AND e.state = 'done' AND (e.done_at, e.id) < (k.done_at, k.id)))";

#[derive(sqlx::FromRow)]
struct Samples {
    done_on: NaiveDate,
    stage: String,
    accepting: String,
    pi_drawn: Option<i64>,
    pi_frame: Option<i64>,
    checked: i64,
    in_error: i64,
    only_missed: i64,
    conforming: i64,
}

pub(super) async fn samples(conn: &mut Conn, ask: &QualityAsk<'_>) -> Result<Vec<SampleCount>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT k.done_on, k.stage, k.accepting, k.pi_drawn, k.pi_frame, COUNT(*) AS checked, \
         COUNT(*) FILTER (WHERE k.id IN (SELECT f.check_id FROM finding f WHERE f.error_point <> 'E07')) AS in_error, \
         COUNT(*) FILTER (WHERE k.id IN (SELECT f.check_id FROM finding f WHERE f.error_point = 'E07') \
         AND k.id NOT IN (SELECT f.check_id FROM finding f WHERE f.error_point <> 'E07')) AS only_missed, \
         COUNT(*) FILTER (WHERE k.conforms) AS conforming FROM sample_check k",
    );
    push_done(&mut query, ask);
    query.push(
        " GROUP BY k.done_on, k.stage, k.accepting, k.pi_drawn, k.pi_frame \
         ORDER BY k.done_on, k.stage, k.accepting",
    );
    let rows: Vec<Samples> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            let pi = match (row.pi_drawn, row.pi_frame) {
                (Some(drawn), Some(frame)) => Some((small(drawn)?, small(frame)?)),
                _ => None,
            };
            Ok(SampleCount {
                day: row.done_on,
                stage: named(&row.stage)?,
                accepting: UnitId(row.accepting),
                pi,
                checked: small(row.checked)?,
                in_error: small(row.in_error)?,
                only_missed: small(row.only_missed)?,
                conforming: small(row.conforming)?,
            })
        })
        .collect()
}

pub(super) async fn points(conn: &mut Conn, ask: &QualityAsk<'_>) -> Result<Vec<PointCount>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT v.point, k.pi_drawn, k.pi_frame, COUNT(*) FILTER (WHERE v.verdict = 'conforms'), \
         COUNT(*) FILTER (WHERE v.verdict = 'does_not') \
         FROM sample_check k JOIN check_verdict v ON v.check_id = k.id",
    );
    push_done(&mut query, ask);
    query.push(
        " AND k.pi_drawn IS NOT NULL GROUP BY v.point, k.pi_drawn, k.pi_frame \
         ORDER BY v.point, k.pi_drawn, k.pi_frame",
    );
    let rows: Vec<(i64, i64, i64, i64, i64)> =
        query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|(point, drawn, frame, conforms, fails)| {
            Ok(PointCount {
                point: small(point)?,
                pi: (small(drawn)?, small(frame)?),
                conforms: small(conforms)?,
                fails: small(fails)?,
            })
        })
        .collect()
}

pub(super) async fn findings(
    conn: &mut Conn,
    ask: &QualityAsk<'_>,
) -> Result<Vec<SampleFinding>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT f.error_point, f.severity, f.cause, COUNT(*) FROM sample_check k \
         JOIN finding f ON f.check_id = k.id",
    );
    push_done(&mut query, ask);
    query.push(
        " AND k.pi_drawn IS NOT NULL GROUP BY f.error_point, f.severity, f.cause \
         ORDER BY f.error_point, f.severity, f.cause",
    );
    let rows: Vec<(String, String, String, i64)> =
        query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|(error_point, severity, cause, n)| {
            Ok(SampleFinding {
                error_point: named(&error_point)?,
                severity: named(&severity)?,
                cause: named(&cause)?,
                n: small(n)?,
            })
        })
        .collect()
}

/// First rounds in the period, in the units.
fn push_first_rounds(query: &mut QueryBuilder<Db>, ask: &QualityAsk<'_>) {
    query.push(" WHERE r.business_date >= ").push_bind(ask.from);
    query.push(" AND r.business_date <= ").push_bind(ask.to).push(" AND r.stage = 'recheck' AND r.round = 1");
    push_sees(query, &["r.unit", "r.accepting"], ask.units);
}

pub(super) async fn rechecks(conn: &mut Conn, ask: &QualityAsk<'_>) -> Result<Vec<RecheckCount>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT r.business_date, r.accepting, r.to_stage, COUNT(*), COUNT(*) FILTER (WHERE r.in_error) \
         FROM recheck_item r",
    );
    push_first_rounds(&mut query, ask);
    query.push(
        " GROUP BY r.business_date, r.accepting, r.to_stage \
         ORDER BY r.business_date, r.accepting, r.to_stage NULLS FIRST",
    );
    let rows: Vec<(NaiveDate, String, Option<String>, i64, i64)> =
        query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|(day, accepting, to, checked, in_error)| {
            Ok(RecheckCount {
                day,
                accepting: UnitId(accepting),
                to: named_option(to.as_deref())?,
                checked: small(checked)?,
                in_error: small(in_error)?,
            })
        })
        .collect()
}

pub(super) async fn recheck_findings(
    conn: &mut Conn,
    ask: &QualityAsk<'_>,
) -> Result<Vec<RecheckFinding>, StoreError> {
    let mut query =
        QueryBuilder::<Db>::new("SELECT r.error_point, r.severity, r.cause, COUNT(*) FROM recheck_ground r");
    push_first_rounds(&mut query, ask);
    query.push(
        " AND r.kind = 'finding' GROUP BY r.error_point, r.severity, r.cause \
         ORDER BY r.error_point, r.severity, r.cause",
    );
    let rows: Vec<(String, String, String, i64)> =
        query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|(error_point, severity, cause, n)| {
            Ok(RecheckFinding {
                error_point: named(&error_point)?,
                severity: named(&severity)?,
                cause: named(&cause)?,
                n: small(n)?,
            })
        })
        .collect()
}
