//! The real binary: seeded, started, asked whether it is ready, stopped.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{output, program};

const PATIENCE: Duration = Duration::from_secs(30);

/// A store with demo data and who can sign in to it.
pub struct Demo {
    /// `sqlite:…`, as the binary takes it.
    pub store: String,
    /// What every person signs in with.
    pub password: String,
    /// What `plumbline seed --json` said: the people with unit, posts and role, and how much there is.
    pub seeded: Value,
}

impl Demo {
    /// Fills a new store.
    pub fn seed(binary: &Path, file: &Path, cases: u32, password: String) -> Result<Self> {
        let store = format!("sqlite:{}", file.display());
        let text = output(plumbline(binary, &store).env("PLUMBLINE_DEMO_PASSWORD", &password).args([
            "seed",
            "--cases",
            &cases.to_string(),
            "--seed",
            "1",
            "--json",
        ]))?;
        let seeded = serde_json::from_str(&text).context("`plumbline seed --json` writes JSON")?;
        Ok(Self { store, password, seeded })
    }
}

/// The binary with a store; nothing of this command's own environment decides what it serves.
pub fn plumbline(binary: &Path, store: &str) -> Command {
    let mut command = program(binary);
    command.env("PLUMBLINE_STORE", store).env_remove("PLUMBLINE_SITE_DIR");
    command
}

/// A started server; it ends when this is dropped.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts one and waits until it is ready.
    pub fn start(mut command: Command, address: SocketAddr) -> Result<Self> {
        let child = command.args(["serve", "--listen", &address.to_string()]).stdin(Stdio::null()).spawn();
        let mut server = Self { child: child.context("cannot start plumbline")?, address };
        let end = Instant::now() + PATIENCE;
        while !ready(address) {
            if let Some(status) = server.child.try_wait()? {
                bail!("plumbline serve ended with {status}");
            }
            if Instant::now() > end {
                bail!("plumbline serve is not ready after {} s", PATIENCE.as_secs());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// Where to point a browser.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the server ends by itself; by Ctrl-C it does, with this command.
    pub fn wait(&mut self) -> Result<()> {
        let status = self.child.wait()?;
        if !status.success() {
            bail!("plumbline serve ended with {status}");
        }
        Ok(())
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // What it acknowledged is on disk; an error only says that it ended before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address on this machine that nobody listens on now.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// A new, empty path for a store below the target folder; what an earlier run left there is gone.
pub fn fresh_store(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(folder.join("plumbline.db"))
}

fn ready(address: SocketAddr) -> bool {
    let answer = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    };
    answer().is_ok_and(|text| text.split(' ').nth(1) == Some("200"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 256];
            let _ = stream.read(&mut request).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn ready_is_what_answers_200() {
        assert!(ready(once("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")));
        assert!(!ready(once("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")));
        assert!(!ready(free_address().unwrap()));
    }
}
