//! Drafts in the browser's storage, each sealed with AES-256-GCM.
//!
//! The key is the server's to give, to its person alone and only while signed in: what lies on a shared machine's disk
//! is of no use without it. The name a draft is kept under is sealed with it, so that none can be put in the place of
//! another.

use super::Draft;
use crate::state::storage;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::PersonId;
use domain::time::Timestamp;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, Crypto, CryptoKey, SubtleCrypto};

const CIPHER: &str = "AES-GCM";
/// Bytes of a nonce (NIST SP 800-38D, 5.2.1.1: 96 bits).
const NONCE: usize = 12;
/// A draft nobody came back to for so long is dropped.
const KEPT: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// The drafts of one person in this browser.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    prefix: String,
    key: CryptoKey,
    crypto: Crypto,
    subtle: SubtleCrypto,
}

impl Shelf {
    /// The shelf of a person; none where the browser has no WebCrypto or no storage.
    pub(super) async fn of(person: &PersonId, key: &str) -> Option<Self> {
        let crypto = web_sys::window()?.crypto().ok()?;
        let subtle = crypto.subtle();
        if subtle.is_undefined() || storage::names("").is_none() {
            return None;
        }
        let bytes = Uint8Array::from(STANDARD.decode(key).ok()?.as_slice());
        let uses = Array::of2(&JsValue::from_str("encrypt"), &JsValue::from_str("decrypt"));
        let key = subtle.import_key_with_str("raw", &bytes, CIPHER, false, &uses).ok()?;
        let key = JsFuture::from(key).await.ok()?.dyn_into().ok()?;
        Some(Self { prefix: format!("draft.{person}."), key, crypto, subtle })
    }

    /// Everything on it by name. What cannot be opened any more, or is too old, is thrown away.
    pub(super) async fn all(&self, now: Timestamp) -> Vec<(String, Draft)> {
        let mut all = Vec::new();
        for stored in storage::names(&self.prefix).unwrap_or_default() {
            match self.take(&stored).await {
                Some(draft) if now - draft.at < KEPT => {
                    all.push((stored[self.prefix.len()..].to_owned(), draft));
                }
                _ => storage::write(&stored, None),
            }
        }
        all
    }

    /// The name of the draft kept under a key of the browser's storage, if it is one of this person.
    pub(super) fn name_at(&self, key: &str) -> Option<String> {
        self.name_of(storage::own(key)?)
    }

    /// The name of the draft that is [stored](Self::stored) so, if it is one of this person.
    pub(super) fn name_of(&self, stored: &str) -> Option<String> {
        stored.strip_prefix(&self.prefix).map(str::to_owned)
    }

    /// What a draft is stored under; it begins with the person.
    pub(super) fn stored(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The draft of a name.
    pub(super) async fn find(&self, name: &str) -> Option<Draft> {
        self.take(&self.stored(name)).await
    }

    /// The draft of a name that was sealed as this text.
    pub(super) async fn opened(&self, name: &str, sealed: Option<String>) -> Option<Draft> {
        self.open(&self.stored(name), &sealed?).await
    }

    /// Puts a draft on it.
    pub(super) async fn put(&self, name: &str, draft: &Draft) -> Result<(), JsValue> {
        let plain = serde_json::to_vec(draft).map_err(|error| JsValue::from_str(&error.to_string()))?;
        let mut nonce = [0; NONCE];
        self.crypto.get_random_values_with_u8_array(&mut nonce)?;
        let stored = self.stored(name);
        let how = how(&stored, &nonce);
        let sealed = self.subtle.encrypt_with_object_and_u8_array(&how, &self.key, &plain)?;
        let sealed = bytes(JsFuture::from(sealed).await?);
        storage::keep(&stored, &STANDARD.encode([&nonce[..], &sealed].concat()))
    }

    /// Takes a draft from it.
    pub(super) fn remove(&self, name: &str) -> Result<(), JsValue> {
        storage::write(&self.stored(name), None);
        Ok(())
    }

    async fn take(&self, stored: &str) -> Option<Draft> {
        self.open(stored, &storage::read(stored)?).await
    }

    async fn open(&self, stored: &str, sealed: &str) -> Option<Draft> {
        let sealed = STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let how = how(stored, nonce);
        let plain = self.subtle.decrypt_with_object_and_u8_array(&how, &self.key, sealed).ok()?;
        serde_json::from_slice(&bytes(JsFuture::from(plain).await.ok()?)).ok()
    }
}

fn how(stored: &str, nonce: &[u8; NONCE]) -> AesGcmParams {
    let how = AesGcmParams::new_with_u8_array(CIPHER, &Uint8Array::from(nonce.as_slice()));
    how.set_additional_data_u8_array(&Uint8Array::from(stored.as_bytes()));
    how
}

fn bytes(buffer: JsValue) -> Vec<u8> {
    Uint8Array::new(&buffer).to_vec()
}
