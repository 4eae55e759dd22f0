//! A fresh database for each test, and what must hold at its end.

use super::given::Given;
use crate::{
    Options, SqlStore,
    dialect::{self, Db},
};
use domain::{
    api::queue::QueueRow,
    case::{Case, Event, Fact, WorkItem},
    id::{CaseId, PersonId, SlipId},
    time::Timestamp,
};
use sqlx::Connection;
use std::{convert::Infallible, sync::Arc};
use store::{
    Appended, BoxFuture, EventPlace, NewSlip, Store, StoreError, StoreExt, Tx, VerifyReads, WriteError,
    chain::{START, link},
    seal::SealKey,
};

/// What a write of a test comes to: tests refuse nothing.
pub(super) type Written<R> = Result<R, WriteError<Infallible>>;

/// A store of its own.
pub(super) struct Base {
    pub(super) store: Arc<SqlStore>,
    pub(super) given: Given,
    place: Place,
}

impl Base {
    pub(super) async fn new() -> Self {
        let place = Place::new().await;
        let options = Options { durable: false, ..Options::default() };
        let store = SqlStore::open(&place.url, &options).await.unwrap();
        store.migrate().await.unwrap();
        Self { store: Arc::new(store), given: Given::new(), place }
    }

    /// Writes; a failure of the store fails the test.
    pub(super) async fn write<R, F>(&self, command: F) -> R
    where
        R: Send + 'static,
        F: for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Written<R>> + Send + Sync + 'static,
    {
        self.store.write(command).await.unwrap()
    }

    /// Appends facts to a case as a person, at the stage where it stands.
    pub(super) async fn tell(&self, case: CaseId, by: &str, at: Timestamp, facts: Vec<Fact>) -> Appended {
        self.tell_on(case, by, at, facts, None).await.unwrap()
    }

    /// The same, with the slip a line may begin.
    pub(super) async fn tell_on(
        &self,
        case: CaseId,
        by: &str,
        at: Timestamp,
        facts: Vec<Fact>,
        slip: Option<NewSlip>,
    ) -> Written<Appended> {
        let (given, by) = (self.given.clone(), PersonId::from(by));
        self.store
            .write(move |tx| {
                let (given, by, facts, slip) = (given.clone(), by.clone(), facts.clone(), slip.clone());
                Box::pin(async move {
                    let record = tx.case(case).await?.ok_or(StoreError::Invalid("no such case"))?;
                    let events = given.events(&record.case, &by, at, facts);
                    let change = given.change(Some(record), events)?.with_slip(slip).with_key(Some("key"));
                    Ok(tx.append(&change).await?)
                })
            })
            .await
    }

    /// Appends the past of a case as one command.
    pub(super) async fn begin(&self, events: Vec<Event>, slip: Option<NewSlip>) -> Appended {
        let given = self.given.clone();
        self.write(move |tx| {
            let (given, events, slip) = (given.clone(), events.clone(), slip.clone());
            Box::pin(async move { Ok(tx.append(&given.change(None, events)?.with_slip(slip)).await?) })
        })
        .await
    }

    /// The case as a transaction sees it.
    pub(super) async fn case(&self, id: CaseId) -> Case {
        self.write(move |tx| Box::pin(async move { Ok(tx.case(id).await?) })).await.unwrap().case
    }

    /// Waits until everything written may be given to followers. On PostgreSQL a transaction of any database of
    /// the server, a neighbouring test's too, holds the watermark back while it runs.
    pub(super) async fn settled(&self) {
        let mut conn = self.raw().await;
        let waited = tokio::time::timeout(std::time::Duration::from_mins(1), async {
            let next = dialect::first_place(&mut conn).await.unwrap();
            while dialect::watermark(&mut conn).await.unwrap() < next {
                tokio::task::yield_now().await;
            }
        });
        waited.await.expect("the watermark rises");
    }

    /// A connection beside the store, for what the store does not offer.
    pub(super) async fn raw(&self) -> <Db as sqlx::Database>::Connection {
        <Db as sqlx::Database>::Connection::connect(&self.place.url).await.unwrap()
    }

