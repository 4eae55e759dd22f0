//! Databases for tests: made empty or as a copy of another, and dropped.

use crate::{dialect::Db, error::store_error};
use sqlx::{AssertSqlSafe, Connection};
use store::StoreError;

/// Makes a database on the server at an address, empty or as a copy of a template nobody is connected to (50 ms
/// instead of a second for a migrated one). Gives the new one's address.
///
/// Names hold small letters, digits and underscores.
pub async fn create(server: &str, name: &str, template: Option<&str>) -> Result<String, StoreError> {
    let copy = match template {
        Some(template) => format!(" TEMPLATE {}", plain(template)?),
        None => String::new(),
    };
    administer(server, format!("CREATE DATABASE {}{copy}", plain(name)?)).await?;
    Ok(address(server, name))
}

/// Drops a database, whoever is connected to it; one that is not there is no fault.
pub async fn drop(server: &str, name: &str) -> Result<(), StoreError> {
    administer(server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", plain(name)?)).await
}

/// The address of another database on the same server.
fn address(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let host = address.rsplit_once('/').map_or(address, |(host, _)| host);
    if options.is_empty() { format!("{host}/{name}") } else { format!("{host}/{name}?{options}") }
}

fn plain(name: &str) -> Result<&str, StoreError> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.is_empty() && name.bytes().all(fits) {
        Ok(name)
    } else {
        Err(StoreError::Invalid("a database name of other characters"))
    }
}

async fn administer(server: &str, sql: String) -> Result<(), StoreError> {
    let mut conn = <Db as sqlx::Database>::Connection::connect(server).await.map_err(store_error)?;
    sqlx::query(AssertSqlSafe(sql)).execute(&mut conn).await.map_err(store_error)?;
    conn.close().await.map_err(store_error)
}
