//! The browser app as this server hands it out: packed at build, immutable under `/assets/`, one page for every
//! address a person can have in the address bar.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, response};
use sha2::{Digest, Sha256};

pub mod mime;

/// One file of the site.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its path in the address, with a slash in front.
    pub path: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// Its bytes.
    pub raw: &'static [u8],
    /// Its bytes packed with brotli, where that is smaller.
    pub br: Option<&'static [u8]>,
    /// Its bytes packed with gzip, where that is smaller.
    pub gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/site_table.rs"));

/// A site ready to be served.
#[derive(Debug)]
pub struct Site {
    assets: HashMap<&'static str, Asset>,
    /// Strong tag of every file that may change under its name.
    tags: HashMap<&'static str, String>,
}

impl Site {
    /// The site inside this binary; empty when it was compiled without one.
    pub fn embedded() -> Self {
        Self::new(SITE.iter().copied())
    }

    /// The site in a folder, read once: for development, where a changed style need not compile the server.
    pub fn folder(folder: &Path) -> io::Result<Self> {
        let mut assets = Vec::new();
        read(folder, folder, &mut assets)?;
        Ok(Self::new(assets.into_iter()))
    }

    /// Whether there is a page to show.
    pub fn is_empty(&self) -> bool {
        !self.assets.contains_key(INDEX)
    }

    /// Answers a request that no route of the API took, or gives `None` where it is not the site's: another
    /// method, the API, a file that does not exist.
    ///
    /// A page for people is asked for by accepting HTML; every such address shows the one page, which looks at
    /// the address itself. Without a site that answer is 503 with a problem that says how to build one.
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
        if !matches!(*method, Method::GET | Method::HEAD) || path == "/api" || path.starts_with("/api/") {
            return None;
        }
        if let Some(asset) = self.assets.get(path) {
            return Some(self.file(asset, headers));
        }
        if path.starts_with(IMMUTABLE) || !accepts_html(headers) {
            return None;
        }
        Some(self.assets.get(INDEX).map_or_else(missing, |index| self.file(index, headers)))
    }

    fn new(assets: impl Iterator<Item = Asset>) -> Self {
        let assets: HashMap<_, _> = assets.map(|asset| (asset.path, asset)).collect();
        let changing = assets.values().filter(|asset| !asset.path.starts_with(IMMUTABLE));
        let tags = changing.map(|asset| (asset.path, tag(asset.raw))).collect();
        Self { assets, tags }
    }

    fn file(&self, asset: &Asset, headers: &HeaderMap) -> Response<Body> {
        let (encoding, bytes) = pick(asset, headers);
        let mut response = response(StatusCode::OK)
            .header(CONTENT_TYPE, asset.mime)
            .header(NOSNIFF.0, NOSNIFF.1)
            .header(VARY, "accept-encoding");
        if let Some(encoding) = encoding {
            response = response.header(CONTENT_ENCODING, encoding);
        }
        let body = match self.tags.get(asset.path) {
            None => {
                response = response.header(CACHE_CONTROL, "public, max-age=31536000, immutable");
                bytes
            }
            Some(tag) => {
                // Each encoding is its own representation and has its own strong tag.
                let tag = format!("\"{tag}-{}\"", encoding.unwrap_or("raw"));
                response = response.header(CACHE_CONTROL, "no-cache").header(ETAG, &tag);
                if matches_tag(headers, &tag) {
                    response = response.status(StatusCode::NOT_MODIFIED);
                    &[]
                } else {
                    bytes
                }
            }
        };
        response.body(Body::from(body)).expect("its headers are valid")
    }
}

const INDEX: &str = "/index.html";
const IMMUTABLE: &str = "/assets/";
const NOSNIFF: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));

fn response(status: StatusCode) -> response::Builder {
    Response::builder().status(status)
}

/// There is no site: said as a problem document, because scripts may ask for `/` as well as people.
fn missing() -> Response<Body> {
    let problem = serde_json::json!({
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "This server was built without the browser app. `cargo xtask build` puts it in.",
    });
    response(StatusCode::SERVICE_UNAVAILABLE)
        .header(CONTENT_TYPE, "application/problem+json")
        .header(CACHE_CONTROL, "no-store")
        .header(NOSNIFF.0, NOSNIFF.1)
        .body(Body::from(problem.to_string()))
        .expect("its headers are valid")
}

/// The smallest form the client takes.
fn pick(asset: &Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    match (asset.br, asset.gz) {
        (Some(br), _) if accepts(headers, "br") => (Some("br"), br),
        (_, Some(gz)) if accepts(headers, "gzip") => (Some("gzip"), gz),
        _ => (None, asset.raw),
    }
}

/// Whether a coding is named in `Accept-Encoding` and not refused by `q=0`; `*` names none, to be safe.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    list(headers, &ACCEPT_ENCODING).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !parts.any(|part| {
                part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
            })
    })
}

fn accepts_html(headers: &HeaderMap) -> bool {
    !headers.contains_key(ACCEPT)
        || list(headers, &ACCEPT)
            .any(|item| matches!(item.split(';').next().map(str::trim), Some("text/html" | "text/*" | "*/*")))
}

/// `If-None-Match` compares weakly: a proxy that packs again marks tags as weak.
fn matches_tag(headers: &HeaderMap, tag: &str) -> bool {
    list(headers, &IF_NONE_MATCH).any(|item| item == "*" || item.strip_prefix("W/").unwrap_or(item) == tag)
}

/// The members of a list header, however many lines it has; members that are not text are none.
fn list<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(str::trim)
}

fn tag(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let (name, _) = digest.split_first_chunk().expect("a digest is longer than a tag");
    format!("{:016x}", u64::from_be_bytes(*name))
}

/// Reads a folder's files into memory for the life of the process.
fn read(root: &Path, folder: &Path, assets: &mut Vec<Asset>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let packed = path.extension().is_some_and(|extension| extension == "br" || extension == "gz");
        if path.is_dir() {
            read(root, &path, assets)?;
        } else if !packed {
            let below = path.strip_prefix(root).map_err(io::Error::other)?;
            assets.push(Asset {
                path: Box::leak(format!("/{}", below.display()).into_boxed_str()),
                mime: mime::of(&path),
                raw: fs::read(&path)?.leak(),
                br: beside(&path, "br")?,
                gz: beside(&path, "gz")?,
            });
        }
    }
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> io::Result<Option<&'static [u8]>> {
    match fs::read(PathBuf::from(format!("{}.{suffix}", path.display()))) {
        Ok(bytes) => Ok(Some(bytes.leak())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
