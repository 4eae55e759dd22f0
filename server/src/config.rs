//! What can be set: defaults, then `plumbline.toml`, then `PLUMBLINE_…`, then the command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

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
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
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
    /// Seconds after which a request is given up.
    pub timeout_seconds: u64,
    /// Seconds that requests under way have to finish at shutdown.
    pub drain_seconds: u64,
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
    "timeout_seconds",
    "drain_seconds",
    "site_dir",
];

/// What `listen`, `store` and the rest are without any setting.
#[derive(Serialize)]
struct Defaults {
    listen: SocketAddr,
    store: &'static str,
    trusted_proxies: Vec<IpAddr>,
    log: &'static str,
    log_format: LogFormat,
    idle_minutes: u32,
    session_hours: u32,
    timeout_seconds: u64,
    drain_seconds: u64,
}

const DEFAULTS: Defaults = Defaults {
    listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000),
    store: "sqlite:data/plumbline.db",
    trusted_proxies: Vec::new(),
    log: "info",
    log_format: LogFormat::Pretty,
    idle_minutes: 30,
    session_hours: 12,
    timeout_seconds: 30,
    drain_seconds: 10,
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
    /// A span of time that makes no sense.
    #[error("{0} must be greater than zero")]
    Zero(&'static str),
}

impl Config {
    /// Reads every source and checks the result.
    pub fn load(overrides: &Overrides, serve: &ServeOverrides) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(DEFAULTS));
        figment = match &overrides.config {
            Some(file) => figment.merge(Toml::file_exact(file)),
            None => figment.merge(Toml::file(Path::new("plumbline.toml"))),
        };
        let config: Self = figment
            .merge(Env::prefixed("PLUMBLINE_").only(KEYS))
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
        let spans = [
            ("idle_minutes", u64::from(self.idle_minutes)),
            ("session_hours", u64::from(self.session_hours)),
            ("timeout_seconds", self.timeout_seconds),
        ];
        if let Some((name, _)) = spans.into_iter().find(|(_, span)| *span == 0) {
            return Err(ConfigError::Zero(name));
        }
        Ok(())
    }

    /// Refuses to serve people over an open connection.
    pub fn check_listener(&self) -> Result<(), ConfigError> {
        if self.listen.ip().is_loopback() || self.secure() {
            Ok(())
        } else {
            Err(ConfigError::Open(self.listen))
        }
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
