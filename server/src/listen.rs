//! Takes connections and speaks HTTP/1.1 on them, within bounds that no stranger can move: so many at once, so many
//! from one address, and each has so long to say what it wants.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use crate::middleware::address::{counted, is_trusted};
use crate::state::App;

/// Bytes of a request's head: its address, cookies and headers.
const HEAD: usize = 64 * 1_024;

/// What a connection that is one too many is told.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Serves until the streams are closed, then lets every connection finish what it is at.
pub async fn serve(listener: TcpListener, router: Router, app: App) {
    let most = app.config().connections as usize;
    let (free, addresses) = (Arc::new(Semaphore::new(most)), Addresses::default());
    loop {
        let accepted = tokio::select! {
            () = app.hub().closed() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Most likely no file can be opened any more; connections that end make room.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let place = Arc::clone(&free).try_acquire_owned().ok();
        let seat = place.and_then(|place| Some((place, addresses.seat(peer.ip(), &app)?)));
        let Some(seat) = seat else {
            app.metrics().refused_connection();
            tokio::spawn(turn_away(stream));
            continue;
        };
        tokio::spawn(speak(stream, peer, router.clone(), app.clone(), seat));
    }
    drop(listener);
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    // Every place is free again once every connection has ended.
    drop(free.acquire_many(all).await);
}

/// Says so, and waits for nobody: whoever does not take it learns by the end of the connection.
async fn turn_away(mut stream: TcpStream) {
    drop(tokio::time::timeout(Duration::from_secs(1), stream.write_all(FULL)).await);
}

async fn speak(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    app: App,
    _seat: (OwnedSemaphorePermit, Seat),
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(app.config().header_seconds))
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = app.hub().closed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// How many connections each address has.
#[derive(Clone, Debug, Default)]
struct Addresses(Arc<Mutex<HashMap<IpAddr, u32>>>);

impl Addresses {
    /// One more; none where the address has as many as it may. A trusted proxy brings many people, and says who.
    fn seat(&self, peer: IpAddr, app: &App) -> Option<Seat> {
        let peer = peer.to_canonical();
        if is_trusted(peer, &app.config().trusted_proxies) {
            return Some(Seat(None));
        }
        self.one_more(counted(peer), app.config().connections_per_address)
    }

    fn one_more(&self, address: IpAddr, most: u32) -> Option<Seat> {
        let mut addresses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = addresses.entry(address).or_default();
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Seat(Some((self.clone(), address))))
    }
}

/// A connection's place among those of its address, until it is dropped.
#[derive(Debug)]
struct Seat(Option<(Addresses, IpAddr)>);

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((addresses, address)) = &self.0 else { return };
        let mut addresses = addresses.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut taken) = addresses.entry(*address) {
            *taken.get_mut() -= 1;
            if *taken.get() == 0 {
                taken.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_and_is_forgotten_with_the_last() {
        let addresses = Addresses::default();
        let (one, other) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let first = addresses.one_more(one, 2).unwrap();
        let second = addresses.one_more(one, 2).unwrap();
        assert!(addresses.one_more(one, 2).is_none());
        assert!(addresses.one_more(other, 2).is_some());
        drop(first);
        let third = addresses.one_more(one, 2).unwrap();
        drop((second, third));
        assert!(addresses.0.lock().unwrap().is_empty());
    }
}
