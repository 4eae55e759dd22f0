//! A store to measure on: an SQLite file, or a database of its own on a PostgreSQL server.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::people::Person;
use crate::command::{output, say};
use crate::server::{self, Server, plumbline};

/// A new, empty store.
pub struct Place {
    store: String,
    folder: PathBuf,
    database: Option<Database>,
}

/// What `plumbline seed --json` said.
#[derive(Debug, Deserialize)]
pub struct Seeded {
    /// Who can sign in.
    pub people: Vec<Person>,
    /// Cases in the store.
    pub cases: u32,
    /// Events in the store.
    pub events: u64,
    /// Seconds it took.
    pub seconds: f64,
}

impl Place {
    /// A file in a folder of its own.
    pub fn sqlite(folder: &Path) -> Result<Self> {
        let file = server::fresh_store(folder)?;
        Ok(Self { store: format!("sqlite:{}", file.display()), folder: folder.to_owned(), database: None })
    }

    /// A database of that name, made anew; key and logs are in the folder.
    pub fn postgres(folder: &Path, server: &str, name: &str) -> Result<Self> {
        server::fresh_store(folder)?;
        let database = Database::create(server, name)?;
        Ok(Self { store: database.url()?, folder: folder.to_owned(), database: Some(database) })
    }

    /// The binary with this store, its log in a file as a supervisor would have it.
    pub fn command(&self, binary: &Path) -> Result<Command> {
        let log = File::options().create(true).append(true).open(self.folder.join("log"))?;
        let mut command = plumbline(binary, &self.store);
        command.env("PLUMBLINE_MASTER_KEY_FILE", self.folder.join("plumbline.key")).stderr(log);
        Ok(command)
    }

    /// Brings a PostgreSQL database to the binary's schema; a file gets it by itself.
    pub fn migrate(&self, binary: &Path) -> Result<()> {
        if self.database.is_some() {
            output(self.logged(binary)?.arg("migrate"))?;
        }
        Ok(())
    }

    /// Fills it with demo data.
    pub fn seed(&self, binary: &Path, password: &str, cases: u32) -> Result<Seeded> {
        let cases = cases.to_string();
        let mut command = self.logged(binary)?;
        command.env("PLUMBLINE_DEMO_PASSWORD", password);
        let text = output(command.args(["seed", "--cases", &cases, "--seed", "1", "--json"]))?;
        serde_json::from_str(&text).context("`plumbline seed --json` writes JSON")
    }

    /// Imports a file and gives how long the whole command took.
    pub fn import(&self, binary: &Path, kind: &str, file: &Path, mapping: &Path) -> Result<Duration> {
        let mut command = self.logged(binary)?;
        command.args(["import", kind]).arg(file).arg("--mapping").arg(mapping);
        let start = Instant::now();
        output(&mut command)?;
        Ok(start.elapsed())
    }

    /// Whether everything in it fits together.
    pub fn verify(&self, binary: &Path) -> Result<()> {
        output(self.logged(binary)?.arg("verify")).map(drop)
    }

    /// Starts a server on it and gives the time until it was ready.
    pub fn serve(&self, binary: &Path) -> Result<(Server, Duration)> {
        let (command, address) = (self.command(binary)?, server::free_address()?);
        let start = Instant::now();
        let server = Server::start(command, address)
            .with_context(|| format!("see {}", self.folder.join("log").display()))?;
        Ok((server, start.elapsed()))
    }

    /// For commands whose errors are read from what they write.
    fn logged(&self, binary: &Path) -> Result<Command> {
        let mut command = self.command(binary)?;
        command.stderr(std::process::Stdio::piped());
        Ok(command)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(database) = &self.database
            && let Err(error) = database.remove()
        {
            say(format!("cannot remove the database {}: {error:#}", database.name));
        }
        // The log stays for who wants to know why something failed.
        for part in ["plumbline.db", "plumbline.db-wal", "plumbline.db-shm"] {
            drop(fs::remove_file(self.folder.join(part)));
        }
    }
}

struct Database {
    server: String,
    name: String,
}

impl Database {
    fn create(server: &str, name: &str) -> Result<Self> {
        let database = Self { server: server.to_owned(), name: name.to_owned() };
        database.remove()?;
        database.execute(format!("CREATE DATABASE {name}"))?;
        Ok(database)
    }

    fn remove(&self) -> Result<()> {
        self.execute(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name))
    }

    fn url(&self) -> Result<String> {
        let (address, options) = match self.server.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (self.server.as_str(), String::new()),
        };
        let (host, _) = address.rsplit_once('/').context("the address of a PostgreSQL names a database")?;
        Ok(format!("{host}/{}{options}", self.name))
    }

    fn execute(&self, statement: String) -> Result<()> {
        on_server(&self.server, async |connection| {
            connection.execute(AssertSqlSafe(statement)).await?;
            Ok(())
        })
    }
}

/// Version and durability of a server, as it says itself.
pub fn postgres_says(server: &str) -> Result<(String, bool)> {
    on_server(server, async |connection| {
        let version: String = sqlx::query_scalar("SHOW server_version").fetch_one(&mut *connection).await?;
        let mut durable = true;
        for setting in ["SHOW fsync", "SHOW synchronous_commit", "SHOW full_page_writes"] {
            let value: String = sqlx::query_scalar(setting).fetch_one(&mut *connection).await?;
            durable &= value == "on";
        }
        Ok((version, durable))
    })
}

fn on_server<T>(server: &str, act: impl AsyncFnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut connection = PgConnection::connect(server).await?;
        let result = act(&mut connection).await?;
        connection.close().await?;
        Ok(result)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_addressed_beside_the_one_that_is_named() {
        let at =
            |server: &str| Database { server: server.to_owned(), name: "bench".to_owned() }.url().unwrap();
        assert_eq!(at("postgres://a:b@127.0.0.1:5432/postgres"), "postgres://a:b@127.0.0.1:5432/bench");
        assert_eq!(at("postgres://a@h/x?sslmode=disable"), "postgres://a@h/bench?sslmode=disable");
    }
}
