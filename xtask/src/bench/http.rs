//! Requests over one connection that stays open, to a server on this machine.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Method, Response, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// After this long a request is given up and counts as failed.
const PATIENCE: Duration = Duration::from_secs(15);

/// A request of a person.
#[derive(Clone, Debug)]
pub struct Request {
    method: Method,
    path: String,
    cookie: Rc<str>,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Request {
    /// Reads something.
    pub fn get(path: impl Into<String>, cookie: &Rc<str>) -> Self {
        let (path, cookie) = (path.into(), Rc::clone(cookie));
        Self { method: Method::GET, path, cookie, headers: Vec::new(), body: String::new() }
    }

    /// Changes something.
    pub fn post(path: impl Into<String>, cookie: &Rc<str>, body: impl Into<String>) -> Self {
        let headers = vec![("x-plumbline", "1".to_owned()), ("content-type", "application/json".to_owned())];
        Self { method: Method::POST, headers, body: body.into(), ..Self::get(path, cookie) }
    }

    /// With one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn into_hyper(self, host: &str) -> Result<hyper::Request<Full<Bytes>>> {
        let mut request = hyper::Request::builder().method(self.method).uri(self.path);
        request = request.header(header::HOST, host);
        if !self.cookie.is_empty() {
            request = request.header(header::COOKIE, &*self.cookie);
        }
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        Ok(request.body(Full::new(Bytes::from(self.body)))?)
    }
}

/// What came back, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// What the `Set-Cookie` header sets, name and value.
    pub cookie: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The answer, where it has that status; else an error with the beginning of what it says.
    pub fn expect(self, status: u16) -> Result<Self> {
        if self.status != status {
            bail!("{}", self.told());
        }
        Ok(self)
    }

    /// Status and the beginning of the body, for an error.
    pub fn told(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        format!("{} {}", self.status, text.chars().take(300).collect::<String>())
    }
}

/// A connection.
pub struct Connection {
    address: SocketAddr,
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    /// Opens one. What measures never leaves the machine.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        ensure!(address.ip().is_loopback(), "{address} is not on this machine");
        Ok(Self { address, host: address.to_string(), sender: connect(address).await? })
    }

    /// Sends a request and reads the whole answer; after a failure the next request opens the connection anew.
    pub async fn send(&mut self, request: Request) -> Result<Answer> {
        let answer = async {
            let response = self.begin(request).await?;
            let (head, body) = response.into_parts();
            let cookie = head.headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
            let cookie = cookie.map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned());
            Ok(Answer { status: head.status.as_u16(), cookie, body: body.collect().await?.to_bytes() })
        };
        let limited = tokio::time::timeout(PATIENCE, answer).await;
        limited.unwrap_or_else(|_| bail!("no answer after {} s", PATIENCE.as_secs()))
    }

    /// Sends a request and gives the answer as soon as it begins, for streams.
    pub async fn begin(&mut self, request: Request) -> Result<Response<Incoming>> {
        if self.sender.is_closed() {
            self.sender = connect(self.address).await?;
        }
        self.sender.ready().await?;
        Ok(self.sender.send_request(request.into_hyper(&self.host)?).await?)
    }
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await.with_context(|| format!("cannot reach {address}"))?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Its end shows in the sender.
    tokio::task::spawn_local(async { drop(connection.await) });
    Ok(sender)
}
