//! What can stand between a server and its database: a tap that stops what flows, a lock on the file.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use store::{StoreExt as _, WriteError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::stores::Place;

/// Passes everything on between clients and a server, while it is open. Closed, it takes connections and lets nothing
/// through, as a frozen process or a network that swallows does.
pub struct Tap {
    address: SocketAddr,
    flows: Arc<watch::Sender<bool>>,
}

impl Tap {
    /// Before the server of a store's address.
    pub async fn before(store: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let behind = host(store);
        let flows = Arc::new(watch::Sender::new(true));
        let gate = Arc::clone(&flows);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (behind, gate) = (behind.clone(), Arc::clone(&gate));
                tokio::spawn(async move {
                    let Ok(server) = TcpStream::connect(&behind).await else { return };
                    let ((from_client, to_client), (from_server, to_server)) =
                        (client.into_split(), server.into_split());
                    tokio::spawn(pour(from_client, to_server, gate.subscribe()));
                    pour(from_server, to_client, gate.subscribe()).await;
                });
            }
        });
        Self { address, flows }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn close(&self) {
        self.flows.send_replace(false);
    }

    pub fn open(&self) {
        self.flows.send_replace(true);
    }
}

async fn pour(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut flows: watch::Receiver<bool>) {
    let mut bytes = vec![0; 16 * 1_024];
    while let Ok(read) = from.read(&mut bytes).await {
        if read == 0
            || flows.wait_for(|flows| *flows).await.is_err()
            || to.write_all(&bytes[..read]).await.is_err()
        {
            break;
        }
    }
}

/// `host:port` of `postgres://user:password@host:port/name`.
fn host(store: &str) -> String {
    let rest = store.split_once("://").expect("a scheme").1;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let host = rest.split(['/', '?']).next().expect("a host");
    if host.contains(':') { host.to_owned() } else { format!("{host}:5432") }
}

/// The same address by way of another host.
pub fn through(store: &str, address: SocketAddr) -> String {
    let host = host(store);
    let host =
        host.strip_suffix(":5432").filter(|bare| !store.contains(&format!("{bare}:5432"))).unwrap_or(&host);
    store.replacen(host, &address.to_string(), 1)
}

/// A lock on a store's file, as another process holds one while it writes.
pub struct Lock {
    release: Arc<Notify>,
    held: JoinHandle<()>,
}

impl Lock {
    pub async fn of(place: &Place) -> Self {
        let store = server::start::open(&place.config()).await.expect("the store opens");
        let (taken, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (began, end) = (Arc::clone(&taken), Arc::clone(&release));
        let held = tokio::spawn(async move {
            let done = store.write(move |_| {
                let (began, end) = (Arc::clone(&began), Arc::clone(&end));
                Box::pin(async move {
                    began.notify_one();
                    end.notified().await;
                    Ok::<_, WriteError<Infallible>>(())
                })
            });
            done.await.expect("nothing was written");
            store.close().await;
        });
        taken.notified().await;
        Self { release, held }
    }

    pub async fn release(self) {
        self.release.notify_one();
        self.held.await.expect("the lock is given back");
    }
}
