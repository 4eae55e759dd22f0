//! People, units, calendars and catalogues.

mod persons;
mod settings;

use crate::{factor, ledger::Is, session, sql_store::SqlStore, tx::SqlTx};
use async_trait::async_trait;
use domain::{
    catalogue::CatalogueVersion,
    id::{PersonId, UnitId},
    post::Stage,
    time::{CalendarData, Timestamp},
    unit::Unit,
};
use store::{
    CatalogueRecord, OpenSession, PeopleReads, PeopleTx, PersonRecord, SecondFactor, Session, StoreError,
};

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
        if !person.role.works() && !person.posts.is_empty() {
            return Err(StoreError::Invalid("posts of a role that holds none"));
        }
        persons::put(self.write(), person).await
    }

    async fn set_password(
        &mut self,
        person: &PersonId,
        password: &str,
        must_change: bool,
    ) -> Result<bool, StoreError> {
        persons::set_password(self.write(), person, password, must_change).await
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
        let version = settings::add_catalogue(self.write(), catalogue).await?;
        self.note("catalogue", "version", &[Is::Int(i64::from(version.0))]).await?;
        Ok(version)
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

    async fn session(&self, token: &[u8; 32]) -> Result<Option<OpenSession>, StoreError> {
        session::session(&mut *self.reader().await?, token).await
    }

    async fn sessions_of(&self, person: &PersonId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        session::sessions_of(&mut *self.reader().await?, person, now).await
    }

    async fn second_factor(&self, person: &PersonId) -> Result<Option<SecondFactor>, StoreError> {
        factor::second_factor(&mut *self.reader().await?, person).await
    }

    async fn recovery_left(&self, person: &PersonId) -> Result<u32, StoreError> {
        factor::recovery_left(&mut *self.reader().await?, person).await
    }
}
