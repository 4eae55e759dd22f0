//! How a server comes to life: its store, its keys, its people.

use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use domain::catalogue::Catalogue;
use domain::id::CaseId;
use domain::time::{Calendar, Timestamp};
use domain::unit::{Unit, UnitLevel};
use secrecy::ExposeSecret as _;
use store::{CatalogueRecord, Engine, Store, StoreError, StoreExt as _, WrappedKey, WriteError};
use uuid::Uuid;

use crate::config::Config;
use crate::error::Error;
use crate::seal::{AesGcm256, MasterKey, MasterKeyError, Vault};
use crate::site::Site;
use crate::source::{HeardClock, Source};
use crate::state::{App, Parts};

/// Clocks further apart than this, milliseconds, count and expire differently.
const MOST_SKEW: u64 = 2_000;

/// Where the store keeps the key of the digests: the id no case has.
pub const DIGEST_KEY: CaseId = CaseId(Uuid::nil());

/// Opens the store the settings name; its schema is not touched.
pub async fn open(config: &Config) -> anyhow::Result<Arc<dyn Store>> {
    let url = &config.store;
    let opening = || format!("open {}", shown(url));
    if url.starts_with("sqlite:") {
        let options = store_sqlite::Options::default();
        return Ok(Arc::new(store_sqlite::SqlStore::open(url, &options).await.with_context(opening)?));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let options = store_postgres::Options::default();
        return Ok(Arc::new(store_postgres::SqlStore::open(url, &options).await.with_context(opening)?));
    }
    bail!("store = {:?} begins with neither sqlite: nor postgres://", shown(url))
}

/// A server from its settings. An embedded store is made and brought up to date; a shared one is migrated by
/// `plumbline migrate`, before its servers start.
pub async fn app(config: Config) -> anyhow::Result<App> {
    let store = open(&config).await?;
    if store.engine() == Engine::Sqlite {
        store.migrate().await?;
    }
    store.check().await.context("the store is not ready for this program: plumbline migrate")?;
    let source = Source::system().with_store_clock(Arc::new(HeardClock::default()));
    match same_time(store.as_ref(), &source).await {
        Ok(()) => found(store.as_ref(), &source).await?,
        // What is there can be read; readiness and every write say what is wrong.
        Err(error) if !store.catalogues().await?.is_empty() => {
            tracing::error!(cause = format!("{error:#}"), "the clock is off");
        }
        Err(error) => return Err(error),
    }
    let vault = vault(&config, store.as_ref(), &source).await?;
    let site = match &config.site_dir {
        Some(folder) => Site::folder(folder).with_context(|| format!("site_dir = {}", folder.display()))?,
        None => Site::embedded(),
    };
    App::new(Parts { config, source, store, vault, site }).await.map_err(anyhow::Error::new)
}

/// Hears what the database's clock shows.
///
/// # Errors
/// Where this machine's clock differs from it: what is written would carry a wrong time.
pub async fn same_time(store: &dyn Store, source: &Source) -> anyhow::Result<()> {
    let shown = store.clock_millis().await?;
    source.hear(Timestamp::from_timestamp_millis(shown).context("the database's clock shows no time")?);
    let skew = source.now().timestamp_millis().abs_diff(shown);
    ensure!(skew <= MOST_SKEW, "the clocks of this machine and the database differ by {skew} ms");
    Ok(())
}

/// What a new store cannot do without: the shipped catalogue, and a head office with the national calendar for people
/// to be added to. What is there already stays.
pub async fn found(store: &dyn Store, source: &Source) -> anyhow::Result<()> {
    if store.catalogues().await?.is_empty() {
        let record = CatalogueRecord { catalogue: Catalogue::shipped(), from: source.now() };
        let added = store
            .write(move |tx| {
                let record = record.clone();
                Box::pin(async move { Ok::<_, WriteError<Error>>(tx.add_catalogue(&record).await?) })
            })
            .await;
        match added {
            // Another server was quicker.
            Ok(_) | Err(WriteError::Store(StoreError::Duplicate(_))) => {}
            Err(error) => return Err(anyhow::Error::new(Error::from(error))),
        }
    }
    if store.units().await?.is_empty() {
        let head = Unit {
            id: "HQ".into(),
            name: "总公司".to_owned(),
            name_en: "Head office".to_owned(),
            level: UnitLevel::Head,
            parent: None,
        };
        store
            .write(move |tx| {
                let head = head.clone();
                Box::pin(async move {
                    tx.put_unit(&head).await?;
                    tx.put_calendar(&head.id, Calendar::national().data()).await?;
                    Ok::<_, WriteError<Error>>(())
                })
            })
            .await
            .map_err(|error| anyhow::Error::new(Error::from(error)))?;
    }
    Ok(())
}

