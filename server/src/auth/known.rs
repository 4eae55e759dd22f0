//! Browsers in which somebody has signed in before: a cookie that outlives the session and says for whom.
//!
//! It opens nothing. It only keeps the tries made in this browser apart from those made elsewhere, so that who guesses
//! at an account cannot slow down its owner ([`super::throttle`]). It names nobody: for each person it holds a keyed hash,
//! made over the person's stored password too, so that a new password makes every browser a stranger again.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::PersonId;

use super::token::Cookie;
use crate::seal::Vault;
use crate::source::Source;

/// Bytes of the browser's id and of each person's mark.
const BYTES: usize = 16;
/// People of one browser that are remembered: a counter is shared by a few.
const PEOPLE: usize = 8;

/// What the cookie says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBrowser {
    id: [u8; BYTES],
    people: Vec<[u8; BYTES]>,
}

impl KnownBrowser {
    /// What the browser of a request says of itself; none where it is new or says nonsense.
    pub fn of(headers: &HeaderMap, cookie: Cookie) -> Option<Self> {
        let value = Cookie::value(headers, cookie.browser_name())?;
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (parts, rest) = bytes.as_chunks::<BYTES>();
        let (id, people) = parts.split_first()?;
        (rest.is_empty() && people.len() <= PEOPLE).then(|| Self { id: *id, people: people.to_vec() })
    }

    /// A browser nobody has signed in with.
    pub fn new(source: &Source) -> Self {
        Self { id: source.bytes(), people: Vec::new() }
    }

    /// The browser's id.
    pub const fn id(&self) -> [u8; BYTES] {
        self.id
    }

    /// Whether the person has signed in here with the password of that stored hash.
    pub fn knows(&self, vault: &Vault, person: &PersonId, stored: Option<&str>) -> bool {
        stored.is_some_and(|stored| self.people.contains(&self.mark(vault, person, stored)))
    }

    /// The same browser after the person has signed in.
    #[must_use]
    pub fn with(mut self, vault: &Vault, person: &PersonId, stored: &str) -> Self {
        let mark = self.mark(vault, person, stored);
        self.people.retain(|known| *known != mark);
        self.people.insert(0, mark);
        self.people.truncate(PEOPLE);
        self
    }

    /// The cookie to be set.
    pub fn cookie(&self, cookie: Cookie) -> HeaderValue {
        let bytes = [self.id.as_slice(), self.people.as_flattened()].concat();
        cookie.browser_line(&URL_SAFE_NO_PAD.encode(bytes))
    }

    fn mark(&self, vault: &Vault, person: &PersonId, stored: &str) -> [u8; BYTES] {
        let mark = vault.browser_mark(&self.id, person, stored);
        *mark.first_chunk().expect("a hash is longer than a mark")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::{AesGcm256, MasterKey, Vault};
    use axum::http::header;
    use std::sync::Arc;

    fn vault() -> Vault {
        let source = Source::system();
        let folder = tempfile::tempdir().unwrap();
        let read = || MasterKey::read_or_create(&folder.path().join("key"), false, &source).unwrap();
        let digest = Vault::new_digest_key(&AesGcm256, &read(), &source);
        Vault::open_with(Arc::new(AesGcm256), read(), &digest, source.clone()).unwrap()
    }

    fn sent_back(line: &HeaderValue) -> HeaderMap {
        let pair = line.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("sid=abc; {pair}").parse().unwrap());
        headers
    }

    #[test]
    fn a_browser_knows_who_signed_in_until_the_password_changes() {
        let (vault, one, other) = (vault(), PersonId::from("SH2001"), PersonId::from("SH2002"));
        let browser = KnownBrowser::new(&Source::system()).with(&vault, &one, "hash");
        for cookie in [Cookie::Secure, Cookie::Plain] {
            let back = KnownBrowser::of(&sent_back(&browser.cookie(cookie)), cookie).unwrap();
            assert_eq!(back, browser);
            assert!(back.knows(&vault, &one, Some("hash")));
            assert!(!back.knows(&vault, &other, Some("hash")));
            assert!(!back.knows(&vault, &one, Some("another hash")));
            assert!(!back.knows(&vault, &one, None));
        }
    }

    #[test]
    fn marks_of_one_browser_are_worth_nothing_in_another() {
        let (vault, person) = (vault(), PersonId::from("SH2001"));
        let mine = KnownBrowser::new(&Source::system()).with(&vault, &person, "hash");
        let forged = KnownBrowser { id: [7; BYTES], people: mine.people };
        assert!(!forged.knows(&vault, &person, Some("hash")));
    }

    #[test]
    fn a_shared_browser_keeps_a_few() {
        let vault = vault();
        let mut browser = KnownBrowser::new(&Source::system());
        let people: Vec<PersonId> = (0..20).map(|n| PersonId(format!("SH{n:04}"))).collect();
        for person in &people {
            browser = browser.with(&vault, person, "hash");
        }
        let known = people.iter().filter(|person| browser.knows(&vault, person, Some("hash"))).count();
        assert_eq!(known, PEOPLE);
        assert!(browser.knows(&vault, &people[19], Some("hash")));
    }

    #[test]
    fn nonsense_is_no_browser() {
        for value in ["", "abc", "%%%", &"A".repeat(400)] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, format!("browser={value}").parse().unwrap());
            assert_eq!(KnownBrowser::of(&headers, Cookie::Plain), None, "{value}");
        }
    }
}
