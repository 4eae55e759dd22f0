//! From where a request comes, as far as that can be believed.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

use crate::state::App;

/// The client's address.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(client(&parts.headers, &parts.extensions, &app.config().trusted_proxies)))
    }
}

/// The client's address: the peer of the connection, or, where the peer is a trusted proxy, the first address of
/// `X-Forwarded-For`, read from the right, that is not one. A client cannot choose it: what it writes itself stands
/// further left, and what stands there is not even read. `Forwarded` (RFC 7239) is not believed.
pub fn client(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpNet]) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
    let mut believed = peer;
    let lines = headers.get_all("x-forwarded-for").into_iter().collect::<Vec<_>>();
    let mut hops = lines.into_iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    while is_trusted(believed, trusted) {
        // A proxy that passes on what is no address is believed as far as itself.
        let Some(address) = hops.next().and_then(hop) else { break };
        believed = address;
    }
    believed
}

/// Whether an address is a proxy of ours.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// An address as proxies write it: alone, or with a port.
fn hop(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let address = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// Whom an address stands for where tries and connections are counted: itself, or of IPv6 its /64, within which one
/// household or office chooses addresses as it likes.
pub fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Whether the request was made on this machine and not passed on by a proxy.
pub fn is_direct_and_local(headers: &HeaderMap, extensions: &Extensions) -> bool {
    let local = extensions.get::<ConnectInfo<SocketAddr>>().is_some_and(|peer| peer.0.ip().is_loopback());
    local && !headers.contains_key("x-forwarded-for") && !headers.contains_key("forwarded")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(peer: &str, forwarded: &'static str, trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_bytes(forwarded.as_bytes()).unwrap());
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client(&headers, &extensions, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let one = &["10.0.0.1/32"];
        assert_eq!(seen("10.0.0.9", "1.2.3.4", &[]), "10.0.0.9");
        assert_eq!(seen("10.0.0.1", "1.2.3.4", one), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(seen("::ffff:10.0.0.1", "1.2.3.4", one), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", "::ffff:1.2.3.4", one), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", "[2001:db8::7]:4711", one), "2001:db8::7");
        assert_eq!(seen("10.0.0.1", "1.2.3.4:80", one), "1.2.3.4");
    }

    #[test]
    fn what_a_client_writes_itself_is_not_read() {
        let one = &["10.0.0.1/32"];
        for written in ["6.6.6.6", "rubbish", "", "10.0.0.1", "\u{1f600}"] {
            let header: &'static str = format!("{written}, 1.2.3.4").leak();
            assert_eq!(seen("10.0.0.1", header, one), "1.2.3.4", "{written}");
        }
        assert_eq!(seen("10.0.0.1", "rubbish", one), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", "1.2.3.4, rubbish", one), "10.0.0.1");
    }

    #[test]
    fn several_lines_are_read_as_one() {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new("10.0.0.1".parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "6.6.6.6".parse().unwrap());
        headers.append("x-forwarded-for", "1.2.3.4, 10.0.0.2".parse().unwrap());
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(client(&headers, &extensions, &trusted).to_string(), "1.2.3.4");
    }

    #[test]
    fn an_office_of_ipv6_counts_as_one() {
        let of = |address: &str| counted(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:1.2.3.4"), "1.2.3.4");
    }
}
