//! Checks and findings, written.

use super::row::NewCheck;
use crate::{
    dialect::Conn,
    error::store_error,
    rows::{Row, Values, insert},
    text::{int, name},
};
use domain::{
    api::check::{FindingView, PointVerdict},
    id::{CaseId, CheckId, FieldKey},
};
use store::{CheckRecord, StoreError};

pub(super) async fn insert_checks(conn: &mut Conn, checks: &[CheckRecord]) -> Result<(), StoreError> {
    let rows = checks.iter().map(NewCheck::of).collect::<Result<Vec<_>, _>>()?;
    insert(conn, &rows).await.map_err(store_error)
}

struct VerdictRow<'v> {
    check: CheckId,
    point: &'v PointVerdict,
    verdict: String,
}

impl Row for VerdictRow<'_> {
    const TABLE: &'static str = "check_verdict";
    const COLUMNS: &'static [&'static str] = &["check_id", "point", "verdict", "evidence", "cause"];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.check.0)
            .push_bind(i64::from(self.point.point))
            .push_bind(self.verdict.as_str())
            .push_bind(self.point.evidence.as_str())
            .push_bind(self.point.cause.map(domain::quality::points::Cause::as_str));
    }
}

struct FindingRow<'f> {
    check: CheckId,
    case: CaseId,
    found: &'f FindingView,
}

impl Row for FindingRow<'_> {
    const TABLE: &'static str = "finding";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "check_id",
        "case_id",
        "error_point",
        "severity",
        "cause",
        "item_no",
        "field",
        "responsible",
        "evidence",
        "affected",
        "person",
        "at",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let finding = &self.found.finding;
        values
            .push_bind(self.found.id.0)
            .push_bind(self.check.0)
            .push_bind(self.case.0)
            .push_bind(finding.error_point.as_str())
            .push_bind(finding.severity.as_str())
            .push_bind(finding.cause.as_str())
            .push_bind(finding.item.map(i64::from))
            .push_bind(finding.field.as_ref().map(FieldKey::as_str))
            .push_bind(finding.responsible.as_str())
            .push_bind(finding.evidence.as_str())
            .push_bind(finding.affected_minor)
            .push_bind(self.found.by.as_str())
            .push_bind(self.found.at);
    }
}

pub(super) async fn finish(
    conn: &mut Conn,
    check: &CheckRecord,
    findings: &[FindingView],
) -> Result<(), StoreError> {
    let (version, state) = (int(check.row.version)?, name(&check.row.state)?);
    let before = version - 1;
    let done = sqlx::query!(
        "UPDATE sample_check SET version = $2, state = $3, conforms = $4, done_at = $5, done_on = $6
         WHERE id = $1 AND version = $7",
        check.row.id.0,
        version,
        state,
        check.row.conforms,
        check.done_at,
        check.done_on,
        before
    )
    .execute(&mut *conn)
    .await
    .map_err(store_error)?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Invalid("a check that is not at the version before"));
    }
    let verdicts = check
        .points
        .iter()
        .map(|point| Ok(VerdictRow { check: check.row.id, point, verdict: name(&point.verdict)? }))
        .collect::<Result<Vec<_>, StoreError>>()?;
    insert(conn, &verdicts).await.map_err(store_error)?;
    let findings: Vec<FindingRow<'_>> = findings
        .iter()
        .map(|found| FindingRow { check: check.row.id, case: check.row.case, found })
        .collect();
    insert(conn, &findings).await.map_err(store_error)
}
