//! Imported cases that have gone on.

use super::rows::{StepRow, WorkRow};
use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::insert,
    text::{int, whole},
};
use sqlx::QueryBuilder;
use store::{Grown, StoreError};

pub(super) async fn grow(conn: &mut Conn, cases: &[Grown]) -> Result<(), StoreError> {
    let mut steps = Vec::new();
    for grown in cases {
        let before = usize::try_from(grown.before).unwrap_or(usize::MAX);
        if before == 0 || before > grown.case.steps.len() {
            return Err(StoreError::Invalid("an imported case with fewer steps than it had"));
        }
        steps.extend(StepRow::of(&grown.case).skip(before));
    }
    insert(conn, &steps).await.map_err(store_error)?;
    for grown in cases {
        changed(conn, grown).await?;
    }
    for some in cases.chunks(500) {
        let mut query = QueryBuilder::<Db>::new("DELETE FROM work_item WHERE imported AND case_id IN (");
        let mut ids = query.separated(", ");
        for grown in some {
            ids.push_bind(grown.case.id.0);
        }
        query.push(")");
        query.build().execute(&mut *conn).await.map_err(store_error)?;
    }
    let mut work = Vec::new();
    for grown in cases.iter().filter(|grown| grown.case.open) {
        work.extend(WorkRow::of(&grown.case, int(grown.version)?));
    }
    insert(conn, &work).await.map_err(store_error)
}

/// Writes what is said of the case itself.
async fn changed(conn: &mut Conn, grown: &Grown) -> Result<(), StoreError> {
    let case = &grown.case;
    let Some(last) = case.steps.last() else { return Ok(()) };
    let mut query = QueryBuilder::<Db>::new("UPDATE imported_case SET channel = ");
    query.push_bind(case.channel.as_deref());
    query.push(", department = ").push_bind(case.department.as_deref());
    query.push(", deadline = ").push_bind(case.deadline.map(whole));
    query.push(", end_at = ").push_bind(case.end.map(whole));
    query.push(", is_open = ").push_bind(case.open);
    query.push(", by_day = ").push_bind(case.by_day);
    query.push(", stage = ").push_bind(last.stage.as_str());
    query.push(", steps = ").push_bind(int(case.steps.len() as u64)?);
    query.push(", last_at = ").push_bind(whole(last.at));
    query.push(" WHERE case_id = ").push_bind(case.id.0);
    query.build().execute(conn).await.map_err(store_error)?;
    Ok(())
}
