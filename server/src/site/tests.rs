use axum::body::to_bytes;

use super::*;

const INDEX_HTML: Asset = Asset {
    path: "/index.html",
    mime: "text/html; charset=utf-8",
    raw: b"<!doctype html>",
    br: Some(b"brotli"),
    gz: Some(b"gzip"),
};
const STYLE: Asset =
    Asset { path: "/assets/1/main.css", mime: "text/css; charset=utf-8", raw: b"a{}", br: None, gz: None };

fn site() -> Site {
    Site::new([INDEX_HTML, STYLE].into_iter())
}

fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
}

fn get(site: &Site, path: &str, pairs: &[(HeaderName, &'static str)]) -> Option<Response<Body>> {
    site.answer(&Method::GET, path, &headers(pairs))
}

async fn body(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), 1024).await.unwrap().to_vec()
}

#[tokio::test]
async fn every_address_of_a_person_shows_the_page() {
    for path in ["/", "/queues/entry", "/cases/0318-0417"] {
        let response = get(&site(), path, &[(ACCEPT, "text/html,application/xml;q=0.9,*/*;q=0.8")]).unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CACHE_CONTROL], "no-cache");
        assert_eq!(body(response).await, INDEX_HTML.raw);
    }
}

#[test]
fn what_is_not_the_sites_is_left_to_others() {
    assert!(get(&site(), "/api/cases", &[(ACCEPT, "text/html")]).is_none());
    assert!(get(&site(), "/api", &[]).is_none());
    assert!(get(&site(), "/assets/0/main.css", &[(ACCEPT, "*/*")]).is_none(), "an asset of another build");
    assert!(get(&site(), "/robots", &[(ACCEPT, "application/json")]).is_none());
    assert!(site().answer(&Method::POST, "/", &HeaderMap::new()).is_none());
}

#[tokio::test]
async fn the_smallest_accepted_form_is_sent() {
    for (accepted, encoding, bytes) in [
        ("gzip, deflate, br", Some("br"), INDEX_HTML.br.unwrap()),
        ("gzip, br;q=0", Some("gzip"), INDEX_HTML.gz.unwrap()),
        ("identity", None, INDEX_HTML.raw),
    ] {
        let response = get(&site(), "/", &[(ACCEPT_ENCODING, accepted)]).unwrap();
        assert_eq!(response.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap()), encoding);
        assert_eq!(response.headers()[VARY], "accept-encoding");
        assert_eq!(body(response).await, bytes);
    }
}

#[test]
fn assets_never_change_and_pages_are_asked_about() {
    let asset = get(&site(), STYLE.path, &[(ACCEPT_ENCODING, "br")]).unwrap();
    assert_eq!(asset.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert!(!asset.headers().contains_key(ETAG));

    let site = site();
    let first = get(&site, "/", &[]).unwrap();
    let mut again = HeaderMap::new();
    again.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
    assert_eq!(site.answer(&Method::GET, "/", &again).unwrap().status(), StatusCode::NOT_MODIFIED);
    again.insert(ACCEPT_ENCODING, HeaderValue::from_static("br"));
    assert_eq!(site.answer(&Method::GET, "/", &again).unwrap().status(), StatusCode::OK, "another encoding");
}

#[tokio::test]
async fn without_a_site_people_are_told_how_to_build_one() {
    let empty = Site::new(std::iter::empty());
    assert!(empty.is_empty());
    let response = get(&empty, "/", &[(ACCEPT, "text/html")]).unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    assert!(String::from_utf8(body(response).await).unwrap().contains("cargo xtask build"));
}

#[test]
fn a_folder_is_read_with_its_packed_copies() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("assets/1")).unwrap();
    fs::write(folder.path().join("index.html"), "<p>").unwrap();
    fs::write(folder.path().join("index.html.gz"), "packed").unwrap();
    fs::write(folder.path().join("assets/1/app.js"), "start()").unwrap();
    let site = Site::folder(folder.path()).unwrap();
    assert_eq!(site.assets["/index.html"].gz, Some(&b"packed"[..]));
    assert_eq!(site.assets["/assets/1/app.js"].mime, "text/javascript; charset=utf-8");
    assert_eq!(site.assets.len(), 2);
}
