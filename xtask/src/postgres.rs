//! A PostgreSQL for tests: the one `TEST_POSTGRES_URL` names, else a private cluster that ends with the command.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::command::{output, say, which};
use crate::{debian, random};

/// How tests, scratch databases and benchmarks find the server.
pub const VARIABLE: &str = "TEST_POSTGRES_URL";

const PREFIX: &str = "plumbline-postgres-";
const USER: &str = "plumbline";
const PATIENCE: Duration = Duration::from_secs(30);

/// A server to test against; a private one is stopped and removed when this is dropped.
pub struct Postgres {
    url: String,
    cluster: Option<Cluster>,
}

impl Postgres {
    /// Finds, makes or installs one, and says which.
    pub fn obtain() -> Result<Self> {
        Self::with(Durability::Tests)
    }

    /// The same, where a private one keeps what it acknowledged: for measuring.
    pub fn durable() -> Result<Self> {
        Self::with(Durability::Full)
    }

    fn with(durability: Durability) -> Result<Self> {
        if let Ok(url) = std::env::var(VARIABLE) {
            say(format!("PostgreSQL: the one of {VARIABLE}"));
            return Ok(Self { url, cluster: None });
        }
        let programs = programs()?;
        let cluster =
            Cluster::start(&programs, durability).context("cannot make a private PostgreSQL cluster")?;
        say(format!("PostgreSQL: a private cluster of {} on port {}", programs.display(), cluster.port));
        let url = format!("postgres://{USER}:{}@127.0.0.1:{}/postgres", cluster.password, cluster.port);
        Ok(Self { url, cluster: Some(cluster) })
    }

    /// The address of its maintenance database, whose user may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server wrote to its log; empty for one that is not ours.
    pub fn log(&self) -> String {
        self.cluster
            .as_ref()
            .and_then(|cluster| std::fs::read_to_string(cluster.log()).ok())
            .unwrap_or_default()
    }
}

/// Where `initdb` and `postgres` are: on the path, or where Debian keeps one folder per version.
fn programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    debian::install(&["postgresql"], "a PostgreSQL server for the tests")?;
    find_programs().context("the package postgresql brought no initdb")
}

fn find_programs() -> Option<PathBuf> {
    let on_path = which("initdb").and_then(|path| path.canonicalize().ok()?.parent().map(Path::to_owned));
    on_path.filter(|folder| folder.join("postgres").is_file()).or_else(|| {
        let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?.flatten();
        let folders =
            versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").is_file());
        folders.max_by_key(|bin| version_in(bin))
    })
}

fn version_in(bin: &Path) -> u32 {
    let version = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    version.and_then(|version| version.parse().ok()).unwrap_or(0)
}

/// What a private cluster owes to a crash of the machine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// Nothing: tests of durability make their own server.
    Tests,
    /// Everything it acknowledged, as by default.
    Full,
}

struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    owner: Option<(u32, u32)>,
    port: u16,
    password: String,
    server: Option<Child>,
}

