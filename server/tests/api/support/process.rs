//! The real binary as a supervisor runs it, and a client at the other end of its socket.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::client::Answer;
use super::department::PASSWORD;
use super::stores::Place;

/// What has not happened by then does not happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// `plumbline serve` on a free port.
pub struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    /// Started, and listening: its own log says so, with the port it was given.
    pub async fn serve(place: &Place) -> Self {
        Self::serve_with(place, &[]).await
    }

    /// The same with more settings.
    pub async fn serve_with(place: &Place, more: &[(&str, &str)]) -> Self {
        let mut serve = command(place);
        serve.envs(more.iter().copied());
        serve.args(["serve", "--listen", "127.0.0.1:0", "--log", "info", "--log-format", "json"]);
        let mut child = serve.stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let listening = async {
            let mut before = Vec::new();
            while let Some(line) = lines.next_line().await.expect("a log is text") {
                let told: Value = serde_json::from_str(&line).unwrap_or_default();
                if told["message"] == "serving" {
                    let address = told["address"].as_str().expect("an address");
                    return address.parse().expect("an address");
                }
                before.push(line);
            }
            panic!("the server did not come up: {before:#?}");
        };
        let address = timeout(PATIENCE, listening).await.expect("the server listens in time");
        // Read on, or a full pipe would stop it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { child, address }
    }

    /// SIGKILL: nothing is finished, nothing is closed.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("the server is killed");
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id().expect("a running process")
    }

    /// A connection that asks for nothing.
    pub async fn connected(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Everything the server says to these bytes, until it ends the connection.
    pub async fn said(&self, bytes: &str) -> String {
        let exchanged = async {
            let mut stream = self.connected().await;
            let mut said = Vec::new();
            // A server that refuses may have gone before everything was written or read.
            if stream.write_all(bytes.as_bytes()).await.is_ok() {
                drop(stream.read_to_end(&mut said).await);
            }
            String::from_utf8_lossy(&said).into_owned()
        };
        timeout(PATIENCE, exchanged).await.expect("the server ends the connection")
    }

    /// Somebody signed in; the session outlives the process.
    pub async fn sign_in(&self, person: &str) -> String {
        let stranger = Wire { address: self.address, cookie: String::new() };
        let body = json!({ "person": person, "password": PASSWORD });
        let answer = stranger.post("/api/session", &body, &[]).await.expect("an answer");
        answer.expect_status(200).cookie()
    }

    /// A client with the session of somebody.
    pub fn wire(&self, cookie: &str) -> Wire {
        Wire { address: self.address, cookie: cookie.to_owned() }
    }
}

/// The binary on a store, with no settings but these.
pub fn command(place: &Place) -> Command {
    let config = place.config();
    let mut command = Command::new(env!("CARGO_BIN_EXE_plumbline"));
    command.env_clear().current_dir(place.folder()).stdin(Stdio::null()).kill_on_drop(true);
    command.env("PLUMBLINE_STORE", config.store);
    command.env("PLUMBLINE_MASTER_KEY_FILE", config.master_key_file.expect("a key file"));
    command
}

/// The exit code of the binary on a store, and what it prints.
pub async fn printed(place: &Place, arguments: &[&str]) -> (Option<i32>, String) {
    let output = timeout(PATIENCE, command(place).args(arguments).output());
    let output = output.await.expect("the command ends in time").expect("the command runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The exit code of the binary on a store, and what it prints as JSON.
pub async fn ran(place: &Place, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = timeout(PATIENCE, command(place).args(arguments).output());
    let output = output.await.expect("the command ends in time").expect("the command runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let told =
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}{err}"));
    (output.status.code(), told)
}

/// The exit code of the binary on a store, and what it says to people: both streams.
pub async fn said(place: &Place, arguments: &[&str]) -> (Option<i32>, String) {
    let output = timeout(PATIENCE, command(place).args(arguments).output());
    let output = output.await.expect("the command ends in time").expect("the command runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code(), format!("{out}{err}"))
}

/// The exit code of the binary on a store with more settings, and everything it says.
pub async fn told(place: &Place, arguments: &[&str], more: &[(&str, &str)]) -> (Option<i32>, String) {
    let output = timeout(PATIENCE, command(place).args(arguments).envs(more.iter().copied()).output());
    let output = output.await.expect("the command ends in time").expect("the command runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

/// Requests over a socket of their own each; an answer that does not come, or not whole, is an error.
#[derive(Clone)]
pub struct Wire {
    address: SocketAddr,
    cookie: String,
}

impl Wire {
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.exchange(&format!("GET {path}"), "", "").await
    }

    pub async fn post(&self, path: &str, body: &Value, more: &[(&str, &str)]) -> Result<Answer> {
        let mut headers = "x-plumbline: 1\r\ncontent-type: application/json\r\n".to_owned();
        for (name, value) in more {
            headers.extend([*name, ": ", *value, "\r\n"]);
        }
        self.exchange(&format!("POST {path}"), &headers, &body.to_string()).await
    }

    async fn exchange(&self, line: &str, headers: &str, body: &str) -> Result<Answer> {
        let Self { address, cookie } = self;
        let request = format!(
            "{line} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nconnection: close\r\n\
             content-length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        let exchanged = async {
            let mut stream = TcpStream::connect(address).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            parsed(&answer).ok_or_else(|| Error::new(ErrorKind::UnexpectedEof, "the answer was cut off"))
        };
        timeout(PATIENCE, exchanged).await?
    }
}

/// An answer of known length, if all of it is there.
fn parsed(answer: &[u8]) -> Option<Answer> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, bytes) = (std::str::from_utf8(&answer[..end]).ok()?, answer[end + 4..].to_vec());
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        headers.append(name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?);
    }
    let length: usize = headers.get("content-length")?.to_str().ok()?.parse().ok()?;
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    (bytes.len() == length).then_some(Answer { status, headers, bytes, body })
}
