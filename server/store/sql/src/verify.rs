//! What `verify` reads.

mod orphans;

use crate::{
    case::{HeldRow, StoredRow, record},
    dialect::Db,
    error::store_error,
    job::{links, seal_link},
    queue::{ListRow, OF_WORK},
    sql_store::SqlStore,
    text::{hash, int, small},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{api::queue::QueueRow, id::CaseId};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
use store::{EventPlace, StoreCounts, StoreError, StoredCase, StoredEvent, VerifyReads, chain};
use uuid::Uuid;

#[async_trait]
impl VerifyReads for SqlStore {
    async fn events_behind(
        &self,
        behind: Option<EventPlace>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let case = behind.map_or(Uuid::nil(), |place| place.case.0);
        let (version, limit) = (int(behind.map_or(0, |place| place.version))?, i64::from(limit));
        let rows = sqlx::query_as!(
            StoredRow,
            r#"SELECT seq AS "seq!: i64", case_id AS "case_id!: Uuid", version AS "version!: i64",
                      at AS "at!: DateTime<Utc>", actor_kind AS "actor_kind!", actor, stage, unit AS "unit!",
                      catalogue AS "catalogue!: i64", form AS "form!: i64", command_key, payload AS "payload!",
                      link AS "link!: Vec<u8>"
               FROM event WHERE (case_id, version) > ($1, $2) ORDER BY case_id, version LIMIT $3"#,
            case,
            version,
            limit
        )
        .fetch_all(&mut *self.reader().await?)
        .await
        .map_err(store_error)?;
        rows.into_iter().map(StoredEvent::try_from).collect()
    }

    async fn cases_behind(&self, behind: Option<CaseId>, limit: u32) -> Result<Vec<StoredCase>, StoreError> {
        let mut conn = self.reader().await?;
        let (behind, limit) = (behind.map_or(Uuid::nil(), |id| id.0), i64::from(limit));
        let states = sqlx::query_as!(
            HeldRow,
            r#"SELECT version AS "version!: i64", link AS "link!: Vec<u8>", body AS "body!" FROM case_state
               WHERE case_id > $1 ORDER BY case_id LIMIT $2"#,
            behind,
            limit
        )
        .fetch_all(&mut *conn)
        .await
        .map_err(store_error)?;
        let records = states.iter().map(record).collect::<Result<Vec<_>, _>>()?;
        let Some(last) = records.last().map(|record| record.case.id.0) else { return Ok(Vec::new()) };
        let mut query = QueryBuilder::<Db>::new(OF_WORK);
        query.push(" WHERE w.case_id > ").push_bind(behind).push(" AND w.case_id <= ").push_bind(last);
        let rows: Vec<ListRow> = query.build_query_as().fetch_all(&mut *conn).await.map_err(store_error)?;
        let mut rows = rows
            .into_iter()
            .map(|row| QueueRow::try_from(row).map(|row| (row.id, row)))
            .collect::<Result<BTreeMap<_, _>, _>>()?;
        Ok(records
            .into_iter()
            .map(|record| StoredCase { row: rows.remove(&record.case.id), record })
            .collect())
    }

    async fn orphans(&self) -> Result<Vec<String>, StoreError> {
        orphans::all(&mut *self.reader().await?).await
    }

    async fn broken_seal(&self) -> Result<Option<String>, StoreError> {
        struct SealRow {
            seal_no: i64,
            from_seq: i64,
            to_seq: i64,
            events: i64,
            link: Vec<u8>,
        }
        let mut conn = self.reader().await?;
        let (mut before, mut last) = (chain::START, (0, 0));
        loop {
            let row = sqlx::query_as!(
                SealRow,
                r#"SELECT seal_no AS "seal_no!: i64", from_seq AS "from_seq!: i64", to_seq AS "to_seq!: i64",
                          events AS "events!: i64", link AS "link!: Vec<u8>"
                   FROM seal WHERE seal_no > $1 ORDER BY seal_no LIMIT 1"#,
                last.0
            )
            .fetch_optional(&mut *conn)
            .await
            .map_err(store_error)?;
            let Some(seal) = row else { return Ok(None) };
            if (seal.seal_no, seal.from_seq) != (last.0 + 1, last.1) {
                return Ok(Some(format!("seal {} does not follow seal {}", seal.seal_no, last.0)));
            }
            let links = links(&mut conn, seal.from_seq, seal.to_seq + 1, seal.events + 1).await?;
            before = seal_link(&before, links.iter().map(|(_, link)| link.as_slice()));
            if int(links.len() as u64)? != seal.events || before != hash(&seal.link)? {
                return Ok(Some(format!(
                    "seal {} does not agree with its {} events",
                    seal.seal_no, seal.events
                )));
            }
            last = (seal.seal_no, seal.to_seq);
        }
    }

    async fn counts(&self) -> Result<StoreCounts, StoreError> {
        struct CountRow {
            cases: i64,
            open: i64,
            events: i64,
            imported: i64,
            people: i64,
        }
        let row = sqlx::query_as!(
            CountRow,
            r#"SELECT (SELECT COUNT(*) FROM case_state) AS "cases!: i64",
                      (SELECT COUNT(*) FROM work_item WHERE NOT imported) AS "open!: i64",
                      (SELECT COUNT(*) FROM event) AS "events!: i64",
                      (SELECT COUNT(*) FROM imported_case) AS "imported!: i64",
                      (SELECT COUNT(*) FROM person) AS "people!: i64""#
        )
        .fetch_one(&mut *self.reader().await?)
        .await
        .map_err(store_error)?;
        Ok(StoreCounts {
            cases: small(row.cases)?,
            open: small(row.open)?,
            events: small(row.events)?,
            imported: small(row.imported)?,
            people: small(row.people)?,
        })
    }
}
