//! People, units, calendars and catalogues.

use crate::StoreError;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    actor::{Grants, Person, Role},
    catalogue::{Catalogue, CatalogueVersion},
    id::{PersonId, UnitId},
    post::{Post, Stage},
    time::{CalendarData, Timestamp},
    unit::{Unit, UnitTree},
};
use std::collections::BTreeSet;

/// A post held, or deputised, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostHeld {
    /// The post.
    pub post: Post,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none = until further notice.
    pub to: Option<NaiveDate>,
}

/// A person as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// Number.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Home unit.
    pub unit: UnitId,
    /// Posts with their days.
    pub posts: Vec<PostHeld>,
    /// Roots of the scope.
    pub scope: BTreeSet<UnitId>,
    /// What the person may decide.
    pub grants: Grants,
    /// Password hash in PHC form; none = cannot sign in.
    pub password: Option<String>,
    /// The password is a first one: it opens nothing but its own change.
    pub must_change: bool,
    /// Shut out.
    pub disabled: bool,
}

impl PersonRecord {
    /// The person as the rules see one on a day: posts of that day, scope expanded.
    pub fn on(&self, day: NaiveDate, units: &UnitTree) -> Person {
        let roots: Vec<UnitId> = self.scope.iter().cloned().collect();
        Person {
            id: self.id.clone(),
            name: self.name.clone(),
            role: self.role,
            unit: self.unit.clone(),
            posts: self
                .posts
                .iter()
                .filter(|held| held.from <= day && held.to.is_none_or(|to| day <= to))
                // Of a role that holds no posts what was written down before it had them is void.
                .filter(|_| self.role.works())
                .map(|held| held.post)
                .collect(),
            scope: units.expand(&roots),
            grants: self.grants.clone(),
        }
    }
}

/// A catalogue version as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueRecord {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// In force from.
    pub from: Timestamp,
}

/// People and settings in a transaction.
#[async_trait]
pub trait PeopleTx {
    /// A person.
    async fn person(&mut self, id: &PersonId) -> Result<Option<PersonRecord>, StoreError>;

    /// All people who are not shut out: who could take, recheck or approve a case.
    async fn active_people(&mut self) -> Result<Vec<PersonRecord>, StoreError>;

    /// Writes a person, new or changed.
    ///
    /// # Errors
    /// `Invalid` where posts are given to a role that holds none.
    async fn put_person(&mut self, person: &PersonRecord) -> Result<(), StoreError>;

    /// Gives a person who is not shut out another password; gives whether there is such a person. Nothing else of the
    /// person is touched, so that what others change at the same time stays.
    async fn set_password(
        &mut self,
        person: &PersonId,
        password: &str,
        must_change: bool,
    ) -> Result<bool, StoreError>;

    /// Writes a unit, new or changed.
    async fn put_unit(&mut self, unit: &Unit) -> Result<(), StoreError>;

    /// Says which unit works a stage for an accepting unit.
    async fn put_site(&mut self, accepting: &UnitId, stage: Stage, unit: &UnitId) -> Result<(), StoreError>;

    /// Writes the calendar of a unit; units without one have that of the unit above.
    async fn put_calendar(&mut self, unit: &UnitId, calendar: &CalendarData) -> Result<(), StoreError>;

    /// Adds a catalogue version. Versions never change.
    ///
    /// # Errors
    /// `Duplicate` if the version is there.
    async fn add_catalogue(&mut self, catalogue: &CatalogueRecord) -> Result<CatalogueVersion, StoreError>;
}
