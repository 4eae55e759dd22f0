//! The audit record: added to and read, never changed.

use crate::{
    dialect::Db,
    error::store_error,
    ledger::Is,
    rows::push_list,
    sql_store::SqlStore,
    text::{name, named},
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    api::audit::AuditRow,
    id::{PersonId, UnitId},
};
use sqlx::{FromRow, QueryBuilder};
use store::{AuditAsk, AuditReads, AuditTx, StoreError};
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    at: DateTime<Utc>,
    kind: String,
    actor: Option<String>,
    person: Option<String>,
    unit: Option<String>,
    address: Option<String>,
    subject: Option<String>,
}

#[async_trait]
impl AuditTx for SqlTx<'_> {
    async fn audit(&mut self, row: &AuditRow) -> Result<(), StoreError> {
        let kind = name(&row.kind)?;
        sqlx::query!(
            "INSERT INTO audit_record (id, at, kind, actor, person, unit, address, subject)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            row.id,
            row.at,
            kind,
            row.actor.as_ref().map(PersonId::as_str),
            row.person.as_ref().map(PersonId::as_str),
            row.unit.as_ref().map(UnitId::as_str),
            row.address.as_deref(),
            row.subject.as_deref()
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        self.note("audit_record", "id", &[Is::Id(row.id)]).await
    }
}

#[async_trait]
impl AuditReads for SqlStore {
    async fn audit(&self, ask: &AuditAsk<'_>) -> Result<Vec<AuditRow>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT id, at, kind, actor, person, unit, address, subject FROM audit_record WHERE (unit IS NULL OR unit",
        );
        push_list(&mut query, ask.units.iter().map(UnitId::as_str));
        query.push(")");
        if let Some(person) = ask.person {
            query.push(" AND (actor = ").push_bind(person.as_str());
            query.push(" OR person = ").push_bind(person.as_str()).push(")");
        }
        if let Some(kind) = ask.kind {
            query.push(" AND kind = ").push_bind(name(&kind)?);
        }
        if let Some(from) = ask.from {
            query.push(" AND at >= ").push_bind(from);
        }
        if let Some(to) = ask.to {
            query.push(" AND at < ").push_bind(to);
        }
        if let Some(before) = ask.before {
            query.push(" AND id < ").push_bind(before);
        }
        query.push(" ORDER BY id DESC LIMIT ").push_bind(i64::from(ask.limit));
        let rows: Vec<Row> =
            query.build_query_as().fetch_all(&mut *self.reader().await?).await.map_err(store_error)?;
        rows.into_iter()
            .map(|row| {
                Ok(AuditRow {
                    id: row.id,
                    at: row.at,
                    kind: named(&row.kind)?,
                    actor: row.actor.map(PersonId),
                    person: row.person.map(PersonId),
                    unit: row.unit.map(UnitId),
                    address: row.address,
                    subject: row.subject,
                })
            })
            .collect()
    }
}
