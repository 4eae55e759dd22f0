//! The parts of a bulk write.

use crate::{
    case::{EventRow, SlipRow, StateRow, follow_up},
    error::store_error,
    ledger::Is,
    rows::insert,
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::id::{SlipId, UnitId};
use std::collections::BTreeSet;
use store::{BulkTx, Change, NewSlip, StoreError, chain::START};

#[async_trait]
impl BulkTx for SqlTx<'_> {
    async fn bulk_slips(&mut self, slips: &[NewSlip], closed: &BTreeSet<SlipId>) -> Result<(), StoreError> {
        let conn = self.write();
        let mut rows = Vec::with_capacity(slips.len());
        for slip in slips {
            rows.push(SlipRow::of(conn, slip, closed.contains(&slip.id)).await?);
        }
        insert(conn, &rows).await.map_err(store_error)?;
        let ids: Vec<Is> = slips.iter().map(|slip| Is::Id(slip.id.0)).collect();
        self.note("slip", "id", &ids).await
    }

    async fn bulk_cases(&mut self, cases: &[Change]) -> Result<(), StoreError> {
        let mut place = self.places(cases.iter().map(|change| change.events.len()).sum()).await?;
        let (mut states, mut events) = (Vec::with_capacity(cases.len()), Vec::new());
        for change in cases {
            let (rows, link) = EventRow::seal(&change.events, change.key.as_deref(), START, place)?;
            place += i64::try_from(rows.len()).unwrap_or(0);
            events.extend(rows);
            states.push(StateRow::of(change, link)?);
        }
        let conn = self.write();
        insert(conn, &states).await.map_err(store_error)?;
        insert(conn, &events).await.map_err(store_error)?;
        follow_up(conn, cases).await
    }

    async fn bulk_end(&mut self, numbers: &[(UnitId, NaiveDate, char, u32)]) -> Result<(), StoreError> {
        let conn = self.write();
        for (unit, day, letter, last) in numbers {
            let (unit, letter, last) = (unit.as_str(), letter.to_string(), i64::from(*last));
            sqlx::query!(
                "INSERT INTO number_sequence (unit, business_date, letter, last_number) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (unit, business_date, letter) DO UPDATE SET last_number = excluded.last_number
                 WHERE number_sequence.last_number < excluded.last_number",
                unit,
                day,
                letter,
                last
            )
            .execute(&mut *conn)
            .await
            .map_err(store_error)?;
        }
        sqlx::query("ANALYZE").execute(conn).await.map(drop).map_err(store_error)
    }
}
