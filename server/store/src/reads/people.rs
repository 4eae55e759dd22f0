//! People, units, calendars, catalogues and sessions.

use crate::{CatalogueRecord, OpenSession, PersonRecord, SecondFactor, Session, StoreError};
use async_trait::async_trait;
use domain::{
    catalogue::CatalogueVersion,
    id::{PersonId, UnitId},
    post::Stage,
    time::{CalendarData, Timestamp},
    unit::Unit,
};

/// People and settings.
#[async_trait]
pub trait PeopleReads {
    /// A person, shut out or not.
    async fn person(&self, id: &PersonId) -> Result<Option<PersonRecord>, StoreError>;

    /// All people by number, shut out or not.
    async fn people(&self) -> Result<Vec<PersonRecord>, StoreError>;

    /// All units by code.
    async fn units(&self) -> Result<Vec<Unit>, StoreError>;

    /// Which unit works a stage for an accepting unit, where it is not that unit itself.
    async fn sites(&self) -> Result<Vec<(UnitId, Stage, UnitId)>, StoreError>;

    /// Calendars by unit.
    async fn calendars(&self) -> Result<Vec<(UnitId, CalendarData)>, StoreError>;

    /// All catalogue versions, oldest first.
    async fn catalogues(&self) -> Result<Vec<CatalogueRecord>, StoreError>;

    /// One catalogue version.
    async fn catalogue(&self, version: CatalogueVersion) -> Result<Option<CatalogueRecord>, StoreError>;

    /// The session of a token's hash, ended or not; none where its person is shut out.
    async fn session(&self, token: &[u8; 32]) -> Result<Option<OpenSession>, StoreError>;

    /// Sessions of a person that have not ended, newest first.
    async fn sessions_of(&self, person: &PersonId, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// A person's second factor, confirmed or not.
    async fn second_factor(&self, person: &PersonId) -> Result<Option<SecondFactor>, StoreError>;

    /// How many recovery codes a person has not used.
    async fn recovery_left(&self, person: &PersonId) -> Result<u32, StoreError>;
}
