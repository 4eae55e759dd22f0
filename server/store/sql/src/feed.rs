//! The change feed.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    rows::{Row, Values, insert},
    sql_store::SqlStore,
    text::{int, json, read_json, small},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::UnitId;
use store::{Feed, FeedEntry, FeedReads, StoreError};
use uuid::Uuid;

struct FeedRow<'f> {
    seq: i64,
    entry: &'f FeedEntry,
    version: i64,
    queues: String,
}

impl Row for FeedRow<'_> {
    const TABLE: &'static str = "change_feed";
    const COLUMNS: &'static [&'static str] =
        &["seq", "at", "aggregate", "id", "version", "queues", "unit", "accepting"];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.seq)
            .push_bind(self.entry.at)
            .push_bind(self.entry.aggregate.as_str())
            .push_bind(self.entry.id)
            .push_bind(self.version)
            .push_bind(self.queues.as_str())
            .push_bind(self.entry.unit.as_str())
            .push_bind(self.entry.accepting.as_str());
    }
}

/// Adds a notice at a place in the log.
pub(crate) async fn add(conn: &mut Conn, seq: i64, entry: &FeedEntry) -> Result<(), StoreError> {
    let row = FeedRow { seq, entry, version: int(entry.version)?, queues: json(&entry.queues)? };
    insert(conn, &[row]).await.map_err(store_error)
}

struct EntryRow {
    seq: i64,
    at: DateTime<Utc>,
    aggregate: String,
    id: Uuid,
    version: i64,
    queues: String,
    unit: String,
    accepting: String,
}

#[async_trait]
impl FeedReads for SqlStore {
    async fn feed(&self, behind: i64, limit: u32) -> Result<Feed, StoreError> {
        let mut conn = self.reader().await?;
        let end = dialect::watermark(&mut conn).await.map_err(store_error)?;
        let limit = i64::from(limit);
        let rows = sqlx::query_as!(
            EntryRow,
            r#"SELECT seq AS "seq!: i64", at AS "at!: DateTime<Utc>", aggregate AS "aggregate!", id AS "id!: Uuid",
                      version AS "version!: i64", queues AS "queues!", unit AS "unit!", accepting AS "accepting!"
               FROM change_feed WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $3"#,
            behind,
            end,
            limit
        )
        .fetch_all(&mut *conn)
        .await
        .map_err(store_error)?;
        let entries = rows.into_iter().map(entry).collect::<Result<_, StoreError>>()?;
        // The newest entry always stays: an oldest one behind the place asked for means that some are gone.
        let oldest = sqlx::query_scalar!(r#"SELECT MIN(seq) AS "seq: i64" FROM change_feed"#)
            .fetch_one(&mut *conn)
            .await
            .map_err(store_error)?;
        Ok(Feed { entries, gap: oldest.is_some_and(|oldest| behind > 0 && behind < oldest) })
    }

    async fn feed_end(&self) -> Result<i64, StoreError> {
        let mut conn = self.reader().await?;
        let end = dialect::watermark(&mut conn).await.map_err(store_error)?;
        let seq =
            sqlx::query_scalar!(r#"SELECT MAX(seq) AS "seq: i64" FROM change_feed WHERE seq < $1"#, end)
                .fetch_one(&mut *conn)
                .await
                .map_err(store_error)?;
        Ok(seq.unwrap_or(0))
    }
}

fn entry(row: EntryRow) -> Result<FeedEntry, StoreError> {
    Ok(FeedEntry {
        seq: row.seq,
        at: row.at,
        aggregate: row.aggregate,
        id: row.id,
        version: small(row.version)?,
        queues: read_json(&row.queues)?,
        unit: UnitId(row.unit),
        accepting: UnitId(row.accepting),
    })
}
