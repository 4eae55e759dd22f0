//! The session token: random, in a cookie alone, stored only as its hash.

use std::fmt;

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::seal::sha256;
use crate::source::Source;

/// Bytes of a token: 256 bits from the operating system.
const BYTES: usize = 32;

/// A session token. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; BYTES]);

impl Token {
    /// A new one; made anew at every sign-in, so that nobody can plant one.
    pub fn new(source: &Source) -> Self {
        Self(source.bytes())
    }

    /// The token of a request's cookie.
    pub fn of(headers: &HeaderMap, cookie: Cookie) -> Option<Self> {
        Cookie::values(headers, cookie.name())
            .find_map(|value| URL_SAFE_NO_PAD.decode(value).ok()?.try_into().ok().map(Self))
    }

    /// What the store keeps: who reads the store cannot sign in with it.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }

    /// The cookie to be set.
    pub fn cookie(&self, cookie: Cookie) -> HeaderValue {
        cookie.line(&URL_SAFE_NO_PAD.encode(self.0), "")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// Which cookie carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// `__Host-sid`: only over TLS, only this host, no other path.
    Secure,
    /// `sid`, on a loopback listener without TLS.
    Plain,
}

impl Cookie {
    const fn name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-sid",
            Self::Plain => "sid",
        }
    }

    /// The name of the cookie by which a browser is known again.
    pub const fn browser_name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-browser",
            Self::Plain => "browser",
        }
    }

    /// The first value a request sends under a name.
    pub fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        Self::values(headers, name).next()
    }

    fn values<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
        headers
            .get_all(header::COOKIE)
            .into_iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(move |(sent, _)| *sent == name)
            .map(|(_, value)| value)
    }

    /// The header by which a browser is known again for half a year.
    pub fn browser_line(self, value: &str) -> HeaderValue {
        self.named_line(self.browser_name(), value, "; Max-Age=15552000")
    }

    /// The header that takes the cookie away.
    pub fn removal(self) -> HeaderValue {
        self.line("", "; Max-Age=0")
    }

    fn line(self, value: &str, more: &str) -> HeaderValue {
        self.named_line(self.name(), value, more)
    }

    fn named_line(self, name: &str, value: &str, more: &str) -> HeaderValue {
        let secure = match self {
            Self::Secure => "; Secure",
            Self::Plain => "",
        };
        let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{more}");
        HeaderValue::from_str(&line).expect("a cookie of base64 letters is a header value")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_comes_back_as_the_same_token() {
        let token = Token::new(&Source::system());
        for cookie in [Cookie::Secure, Cookie::Plain] {
            let line = token.cookie(cookie).to_str().unwrap().to_owned();
            let mut headers = HeaderMap::new();
            let sent = format!("other=1; {}", line.split(';').next().unwrap());
            headers.insert(header::COOKIE, sent.parse().unwrap());
            assert_eq!(Token::of(&headers, cookie), Some(token.clone()));
            assert!(line.contains("; HttpOnly; SameSite=Strict"));
            assert!(!line.contains("Domain"));
        }
        assert!(token.cookie(Cookie::Secure).to_str().unwrap().contains("; Secure"));
    }

    #[test]
    fn what_is_no_token_is_none() {
        for value in ["sid=", "sid=abc", "sid=%%%", "__Host-sid=abc"] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, value.parse().unwrap());
            assert_eq!(Token::of(&headers, Cookie::Plain), None, "{value}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Token::new(&Source::system())), "Token");
    }
}
