//! Events: rows of the log.

use crate::{
    dialect::Conn,
    error::store_error,
    rows::{Row, Values},
    text::{hash, int, named_option, small},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    actor::By,
    case::Event,
    catalogue::CatalogueVersion,
    id::{CaseId, PersonId, UnitId},
    time::local_date,
};
use store::{
    StoreError, StoredEvent,
    chain::{Envelope, Link, actor, link, payload},
};
use uuid::Uuid;

/// An event to be written.
pub(crate) struct EventRow<'e> {
    seq: i64,
    version: i64,
    event: &'e Event,
    business_date: NaiveDate,
    key: Option<&'e str>,
    form: i64,
    payload: String,
    link: Link,
}

impl<'e> EventRow<'e> {
    /// Seals events to a chain, one to the next; gives the last link too.
    pub(crate) fn seal(
        events: &'e [Event],
        key: Option<&'e str>,
        mut before: Link,
        first_place: i64,
    ) -> Result<(Vec<Self>, Link), StoreError> {
        let mut rows = Vec::with_capacity(events.len());
        for (event, seq) in events.iter().zip(first_place..) {
            let envelope = Envelope::of(event, key);
            let payload = payload(&event.fact)?;
            before = link(&before, &envelope, payload.as_bytes());
            rows.push(Self {
                seq,
                version: int(event.version)?,
                event,
                business_date: local_date(event.at),
                key,
                form: i64::from(envelope.form),
                payload,
                link: before,
            });
        }
        Ok((rows, before))
    }
}

impl Row for EventRow<'_> {
    const TABLE: &'static str = "event";
    const COLUMNS: &'static [&'static str] = &[
        "seq",
        "case_id",
        "version",
        "at",
        "business_date",
        "actor_kind",
        "actor",
        "stage",
        "unit",
        "catalogue",
        "form",
        "command_key",
        "kind",
        "payload",
        "link",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let (kind, name) = actor(&self.event.by);
        values
            .push_bind(self.seq)
            .push_bind(self.event.case.0)
            .push_bind(self.version)
            .push_bind(self.event.at)
            .push_bind(self.business_date)
            .push_bind(kind)
            .push_bind(name)
            .push_bind(self.event.stage.map(domain::post::Stage::as_str))
            .push_bind(self.event.unit.as_str())
            .push_bind(i64::from(self.event.catalogue.0))
            .push_bind(self.form)
            .push_bind(self.key)
            .push_bind(self.event.fact.name())
            .push_bind(self.payload.as_str())
            .push_bind(self.link.as_slice());
    }
}

/// An event as read.
pub(crate) struct StoredRow {
    pub(crate) seq: i64,
    pub(crate) case_id: Uuid,
    pub(crate) version: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) actor_kind: String,
    pub(crate) actor: Option<String>,
    pub(crate) stage: Option<String>,
    pub(crate) unit: String,
    pub(crate) catalogue: i64,
    pub(crate) form: i64,
    pub(crate) command_key: Option<String>,
    pub(crate) payload: String,
    pub(crate) link: Vec<u8>,
}

impl TryFrom<StoredRow> for StoredEvent {
    type Error = StoreError;

    fn try_from(row: StoredRow) -> Result<Self, StoreError> {
        let by = match (row.actor_kind.as_str(), row.actor) {
            ("person", Some(person)) => By::Person(PersonId(person)),
            ("integration", Some(name)) => By::Integration(name),
            ("system", None) => By::System,
            (kind, _) => return Err(StoreError::Corrupt(format!("an event by {kind}"))),
        };
        Ok(Self {
            seq: row.seq,
            envelope: Envelope {
                case: CaseId(row.case_id),
                version: small(row.version)?,
                at: row.at,
                by,
                stage: named_option(row.stage.as_deref())?,
                unit: UnitId(row.unit),
                catalogue: CatalogueVersion(small(row.catalogue)?),
                form: small(row.form)?,
                key: row.command_key,
            },
            payload: row.payload.into_bytes(),
            link: hash(&row.link)?,
        })
    }
}

/// Events of a case behind a version, oldest first.
pub(crate) async fn events(
    conn: &mut Conn,
    id: CaseId,
    behind: u64,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let (behind, limit) = (int(behind)?, i64::from(limit));
    let rows = sqlx::query_as!(
        StoredRow,
        r#"SELECT seq AS "seq!: i64", case_id AS "case_id!: Uuid", version AS "version!: i64",
                  at AS "at!: DateTime<Utc>", actor_kind AS "actor_kind!", actor, stage, unit AS "unit!",
                  catalogue AS "catalogue!: i64", form AS "form!: i64", command_key, payload AS "payload!",
                  link AS "link!: Vec<u8>"
           FROM event WHERE case_id = $1 AND version > $2 ORDER BY version LIMIT $3"#,
        id.0,
        behind,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            let stored = StoredEvent::try_from(row)?;
            stored.envelope.open(&stored.payload).map_err(StoreError::Corrupt)
        })
        .collect()
}