    /// Runs statements beside the store.
    pub(super) async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        let mut conn = self.raw().await;
        sqlx::raw_sql(sql).execute(&mut conn).await?;
        conn.close().await
    }

    /// The same with a text made up at run time.
    pub(super) async fn run_text(&self, sql: String) -> Result<(), sqlx::Error> {
        let mut conn = self.raw().await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await?;
        conn.close().await
    }

    /// Checks that everything belongs together, then takes the database away.
    pub(super) async fn end(self) {
        self.assert_sound().await;
        self.drop().await;
    }

    /// Takes the database away.
    pub(super) async fn drop(self) {
        self.store.close().await;
        self.place.drop().await;
    }

    /// Chains hold, states are what replay gives, queue rows are those of the states, nothing is left over.
    pub(super) async fn assert_sound(&self) {
        assert_eq!(self.store.orphans().await.unwrap(), Vec::<String>::new());
        assert_eq!(self.store.seals(&seal_key()).await.unwrap().faults, Vec::<String>::new());
        assert_eq!(self.store.ledger().await.unwrap().faults, Vec::<store::TableFault>::new());
        let (mut behind, mut before) = (None, START);
        let mut past: Vec<Event> = Vec::new();
        let mut replayed = Vec::new();
        loop {
            let page = self.store.events_behind(behind, 100).await.unwrap();
            for stored in &page {
                let envelope = &stored.envelope;
                if past.first().is_some_and(|event: &Event| event.case != envelope.case) {
                    replayed.extend(Case::replay(&past));
                    past.clear();
                }
                before = if envelope.version == 1 { START } else { before };
                assert_eq!(stored.link, link(&before, envelope, &stored.payload), "chain of {envelope:?}");
                before = stored.link;
                past.push(envelope.open(&stored.payload).unwrap());
            }
            let Some(last) = page.last() else { break };
            behind = Some(EventPlace { case: last.envelope.case, version: last.envelope.version });
        }
        replayed.extend(Case::replay(&past));
        let mut behind = None;
        let mut stored = Vec::new();
        loop {
            let page = self.store.cases_behind(behind, 50).await.unwrap();
            let Some(last) = page.last() else { break };
            behind = Some(last.record.case.id);
            stored.extend(page);
        }
        assert_eq!(stored.len(), replayed.len());
        for (stored, replayed) in stored.into_iter().zip(replayed) {
            assert_eq!(stored.record.case, replayed);
            let row = WorkItem::of(&replayed, &self.given.catalogue).map(QueueRow::from);
            assert_eq!(stored.row, row);
        }
    }
}

/// The key of the seals in these tests.
pub(super) fn seal_key() -> SealKey {
    SealKey::new([7; 32])
}

/// A slip from a stage and unit to another.
pub(super) fn slip(id: u128, given: &Given, at: Timestamp) -> NewSlip {
    use domain::{api::slip::SlipKind, post::Stage};
    NewSlip {
        id: SlipId(uuid::Uuid::from_u128(id)),
        kind: SlipKind::Posts,
        from: (Stage::Intake, given.unit.clone()),
        to: (Stage::Entry, given.unit.clone()),
        to_person: None,
        since: at,
        number: None,
    }
}

#[cfg(feature = "sqlite")]
struct Place {
    url: String,
    folder: tempfile::TempDir,
}

#[cfg(feature = "sqlite")]
impl Place {
    #[expect(clippy::unused_async, reason = "the other engine makes a database")]
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("data/plumbline.db").display());
        Self { url, folder }
    }

    #[expect(clippy::unused_async, reason = "the other engine drops a database")]
    async fn drop(self) {
        self.folder.close().unwrap();
    }
}

#[cfg(feature = "postgres")]
struct Place {
    url: String,
    name: String,
}

#[cfg(feature = "postgres")]
impl Place {
    /// A copy of a database that has been migrated once: 50 ms instead of a second.
    async fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static TEMPLATE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let template = TEMPLATE.get_or_init(Self::template).await;
        let name = format!("{template}_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        Self::administer(format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: Self::url(&name), name }
    }

    async fn template() -> String {
        let name = format!("plumbline_contract_{}", std::process::id());
        Self::administer(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        Self::administer(format!("CREATE DATABASE {name}")).await;
        let store = SqlStore::open(&Self::url(&name), &Options::default()).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        name
    }

    fn server() -> String {
        std::env::var("TEST_POSTGRES_URL").expect("set TEST_POSTGRES_URL: cargo xtask test does")
    }

    fn url(name: &str) -> String {
        let server = Self::server();
        let (address, options) = server.split_once('?').unwrap_or((&server, ""));
        let (host, _) = address.rsplit_once('/').expect("the address names a database");
        if options.is_empty() { format!("{host}/{name}") } else { format!("{host}/{name}?{options}") }
    }

    async fn administer(sql: String) {
        let mut conn = <Db as sqlx::Database>::Connection::connect(&Self::server()).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
    }

    async fn drop(self) {
        Self::administer(format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}
