//! People, units, calendars and catalogues.

mod persons;
mod settings;

use crate::{error::store_error, sql_store::SqlStore, text::hash, tx::SqlTx};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    catalogue::CatalogueVersion,
    id::{PersonId, UnitId},
    post::Stage,
    time::{CalendarData, Timestamp},
    unit::Unit,
};
use store::{CatalogueRecord, PeopleReads, PeopleTx, PersonRecord, Session, SessionRow, StoreError};

#[async_trait]
impl PeopleTx for SqlTx<'_> {
    async fn person(&mut self, id: &PersonId) -> Result<Option<PersonRecord>, StoreError> {
        persons::person(self.read(), id).await
    }

    async fn active_people(&mut self) -> Result<Vec<PersonRecord>, StoreError> {
        let mut people = persons::people(self.read()).await?;
        people.retain(|person| !person.disabled);
        Ok(people)
    }

    async fn put_person(&mut self, person: &PersonRecord) -> Result<(), StoreError> {
        persons::put(self.write(), person).await
    }

    async fn put_unit(&mut self, unit: &Unit) -> Result<(), StoreError> {
        settings::put_unit(self.write(), unit).await
    }

    async fn put_site(&mut self, accepting: &UnitId, stage: Stage, unit: &UnitId) -> Result<(), StoreError> {
        settings::put_site(self.write(), accepting, stage, unit).await
    }

    async fn put_calendar(&mut self, unit: &UnitId, calendar: &CalendarData) -> Result<(), StoreError> {
        settings::put_calendar(self.write(), unit, calendar).await
    }

    async fn add_catalogue(&mut self, catalogue: &CatalogueRecord) -> Result<CatalogueVersion, StoreError> {
        settings::add_catalogue(self.write(), catalogue).await
    }
}

#[async_trait]
impl PeopleReads for SqlStore {
    async fn person(&self, id: &PersonId) -> Result<Option<PersonRecord>, StoreError> {
        persons::person(&mut *self.reader().await?, id).await
    }

    async fn people(&self) -> Result<Vec<PersonRecord>, StoreError> {
        persons::people(&mut *self.reader().await?).await
    }

    async fn units(&self) -> Result<Vec<Unit>, StoreError> {
        settings::units(&mut *self.reader().await?).await
    }

    async fn sites(&self) -> Result<Vec<(UnitId, Stage, UnitId)>, StoreError> {
        settings::sites(&mut *self.reader().await?).await
    }

    async fn calendars(&self) -> Result<Vec<(UnitId, CalendarData)>, StoreError> {
        settings::calendars(&mut *self.reader().await?).await
    }

    async fn catalogues(&self) -> Result<Vec<CatalogueRecord>, StoreError> {
        settings::catalogues(&mut *self.reader().await?).await
    }

    async fn catalogue(&self, version: CatalogueVersion) -> Result<Option<CatalogueRecord>, StoreError> {
        settings::catalogue(&mut *self.reader().await?, version).await
    }

    async fn session(&self, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        struct Held {
            token: Vec<u8>,
            person: String,
            created_at: DateTime<Utc>,
            seen_at: DateTime<Utc>,
            ends_at: DateTime<Utc>,
        }
        let row = sqlx::query_as!(
            Held,
            r#"SELECT token AS "token!: Vec<u8>", person AS "person!", created_at AS "created_at!: DateTime<Utc>",
                      seen_at AS "seen_at!: DateTime<Utc>", ends_at AS "ends_at!: DateTime<Utc>"
               FROM session WHERE token = $1"#,
            token.as_slice()
        )
        .fetch_optional(&mut *self.reader().await?)
        .await
        .map_err(store_error)?;
        row.map(|row| {
            Ok(Session {
                token: hash(&row.token)?,
                person: PersonId(row.person),
                created_at: row.created_at,
                seen_at: row.seen_at,
                ends_at: row.ends_at,
            })
        })
        .transpose()
    }

    async fn sessions(&self, now: Timestamp) -> Result<Vec<SessionRow>, StoreError> {
        struct Listed {
            person: String,
            created_at: DateTime<Utc>,
            seen_at: DateTime<Utc>,
        }
        let rows = sqlx::query_as!(
            Listed,
            r#"SELECT person AS "person!", created_at AS "created_at!: DateTime<Utc>",
                      seen_at AS "seen_at!: DateTime<Utc>"
               FROM session WHERE ends_at > $1 ORDER BY created_at DESC, person"#,
            now
        )
        .fetch_all(&mut *self.reader().await?)
        .await
        .map_err(store_error)?;
        let session = |row: Listed| SessionRow {
            person: PersonId(row.person),
            created_at: row.created_at,
            seen_at: row.seen_at,
        };
        Ok(rows.into_iter().map(session).collect())
    }
}