/// The vault of a store: its master key from settings or file, its digest key from the store, made at the first
/// start.
pub async fn vault(config: &Config, store: &dyn Store, source: &Source) -> anyhow::Result<Vault> {
    let kept = store.key_of(DIGEST_KEY).await?;
    let master = master_key(config, kept.is_some(), source)?;
    let kept = match kept {
        Some(kept) => kept,
        None => first_digest_key(store, &master, source).await?,
    };
    same_master(&kept, &master)?;
    let vault = Vault::open_with(Arc::new(AesGcm256), master, &kept.wrapped, source.clone())?;
    if store.keys_of_others(&vault.master()).await? > 0 {
        bail!(
            "the master key is being changed and not all data keys are wrapped anew: plumbline rotate-key again"
        );
    }
    Ok(vault)
}

/// The vault of a store that has one already; nothing is made.
///
/// # Errors
/// Where the store has no keys yet, the master key is not here, or it is another one.
pub async fn existing_vault(config: &Config, store: &dyn Store, source: &Source) -> anyhow::Result<Vault> {
    let kept = store
        .key_of(DIGEST_KEY)
        .await?
        .context("the store has no keys yet: nothing was ever sealed in it")?;
    let master = master_key(config, true, source)?;
    same_master(&kept, &master)?;
    Ok(Vault::open_with(Arc::new(AesGcm256), master, &kept.wrapped, source.clone())?)
}

/// The master key of the settings: itself, or its file, which is made where it is not `in_use` yet.
pub fn master_key(config: &Config, in_use: bool, source: &Source) -> Result<MasterKey, MasterKeyError> {
    match (&config.master_key, config.key_file()) {
        (Some(key), _) => MasterKey::from_base64(key.expose_secret()),
        (None, Some(file)) => MasterKey::read_or_create(&file, in_use, source),
        (None, None) => Err(MasterKeyError::Nowhere),
    }
}

/// Whether a master key is the store's.
pub fn same_master(kept: &WrappedKey, master: &MasterKey) -> anyhow::Result<()> {
    if kept.master != master.fingerprint() {
        bail!("this store is sealed with master key {}, not with {}", kept.master, master.fingerprint());
    }
    Ok(())
}

/// Makes the digest key; where another server was quicker, takes its.
async fn first_digest_key(
    store: &dyn Store,
    master: &MasterKey,
    source: &Source,
) -> anyhow::Result<WrappedKey> {
    let fresh = WrappedKey {
        master: master.fingerprint(),
        wrapped: Vault::new_digest_key(&AesGcm256, master, source),
    };
    let (now, holder) = (source.now(), source.id().to_string());
    store
        .write(move |tx| {
            let (fresh, holder) = (fresh.clone(), holder.clone());
            Box::pin(async move {
                // The lease row makes two servers that start together wait for each other.
                tx.take_lease("first-start", &holder, now, now).await?;
                if let Some(kept) = tx.case_key(DIGEST_KEY).await? {
                    return Ok(kept);
                }
                tx.put_case_key(DIGEST_KEY, &fresh).await?;
                Ok::<_, WriteError<Error>>(fresh)
            })
        })
        .await
        .map_err(|error| anyhow::Error::new(Error::from(error)))
}

/// A store's address without its password.
pub fn shown(store: &str) -> String {
    match (store.find("://"), store.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}…{}", &store[..scheme + 3], &store[at..]),
        _ => store.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_stores_are_not_shown() {
        assert_eq!(shown("postgres://app:s3cret@db:5432/p"), "postgres://…@db:5432/p");
        assert_eq!(shown("sqlite:data/plumbline.db"), "sqlite:data/plumbline.db");
    }
}
