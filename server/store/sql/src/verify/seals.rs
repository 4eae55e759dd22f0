//! Every seal, made anew.

use crate::{dialect::Conn, error::store_error, job, text::hash};
use chrono::{DateTime, Utc};
use store::{
    SealState, StoreError,
    chain::START,
    seal::{Seal, SealKey, Sealing},
};

struct SealRow {
    seal_no: i64,
    from_seq: i64,
    to_seq: i64,
    events: i64,
    entries: i64,
    at: DateTime<Utc>,
    mac: Vec<u8>,
}

pub(super) async fn all(conn: &mut Conn, key: &SealKey) -> Result<SealState, StoreError> {
    let mut state = SealState::default();
    let (mut before, mut last) = (START, (0, 0));
    loop {
        let row = sqlx::query_as!(
            SealRow,
            r#"SELECT seal_no AS "seal_no!: i64", from_seq AS "from_seq!: i64", to_seq AS "to_seq!: i64",
                      events AS "events!: i64", entries AS "entries!: i64", at AS "at!: DateTime<Utc>",
                      mac AS "mac!: Vec<u8>"
               FROM seal WHERE seal_no > $1 ORDER BY seal_no LIMIT 1"#,
            last.0
        )
        .fetch_optional(&mut *conn)
        .await
        .map_err(store_error)?;
        let Some(row) = row else { break };
        if (row.seal_no, row.from_seq) != (last.0 + 1, last.1) {
            state.faults.push(format!("seal {} does not follow seal {}", row.seal_no, last.0));
        }
        let mut sealing = Sealing::begin(key, &before, row.seal_no, (row.from_seq, row.to_seq), row.at);
        // One more than it says is enough to see that there are more.
        let links =
            job::links(conn, row.from_seq, row.to_seq.saturating_add(1), row.events.saturating_add(1))
                .await?;
        for (seq, link) in &links {
            sealing.event(*seq, link);
        }
        job::add_entries(conn, (row.from_seq, row.to_seq), &mut sealing).await?;
        let (events, entries) = sealing.counts();
        let mac = hash(&row.mac)?;
        if sealing.end() != mac || (events, entries) != (row.events, row.entries) {
            state.faults.push(format!(
                "seal {} does not agree with its {} events and {} entries of the ledger",
                row.seal_no, row.events, row.entries
            ));
        }
        (before, last) = (mac, (row.seal_no, row.to_seq));
        state.seals.push(Seal {
            no: row.seal_no,
            from: row.from_seq,
            to: row.to_seq,
            events: row.events,
            entries: row.entries,
            at: row.at,
            mac,
        });
    }
    let unsealed = sqlx::query_scalar!(
        r#"SELECT (SELECT COUNT(*) FROM event WHERE seq > $1)
                + (SELECT COUNT(*) FROM ledger WHERE seq > $1) AS "count!: i64""#,
        last.1
    )
    .fetch_one(conn)
    .await
    .map_err(store_error)?;
    state.unsealed = u64::try_from(unsealed).unwrap_or(0);
    Ok(state)
}
