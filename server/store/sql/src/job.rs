//! Leases, seals, housekeeping.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    feed, ledger,
    text::hash,
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::time::Timestamp;
use futures::TryStreamExt;
use store::{
    FeedEntry, JobTx, StoreError,
    chain::{Link, START},
    seal::{AT_ONCE, SealKey, Sealing},
};

#[async_trait]
impl JobTx for SqlTx<'_> {
    async fn take_lease(
        &mut self,
        job: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "INSERT INTO job_lease (job, holder, until_at) VALUES ($1, $2, $3)
             ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
             WHERE job_lease.holder = excluded.holder OR job_lease.until_at <= $4",
            job,
            holder,
            until,
            now
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }

    async fn drop_lease(&mut self, job: &str, holder: &str) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM job_lease WHERE job = $1 AND holder = $2", job, holder)
            .execute(self.write())
            .await
            .map(drop)
            .map_err(store_error)
    }

    async fn trim_feed(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query!(
            "DELETE FROM change_feed WHERE at < $1 AND seq < (SELECT MAX(seq) FROM change_feed)",
            before
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        Ok(done.rows_affected())
    }

    async fn notice(&mut self, entry: &FeedEntry) -> Result<(), StoreError> {
        let seq = self.places(1).await?;
        feed::add(self.write(), seq, entry).await
    }

    async fn seal(&mut self, key: &SealKey, at: Timestamp) -> Result<u64, StoreError> {
        let end = dialect::watermark(self.read()).await.map_err(store_error)?;
        let last = last_seal(self.read()).await?;
        let (no, from, before) = last.map_or((1, 0, START), |seal| (seal.no + 1, seal.to_seq, seal.mac));
        let links = links(self.read(), from, end, i64::from(AT_ONCE)).await?;
        let to = if links.len() == AT_ONCE as usize {
            links.last().map(|(seq, _)| *seq)
        } else {
            let noted = last_entry(self.read(), from, end).await?;
            links.last().map(|(seq, _)| *seq).max(noted)
        };
        let Some(to) = to else { return Ok(0) };
        let mut sealing = Sealing::begin(key, &before, no, (from, to), at);
        for (seq, link) in &links {
            sealing.event(*seq, link);
        }
        add_entries(self.read(), (from, to), &mut sealing).await?;
        let (events, entries) = sealing.counts();
        let mac = sealing.end();
        sqlx::query!(
            "INSERT INTO seal (seal_no, from_seq, to_seq, events, entries, at, mac)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            no,
            from,
            to,
            events,
            entries,
            at,
            mac.as_slice()
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        Ok(u64::try_from(events + entries).unwrap_or(0))
    }

    async fn begin_ledger(&mut self) -> Result<u64, StoreError> {
        let held = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM ledger) AS "held!: bool""#)
            .fetch_one(self.read())
            .await
            .map_err(store_error)?;
        if held {
            return Ok(0);
        }
        let mut groups = Vec::new();
        for table in ledger::tables() {
            ledger::all_groups(self.write(), table, |group| {
                groups.push((table, group));
                Ok(())
            })
            .await?;
        }
        if groups.is_empty() {
            return Ok(0);
        }
        let seq = self.places(1).await?;
        let entries = ledger::enter(self.write(), (seq, 0), groups).await?;
        Ok(u64::try_from(entries).unwrap_or(0))
    }

    async fn leased_until(&mut self, job: &str) -> Result<Option<Timestamp>, StoreError> {
        sqlx::query_scalar!(
            r#"SELECT until_at AS "until_at!: DateTime<Utc>" FROM job_lease WHERE job = $1"#,
            job
        )
        .fetch_optional(self.read())
        .await
        .map_err(store_error)
    }
}

#[derive(Clone, Copy)]
struct Last {
    no: i64,
    to_seq: i64,
    mac: Link,
}

async fn last_seal(conn: &mut Conn) -> Result<Option<Last>, StoreError> {
    struct SealRow {
        seal_no: i64,
        to_seq: i64,
        mac: Vec<u8>,
    }
    let row = sqlx::query_as!(
        SealRow,
        r#"SELECT seal_no AS "seal_no!: i64", to_seq AS "to_seq!: i64", mac AS "mac!: Vec<u8>" FROM seal
           ORDER BY seal_no DESC LIMIT 1"#
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    row.map(|row| Ok(Last { no: row.seal_no, to_seq: row.to_seq, mac: hash(&row.mac)? })).transpose()
}

/// The last place with entries of the ledger behind one and before another.
async fn last_entry(conn: &mut Conn, behind: i64, end: i64) -> Result<Option<i64>, StoreError> {
    sqlx::query_scalar!(
        r#"SELECT MAX(seq) AS "seq: i64" FROM ledger WHERE seq > $1 AND seq < $2"#,
        behind,
        end
    )
    .fetch_one(conn)
    .await
    .map_err(store_error)
}

/// Adds the entries of the ledger behind a place and up to another to a seal.
pub(crate) async fn add_entries(
    conn: &mut Conn,
    (behind, to): (i64, i64),
    sealing: &mut Sealing,
) -> Result<(), StoreError> {
    struct EntryRow {
        seq: i64,
        entry: i64,
        table_name: String,
        row_key: String,
        hash: Vec<u8>,
    }
    let mut rows = sqlx::query_as!(
        EntryRow,
        r#"SELECT seq AS "seq!: i64", entry AS "entry!: i64", table_name AS "table_name!", row_key AS "row_key!",
                  hash AS "hash!: Vec<u8>"
           FROM ledger WHERE seq > $1 AND seq <= $2 ORDER BY seq, entry"#,
        behind,
        to
    )
    .fetch(conn);
    while let Some(row) = rows.try_next().await.map_err(store_error)? {
        sealing.entry((row.seq, row.entry), &row.table_name, &row.row_key, &row.hash);
    }
    Ok(())
}

/// Links of the events behind a place and before another, in the order of the log.
pub(crate) async fn links(
    conn: &mut Conn,
    behind: i64,
    end: i64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    struct LinkRow {
        seq: i64,
        link: Vec<u8>,
    }
    let rows = sqlx::query_as!(
        LinkRow,
        r#"SELECT seq AS "seq!: i64", link AS "link!: Vec<u8>" FROM event
           WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $3"#,
        behind,
        end,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    Ok(rows.into_iter().map(|row| (row.seq, row.link)).collect())
}
