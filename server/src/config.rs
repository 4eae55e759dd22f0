//! What can be set: defaults, then `plumbline.toml`, then `PLUMBLINE_…`, then the command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use domain::actor::Role;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

mod environment;
mod list;

use environment::Environment;

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people at a terminal.
    Pretty,
    /// One JSON object a line, for collectors.
    Json,
}

/// Every setting, checked at start.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// The store: `sqlite:path` or `postgres://…`.
    pub store: String,
    /// Scheme, host and port people type, where a proxy ends TLS: `https://plumbline.example`.
    pub public_origin: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses, or networks as `10.0.0.0/8`.
    #[serde(deserialize_with = "list::networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// What is logged, as a `tracing` filter.
    pub log: String,
    /// How it is written.
    pub log_format: LogFormat,
    /// File of the master key; unset, beside an SQLite store.
    pub master_key_file: Option<PathBuf>,
    /// The master key itself, base64 of 32 bytes, where the supervisor hands it over in the environment.
    pub master_key: Option<SecretString>,
    /// Bearer token for `/metrics`; unset, only direct requests from this machine are answered.
    pub metrics_token: Option<SecretString>,
    /// Minutes without a request after which a session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends in any case.
    pub session_hours: u32,
    /// Roles whose people need a second factor; others may set one up.
    #[serde(deserialize_with = "list::roles")]
    pub second_factor: Vec<Role>,
    /// Searches by an exact identity number, telephone or account one person may make within an hour.
    pub exact_searches_per_hour: u32,
    /// Seconds after which a request is given up.
    pub timeout_seconds: u64,
    /// Seconds that requests under way have to finish at shutdown.
    pub drain_seconds: u64,
    /// Seconds in which the head of a request has come; a connection that asks for nothing for as long is closed.
    pub header_seconds: u64,
    /// Seconds in which the body of a request has come.
    pub body_seconds: u64,
    /// Connections at once.
    pub connections: u32,
    /// Of these, from one address, where it is no trusted proxy.
    pub connections_per_address: u32,
    /// Folder the browser app is read from instead of the one inside the binary, for development.
    pub site_dir: Option<PathBuf>,
}

/// Keys that are read from the environment; other `PLUMBLINE_…` variables belong to builds and commands.
const KEYS: &[&str] = &[
    "listen",
    "store",
    "public_origin",
    "trusted_proxies",
    "log",
    "log_format",
    "master_key_file",
    "master_key",
    "metrics_token",
    "idle_minutes",
    "session_hours",
    "second_factor",
    "exact_searches_per_hour",
    "timeout_seconds",
    "drain_seconds",
    "header_seconds",
    "body_seconds",
    "connections",
    "connections_per_address",
    "site_dir",
];

/// What `listen`, `store` and the rest are without any setting.
#[derive(Serialize)]
struct Defaults {
    listen: SocketAddr,
    store: &'static str,
    trusted_proxies: Vec<IpNet>,
    log: &'static str,
    log_format: LogFormat,
    idle_minutes: u32,
    session_hours: u32,
    second_factor: Vec<Role>,
    exact_searches_per_hour: u32,
    timeout_seconds: u64,
    drain_seconds: u64,
    header_seconds: u64,
    body_seconds: u64,
    connections: u32,
    connections_per_address: u32,
}

const DEFAULTS: Defaults = Defaults {
    listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000),
    store: "sqlite:data/plumbline.db",
    trusted_proxies: Vec::new(),
    log: "info",
    log_format: LogFormat::Pretty,
    idle_minutes: 30,
    session_hours: 12,
    second_factor: Vec::new(),
    exact_searches_per_hour: 30,
    timeout_seconds: 30,
    drain_seconds: 10,
    header_seconds: 30,
    body_seconds: 15,
    connections: 4_096,
    // Half of them: one address never keeps the others out.
    connections_per_address: 2_048,
};

/// What the command line may set for every command; the same names as in the file.
#[derive(Clone, Debug, Default, Serialize, clap::Args)]
pub struct Overrides {
    /// Settings file; unset, `plumbline.toml` where it exists
    #[arg(long, global = true, env = "PLUMBLINE_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// sqlite:PATH or postgres://…
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// File of the master key
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master_key_file: Option<PathBuf>,
    /// What is logged: error, warn, info, debug, trace, or a filter by module
    #[arg(long, global = true, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// How log lines are written
    #[arg(long, global = true, value_enum)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
}

