//! `cargo xtask db`: the query caches, by which a clone compiles the store without a database.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use sqlx::migrate::Migrator;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

use crate::command::{cargo, run, say};
use crate::paths;
use crate::postgres::Postgres;

/// What to do with the caches.
#[derive(Clone, Copy, Subcommand)]
pub enum Command {
    /// Describe every query on both engines and write both `.sqlx` folders.
    Prepare,
    /// The same into a copy; fails where the committed folders differ.
    Check,
}

/// Runs the command with a PostgreSQL of its own.
pub fn run_command(command: Command) -> Result<()> {
    let postgres = Postgres::obtain()?;
    match command {
        Command::Prepare => prepare(&postgres),
        Command::Check => check(&postgres),
    }
}

/// Writes both caches.
pub fn prepare(postgres: &Postgres) -> Result<()> {
    let scratch = Scratch::create(postgres)?;
    for folder in CACHES.map(cache) {
        for query in queries(&folder)?.into_keys() {
            fs::remove_file(query)?;
        }
    }
    // The macros run only where something is compiled; a check URL alone does not make a file newer.
    File::options()
        .append(true)
        .open(paths::root().join("server/store/sql/src/lib.rs"))?
        .set_modified(SystemTime::now())?;
    run(cargo()
        .args(["check", "--workspace"])
        .env("PLUMBLINE_SQLITE_CHECK_URL", &scratch.sqlite)
        .env("PLUMBLINE_POSTGRES_CHECK_URL", &scratch.postgres)
        .env_remove("SQLX_OFFLINE")
        .env_remove("SQLX_OFFLINE_DIR"))?;
    let written =
        CACHES.map(cache).iter().map(|folder| Ok(queries(folder)?.len())).collect::<Result<Vec<_>>>()?;
    say(format!("queries described: {} on SQLite, {} on PostgreSQL", written[0], written[1]));
    Ok(())
}

/// Compares the committed caches with what the sources need now, and leaves them as they were.
pub fn check(postgres: &Postgres) -> Result<()> {
    let committed = Committed::read()?;
    prepare(postgres)?;
    let mut differences = Vec::new();
    for folder in CACHES.map(cache) {
        let now = queries(&folder)?;
        let before = committed.of(&folder);
        let names: std::collections::BTreeSet<_> = now.keys().chain(before.keys()).collect();
        for name in names {
            let what = match (before.get(name), now.get(name)) {
                (None, _) => "missing",
                (_, None) => "no longer used",
                (Some(old), Some(new)) if old != new => "out of date",
                _ => continue,
            };
            differences
                .push(format!("{}: {what}", name.strip_prefix(paths::root()).unwrap_or(name).display()));
        }
    }
    if !differences.is_empty() {
        bail!(
            "{}\nthe query caches are not those of the sources: cargo xtask db prepare",
            differences.join("\n")
        );
    }
    Ok(())
}

/// The packages that share the SQL source; one cache each, in this order.
const CACHES: [&str; 2] = ["sqlite", "postgres"];

fn package(engine: &str) -> PathBuf {
    paths::root().join("server/store/sql").join(engine)
}

fn cache(engine: &str) -> PathBuf {
    package(engine).join(".sqlx")
}

/// The described queries of a folder.
fn queries(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let entries = folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let json = paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    json.map(|path| fs::read(&path).map(|bytes| (path, bytes)).map_err(Into::into)).collect()
}

/// The caches as they were; dropped, it puts them back.
struct Committed(Vec<(PathBuf, BTreeMap<PathBuf, Vec<u8>>)>);

impl Committed {
    fn read() -> Result<Self> {
        CACHES
            .map(cache)
            .into_iter()
            .map(|folder| Ok((folder.clone(), queries(&folder)?)))
            .collect::<Result<_>>()
            .map(Self)
    }

    fn of(&self, folder: &Path) -> &BTreeMap<PathBuf, Vec<u8>> {
        &self.0.iter().find(|(known, _)| known == folder).expect("every cache was read").1
    }

    fn restore(&self) -> Result<()> {
        for (folder, before) in &self.0 {
            for extra in queries(folder)?.into_keys().filter(|query| !before.contains_key(query)) {
                fs::remove_file(extra)?;
            }
            for (query, bytes) in before {
                fs::write(query, bytes)?;
            }
        }
        Ok(())
    }
}

impl Drop for Committed {
    fn drop(&mut self) {
        if let Err(error) = self.restore() {
            say(format!("cannot put the query caches back ({error:#}): git restore server/store/sql"));
        }
    }
}

/// Two databases with today's schema, one per engine.
struct Scratch {
    sqlite: String,
    postgres: String,
}

impl Scratch {
    fn create(server: &Postgres) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let sqlite = sqlite().await.context("cannot make a scratch SQLite database")?;
            let postgres =
                postgres(server.url()).await.context("cannot make a scratch PostgreSQL database")?;
            Ok(Self { sqlite, postgres })
        })
    }
}

async fn sqlite() -> Result<String> {
    let file = paths::target().join("xtask/check.db");
    fs::create_dir_all(file.parent().context("the target folder has a name")?)?;
    for suffix in ["", "-wal", "-shm"] {
        let part = PathBuf::from(format!("{}{suffix}", file.display()));
        if part.exists() {
            fs::remove_file(part)?;
        }
    }
    let url = format!("sqlite://{}", file.display());
    let mut connection = SqliteConnection::connect(&format!("{url}?mode=rwc")).await?;
    migrations("sqlite").await?.run(&mut connection).await?;
    connection.close().await?;
    Ok(url)
}

async fn postgres(server: &str) -> Result<String> {
    let mut maintenance = PgConnection::connect(server).await?;
    maintenance.execute("DROP DATABASE IF EXISTS plumbline_check WITH (FORCE)").await?;
    maintenance.execute("CREATE DATABASE plumbline_check").await?;
    maintenance.close().await?;
    let (address, options) =
        server.split_once('?').map_or((server, None), |(before, after)| (before, Some(after)));
    let (host, _) = address.rsplit_once('/').context("the address of a PostgreSQL names a database")?;
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    let url = format!("{host}/plumbline_check{options}");
    let mut connection = PgConnection::connect(&url).await?;
    migrations("postgres").await?.run(&mut connection).await?;
    connection.close().await?;
    Ok(url)
}

async fn migrations(engine: &str) -> Result<Migrator> {
    let folder = package(engine).join("migrations");
    Migrator::new(folder.as_path()).await.with_context(|| format!("cannot read {}", folder.display()))
}
