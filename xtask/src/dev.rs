//! `cargo xtask dev`: rebuilds what was edited and reloads the page.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, run, say};
use crate::server::{Demo, Server, plumbline};
use crate::wasm::{self, Profile};
use crate::{paths, site};

/// How to develop.
#[derive(Args)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)))]
    listen: SocketAddr,
}

const PAUSE: Duration = Duration::from_millis(400);

/// What an edit below a path asks for.
const WATCHED: [(&str, Work); 9] = [
    ("app/src", Work { app: true, site: false, server: false }),
    ("app/Cargo.toml", Work { app: true, site: false, server: false }),
    ("app/index.html", Work { app: false, site: true, server: false }),
    ("app/boot.js", Work { app: false, site: true, server: false }),
    ("style", Work { app: false, site: true, server: false }),
    ("public", Work { app: false, site: true, server: false }),
    ("domain", Work { app: true, site: false, server: true }),
    ("server", Work { app: false, site: false, server: true }),
    ("Cargo.lock", Work { app: true, site: false, server: true }),
];

/// What has to be built again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Work {
    /// The WebAssembly, and with it the site.
    app: bool,
    /// Style and pictures around it.
    site: bool,
    /// The binary.
    server: bool,
}

impl Work {
    fn and(self, other: Self) -> Self {
        Self {
            app: self.app || other.app,
            site: self.site || other.site,
            server: self.server || other.server,
        }
    }
}

/// Builds all once, then what is edited, until Ctrl-C. What does not compile is said and tried again after the
/// next edit; the last version that did goes on serving.
pub fn dev(options: &Options) -> Result<()> {
    let mut seen = edits();
    let mut work = Work { app: true, site: true, server: true };
    let mut demo: Option<Demo> = None;
    let mut server: Option<Server> = None;
    loop {
        if work != Work::default() {
            match build(work).and_then(|binary| {
                // The one that runs has to let go of the address first; an unchanged binary is back in a moment.
                server = None;
                if demo.is_none() {
                    demo = Some(crate::run::demo(&binary, 2000)?);
                }
                let demo = demo.as_ref().expect("it was just made");
                Server::start(serving(&binary, demo), options.listen)
            }) {
                Ok(started) => {
                    say(format!(
                        "{} – password {}",
                        started.url(),
                        demo.as_ref().map_or("", |demo| &demo.password)
                    ));
                    server = Some(started);
                    work = Work::default();
                }
                Err(error) => say(format!("{error:#}\n» waiting for an edit")),
            }
        }
        loop {
            std::thread::sleep(PAUSE);
            let now = edits();
            let edited = changed(&seen, &now);
            seen = now;
            if edited != Work::default() {
                work = work.and(edited);
                break;
            }
            if let Some(running) = &mut server
                && !running.runs()?
            {
                say("the server ended; waiting for an edit");
                server = None;
            }
        }
    }
}

fn build(work: Work) -> Result<PathBuf> {
    let modules = paths::target().join("xtask/wasm-dev");
    if work.app {
        if modules.exists() {
            std::fs::remove_dir_all(&modules)?;
        }
        std::fs::create_dir_all(&modules)?;
        wasm::build(Profile::Dev, &modules)?;
    }
    if work.app || work.site {
        site::assemble(Profile::Dev, &modules)?;
    }
    if work.server {
        // Without the site inside: a changed style need not compile anything.
        run(cargo().args(["build", "--package", "server"]).env_remove("PLUMBLINE_SITE_DIR"))?;
    }
    Ok(paths::target().join("debug/plumbline"))
}

fn serving(binary: &Path, demo: &Demo) -> Command {
    let mut command = plumbline(binary, &demo.store);
    command.env("PLUMBLINE_SITE_DIR", paths::site());
    command
}

type Edits = BTreeMap<PathBuf, (SystemTime, Work)>;

/// When each watched file was last written. A file that vanishes while it is looked at is an edit, too.
fn edits() -> Edits {
    let mut found = Edits::new();
    for (path, work) in WATCHED {
        let path = paths::root().join(path);
        let files = if path.is_dir() { site::files(&path).unwrap_or_default() } else { vec![path] };
        for file in files {
            if let Ok(time) = file.metadata().and_then(|data| data.modified()) {
                found.insert(file, (time, work));
            }
        }
    }
    found
}

fn changed(before: &Edits, now: &Edits) -> Work {
    let touched = now.iter().filter(|(path, edit)| before.get(*path) != Some(*edit));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    touched.chain(gone).fold(Work::default(), |work, (_, (_, more))| work.and(*more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_asks_for_no_more_than_it_needs() {
        let work = |name: &str| WATCHED.iter().find(|(path, _)| *path == name).unwrap().1;
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let before =
            Edits::from([("a".into(), (at(1), work("style"))), ("b".into(), (at(1), work("server")))]);
        assert_eq!(changed(&before, &before), Work::default());
        let styled =
            Edits::from([("a".into(), (at(2), work("style"))), ("b".into(), (at(1), work("server")))]);
        assert_eq!(changed(&before, &styled), Work { app: false, site: true, server: false });
        let removed = Edits::from([("a".into(), (at(1), work("style")))]);
        assert_eq!(changed(&before, &removed), Work { app: false, site: false, server: true });
    }

    #[test]
    fn everything_watched_exists() {
        for (path, _) in WATCHED {
            assert!(paths::root().join(path).exists(), "{path}");
        }
    }
}