/// What the command line may set for `serve` alone; the same names as in the file.
#[derive(Clone, Debug, Default, Serialize, clap::Args)]
pub struct ServeOverrides {
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Scheme, host and port people type, where a proxy ends TLS
    #[arg(long, value_name = "ORIGIN")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_origin: Option<String>,
    /// Folder the browser app is read from, for development
    #[arg(long, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_dir: Option<PathBuf>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A source could not be read, or a key is unknown or of the wrong type.
    #[error("settings: {0}")]
    Read(#[from] Box<figment::Error>),
    /// Passwords and session cookies would cross the network in the clear.
    #[error(
        "listen = {0} is reachable from other machines, and public_origin is not https: people would sign in over \
         an open connection. Listen on 127.0.0.1, or put a TLS proxy in front and set public_origin."
    )]
    Open(SocketAddr),
    /// Not a scheme, host and port.
    #[error("public_origin = {0} must be http:// or https:// with a host, and nothing after it")]
    Origin(String),
    /// Nobody would know from where people come, and wrong passwords of one would be everybody's.
    #[error(
        "public_origin is https, so a proxy ends TLS, and trusted_proxies does not say which: every request would seem \
         to come from it. Set trusted_proxies to its address: PLUMBLINE_TRUSTED_PROXIES=127.0.0.1 where it runs on this \
         machine."
    )]
    NoProxy,
    /// A number that makes no sense.
    #[error("{name} = {value} must be from {least} to {most}")]
    Range {
        /// The setting.
        name: &'static str,
        /// What was set.
        value: u64,
        /// The least it may be.
        least: u64,
        /// The most.
        most: u64,
    },
    /// A token anybody can guess.
    #[error("metrics_token is empty")]
    Token,
}

impl Config {
    /// Reads every source and checks the result.
    pub fn load(overrides: &Overrides, serve: &ServeOverrides) -> Result<Self, ConfigError> {
        Self::from_sources(overrides, serve, Environment::of_process())
    }

    fn from_sources(
        overrides: &Overrides,
        serve: &ServeOverrides,
        environment: Environment,
    ) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(DEFAULTS));
        figment = match &overrides.config {
            Some(file) => figment.merge(Toml::file_exact(file)),
            None => figment.merge(Toml::file(Path::new("plumbline.toml"))),
        };
        let config: Self = figment
            .merge(environment)
            .merge(Serialized::defaults(overrides))
            .merge(Serialized::defaults(serve))
            .extract()
            .map_err(Box::new)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if let Some(origin) = &self.public_origin {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            if host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', '@', ' '])) {
                return Err(ConfigError::Origin(origin.clone()));
            }
        }
        let of = |name, value: u64, least, most| {
            if (least..=most).contains(&value) {
                Ok(())
            } else {
                Err(ConfigError::Range { name, value, least, most })
            }
        };
        of("idle_minutes", self.idle_minutes.into(), 1, 24 * 60)?;
        of("session_hours", self.session_hours.into(), 1, 7 * 24)?;
        of("timeout_seconds", self.timeout_seconds, 1, 600)?;
        of("drain_seconds", self.drain_seconds, 0, 600)?;
        of("header_seconds", self.header_seconds, 1, 300)?;
        of("body_seconds", self.body_seconds, 1, 300)?;
        of("connections", self.connections.into(), 1, 100_000)?;
        of("connections_per_address", self.connections_per_address.into(), 1, 100_000)?;
        if self.metrics_token.as_ref().is_some_and(|token| token.expose_secret().trim().is_empty()) {
            return Err(ConfigError::Token);
        }
        Ok(())
    }

    /// Refuses to serve people over an open connection, or behind a proxy nobody named.
    pub fn check_listener(&self) -> Result<(), ConfigError> {
        if !self.listen.ip().is_loopback() && !self.secure() {
            return Err(ConfigError::Open(self.listen));
        }
        if self.secure() && self.trusted_proxies.is_empty() {
            return Err(ConfigError::NoProxy);
        }
        Ok(())
    }

    /// Whether people reach this server over TLS, so that cookies are marked `Secure`.
    pub fn secure(&self) -> bool {
        self.public_origin.as_deref().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// The file the master key is kept in, unless the key itself is set: the named one, else beside an
    /// SQLite store. A PostgreSQL store has no such place, several servers share it.
    pub fn key_file(&self) -> Option<PathBuf> {
        let beside = || {
            let path = self.store.strip_prefix("sqlite:")?;
            let path = path.strip_prefix("//").unwrap_or(path);
            let path = path.split('?').next().unwrap_or(path);
            Some(Path::new(path).with_extension("key"))
        };
        self.master_key_file.clone().or_else(beside)
    }
}

#[cfg(test)]
mod tests;
