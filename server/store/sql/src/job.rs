//! Leases, seals, housekeeping.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    feed,
    text::{hash, int},
    tx::SqlTx,
};
use async_trait::async_trait;
use domain::time::Timestamp;
use sha2::{Digest, Sha256};
use store::{FeedEntry, JobTx, StoreError, chain};

/// Events one seal covers at most; a long log is sealed in several.
const SEALED_AT_ONCE: i64 = 50_000;

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

    async fn seal(&mut self, at: Timestamp) -> Result<u64, StoreError> {
        let end = dialect::watermark(self.read()).await.map_err(store_error)?;
        let last = last_seal(self.read()).await?;
        let (from, before) = last.map_or((0, chain::START), |seal| (seal.to_seq, seal.link));
        let links = links(self.read(), from, end, SEALED_AT_ONCE).await?;
        let Some((to, _)) = links.last().cloned() else { return Ok(0) };
        let link = seal_link(&before, links.iter().map(|(_, link)| link.as_slice()));
        let (no, events) = (last.map_or(1, |seal| seal.no + 1), int(links.len() as u64)?);
        sqlx::query!(
            "INSERT INTO seal (seal_no, from_seq, to_seq, events, link, at) VALUES ($1, $2, $3, $4, $5, $6)",
            no,
            from,
            to,
            events,
            link.as_slice(),
            at
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        Ok(links.len() as u64)
    }
}

#[derive(Clone, Copy)]
struct Last {
    no: i64,
    to_seq: i64,
    link: chain::Link,
}

async fn last_seal(conn: &mut Conn) -> Result<Option<Last>, StoreError> {
    struct SealRow {
        seal_no: i64,
        to_seq: i64,
        link: Vec<u8>,
    }
    let row = sqlx::query_as!(
        SealRow,
        r#"SELECT seal_no AS "seal_no!: i64", to_seq AS "to_seq!: i64", link AS "link!: Vec<u8>" FROM seal
           ORDER BY seal_no DESC LIMIT 1"#
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    row.map(|row| Ok(Last { no: row.seal_no, to_seq: row.to_seq, link: hash(&row.link)? })).transpose()
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

/// A seal over links: SHA-256 of a label, the seal before and the links.
pub(crate) fn seal_link<'l>(before: &chain::Link, links: impl Iterator<Item = &'l [u8]>) -> chain::Link {
    let mut sealed = Sha256::new();
    sealed.update(b"plumbline seal 1\n");
    sealed.update(before);
    for link in links {
        sealed.update(link);
    }
    sealed.finalize().into()
}
