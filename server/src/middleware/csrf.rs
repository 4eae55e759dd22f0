//! A request that changes something comes from our own page: a header no form can set, and an origin that is ours
//! wherever the browser names one.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::error::{Error, Result};
use crate::state::App;

/// Refuses what another site made the browser send.
pub async fn csrf(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let verdict = if safe {
        Ok(())
    } else {
        check(request.headers(), request.uri(), app.config().public_origin.as_deref())
    };
    match verdict {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(headers: &HeaderMap, uri: &Uri, public_origin: Option<&str>) -> Result<()> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if text("x-plumbline") != Some("1") {
        return Err(Error::CrossSite("X-Plumbline: 1 is missing"));
    }
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return Err(Error::CrossSite("the browser says this comes from another site"));
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return Ok(()) };
    let ours = if let Some(ours) = public_origin {
        origin == ours
    } else {
        let host = text(header::HOST.as_str()).or_else(|| uri.authority().map(Authority::as_str));
        host.is_some() && origin.split_once("://").map(|(_, host)| host) == host
    };
    if ours { Ok(()) } else { Err(Error::CrossSite("the origin is another site")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(pairs: &[(&'static str, &'static str)], public_origin: Option<&str>) -> bool {
        let headers =
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        check(&headers, &Uri::from_static("/api/session"), public_origin).is_ok()
    }

    #[test]
    fn a_script_with_the_header_passes() {
        assert!(ok(&[("x-plumbline", "1")], None));
        assert!(!ok(&[], None));
        assert!(!ok(&[("x-plumbline", "2")], None));
    }

    #[test]
    fn a_browser_must_come_from_here() {
        let here = [("x-plumbline", "1"), ("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")];
        assert!(ok(&here, None));
        assert!(!ok(&here, Some("https://p.example")));
        assert!(ok(&[("x-plumbline", "1"), ("origin", "https://p.example")], Some("https://p.example")));
        let other = [("x-plumbline", "1"), ("host", "127.0.0.1:3000"), ("origin", "http://evil.example")];
        assert!(!ok(&other, None));
        assert!(!ok(&[("x-plumbline", "1"), ("origin", "null")], None));
        for site in ["cross-site", "same-site", "none"] {
            let pairs = [("x-plumbline", "1"), ("sec-fetch-site", site)];
            assert!(!ok(&pairs, None), "{site}");
        }
        assert!(ok(&[("x-plumbline", "1"), ("sec-fetch-site", "same-origin")], None));
    }
}