impl Cluster {
    fn start(programs: &Path, durability: Durability) -> Result<Self> {
        let mut cluster = Self {
            programs: programs.to_owned(),
            folder: std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id())),
            owner: if debian::is_root() { Some(unprivileged()?) } else { None },
            port: TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port(),
            password: random::token()?,
            server: None,
        };
        remove_leftovers();
        std::fs::create_dir(&cluster.folder)?;
        std::fs::set_permissions(&cluster.folder, PermissionsExt::from_mode(0o700))?;
        cluster.initialise()?;
        cluster.serve(durability)?;
        Ok(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// A program of the server, as the user who owns the cluster: it refuses to run as root.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(&self.folder).stdin(Stdio::null());
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }

    fn initialise(&self) -> Result<()> {
        let password = self.folder.join("password");
        std::fs::write(&password, &self.password)?;
        if let Some((user, group)) = self.owner {
            chown(&self.folder, Some(user), Some(group))?;
            chown(&password, Some(user), Some(group))?;
        }
        let mut initdb = self.program("initdb");
        initdb
            .arg("--pgdata")
            .arg(self.data())
            .arg("--pwfile")
            .arg(&password)
            .args(["--username", USER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync"])
            .args(locale()?);
        output(&mut initdb).map(drop)
    }

    fn serve(&mut self, durability: Durability) -> Result<()> {
        let mut settings = vec![
            format!("port={}", self.port),
            "listen_addresses=127.0.0.1".into(),
            "unix_socket_directories=".into(),
            "max_connections=400".into(),
            "log_min_messages=warning".into(),
        ];
        if durability == Durability::Tests {
            settings.extend(["fsync=off".to_owned(), "full_page_writes=off".to_owned()]);
        }
        let log = std::fs::File::create(self.log())?;
        let mut command = self.program("postgres");
        command.arg("-D").arg(self.data()).stdout(log.try_clone()?).stderr(log);
        for setting in &settings {
            command.arg("-c").arg(setting);
        }
        self.server = Some(command.spawn().context("cannot start postgres")?);
        self.wait_until_ready()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        let port = self.port.to_string();
        loop {
            let mut ready = self.program("pg_isready");
            ready.args(["--quiet", "--host", "127.0.0.1", "--port", &port, "--username", USER]);
            if ready.status()?.success() {
                return Ok(());
            }
            let ended = self.server.as_mut().map(Child::try_wait).transpose()?.flatten();
            if ended.is_some() || Instant::now() > end {
                bail!("the server is not ready:\n{}", std::fs::read_to_string(self.log())?);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let mut stop = self.program("pg_ctl");
            stop.arg("--pgdata").arg(self.data()).args(["--mode", "immediate", "--silent", "stop"]);
            let stopped = stop.status().is_ok_and(|status| status.success());
            // Killed, its children notice by themselves that the postmaster is gone.
            if let Err(error) = (if stopped { Ok(()) } else { server.kill() }).and_then(|()| server.wait()) {
                say(format!("cannot stop the private PostgreSQL: {error}"));
            }
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            say(format!("cannot remove {}: {error}", self.folder.display()));
        }
    }
}

/// A collation that is not the order of bytes, so that a test notices where only `COLLATE "C"` gives the order
/// both engines share. Debian's server brings ICU; a locale of the system serves as well.
fn locale() -> Result<Vec<String>> {
    let known = output(Command::new("locale").arg("-a")).unwrap_or_default();
    let wanted = ["en_US.utf8", "en_US.UTF-8", "en_GB.utf8", "de_DE.utf8", "zh_CN.utf8"];
    if let Some(name) = wanted.iter().find(|name| known.lines().any(|line| line == **name)) {
        return Ok(vec![format!("--locale={name}")]);
    }
    let base = known.lines().find(|line| matches!(*line, "C.utf8" | "C.UTF-8"));
    let base = base.ok_or_else(|| anyhow!("the system knows no UTF-8 locale (see `locale -a`)"))?;
    Ok(vec![format!("--locale={base}"), "--locale-provider=icu".into(), "--icu-locale=en-US".into()])
}

/// User and group to run the server as, where this process is root: the package's own user, else nobody.
fn unprivileged() -> Result<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd")?;
    let entry = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2).take(2).map(|id| id.parse().ok());
        Some((ids.next()??, ids.next()??))
    };
    entry("postgres")
        .or_else(|| entry("nobody"))
        .context("there is neither a user postgres nor a user nobody")
}

/// Clusters of commands that were killed: their folders bear the number of a process that is gone.
fn remove_leftovers() {
    let Ok(entries) = std::env::temp_dir().read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.parse::<u32>().ok());
        let gone = owner
            .is_some_and(|id| id == std::process::id() || !Path::new("/proc").join(id.to_string()).exists());
        if gone && let Err(error) = std::fs::remove_dir_all(entry.path()) {
            say(format!("cannot remove {}: {error}", entry.path().display()));
        }
    }
}
