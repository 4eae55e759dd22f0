//! Noted rows against their entries in the ledger.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    ledger::{all_groups, tables},
};
use futures::TryStreamExt;
use sqlx::QueryBuilder;
use std::collections::HashMap;
use store::{LedgerState, StoreError, TableFault, table::Table};

pub(super) async fn compare(conn: &mut Conn) -> Result<LedgerState, StoreError> {
    let mut state = LedgerState::default();
    for table in tables() {
        let mut entries = newest(conn, table).await?;
        let mut faults = Vec::new();
        state.checked += all_groups(conn, table, |group| {
            let key = group.key.clone();
            let what = match entries.remove(&key) {
                Some(noted) if noted == group.hash(table) => return Ok(()),
                Some(_) => "is not what was written",
                None => "was not written by this program",
            };
            faults.push((what, key));
            Ok(())
        })
        .await?;
        let mut lost: Vec<String> = entries.into_keys().collect();
        lost.sort_unstable();
        faults.extend(lost.into_iter().map(|key| ("is gone", key)));
        state.faults.extend(faults.into_iter().map(|(what, key)| TableFault {
            table: table.name,
            words: format!("{} {} {what}", table.name, key.replace('\u{1f}', " ")),
        }));
    }
    Ok(state)
}

/// The newest entry of each group of a table.
async fn newest(conn: &mut Conn, table: &Table) -> Result<HashMap<String, Vec<u8>>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT row_key, hash FROM ledger WHERE table_name = ");
    query.push_bind(table.name).push(" ORDER BY seq, entry");
    let mut rows = query.build_query_as::<(String, Vec<u8>)>().fetch(conn);
    let mut newest = HashMap::new();
    while let Some((key, hash)) = rows.try_next().await.map_err(store_error)? {
        newest.insert(key, hash);
    }
    Ok(newest)
}
