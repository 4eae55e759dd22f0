//! Seals and opens values of cases.

use std::sync::Arc;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::{CaseId, PersonId};
use domain::secret::{Sealed, SecretKind, mask, normalise};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use store::seal::SealKey;
use uuid::Uuid;

use super::cipher::{Cipher, KEY, NONCE, SealError};
use super::hex;
use super::master::MasterKey;
use crate::source::Source;

/// Seals and opens with the master key of this process.
#[derive(Clone, Debug)]
pub struct Vault {
    cipher: Arc<dyn Cipher>,
    master: Arc<MasterKey>,
    digest: Arc<SecretBox<[u8; KEY]>>,
    source: Source,
}

/// The key of one case.
#[derive(Clone, Debug)]
pub struct DataKey {
    case: CaseId,
    key: Arc<SecretBox<[u8; KEY]>>,
}

impl Vault {
    /// A new wrapped key for digests, made once in the life of a store.
    pub fn new_digest_key(cipher: &dyn Cipher, master: &MasterKey, source: &Source) -> Vec<u8> {
        wrap(cipher, master, source, Uuid::nil(), &source.bytes())
    }

    /// Opens the store's digest key; fails where the master key is not the store's.
    pub fn open_with(
        cipher: Arc<dyn Cipher>,
        master: MasterKey,
        digest: &[u8],
        source: Source,
    ) -> Result<Self, SealError> {
        let digest = unwrap(cipher.as_ref(), &master, Uuid::nil(), digest)?;
        Ok(Self {
            cipher,
            master: Arc::new(master),
            digest: Arc::new(SecretBox::new(Box::new(digest))),
            source,
        })
    }

    /// Whether a wrapped key is the store's digest key, wrapped with this master key.
    pub fn is_of(&self, digest: &[u8]) -> bool {
        unwrap(self.cipher.as_ref(), &self.master, Uuid::nil(), digest)
            .is_ok_and(|digest| digest == *self.digest.expose_secret())
    }

    /// Which master key wraps what this vault makes.
    pub fn master(&self) -> String {
        self.master.fingerprint()
    }

    /// A key for a new case, with the wrapped form the store keeps.
    pub fn new_key(&self, case: CaseId) -> (DataKey, Vec<u8>) {
        let key: [u8; KEY] = self.source.bytes();
        let wrapped = wrap(self.cipher.as_ref(), &self.master, &self.source, case.0, &key);
        (DataKey { case, key: Arc::new(SecretBox::new(Box::new(key))) }, wrapped)
    }

    /// The key of a case, from its wrapped form.
    pub fn key(&self, case: CaseId, wrapped: &[u8]) -> Result<DataKey, SealError> {
        let key = unwrap(self.cipher.as_ref(), &self.master, case.0, wrapped)?;
        Ok(DataKey { case, key: Arc::new(SecretBox::new(Box::new(key))) })
    }

    fn mac(&self, text: &str) -> [u8; KEY] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.digest.expose_secret())
            .expect("HMAC takes keys of any length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Keyed hash of a value, hex: equal values, equal hashes, over all cases.
    pub fn digest(&self, plain: &str) -> String {
        hex(&self.mac(&normalise(plain)))
    }

    /// The digest of a value as views of a case show it: equal values of one case have equal ones, and nobody can tell by it
    /// whether a value of his own choice, put into another case, is the same.
    pub fn shown_digest(&self, case: CaseId, digest: &str) -> String {
        hex(&self.mac(&format!("shown in {case} for {digest}")))
    }

    /// The key one person's browser seals drafts with, base64. It is derived, so that it need not be kept; the spaces
    /// keep it apart from the digests of values, which are made of texts without.
    pub fn drafts_key(&self, person: &PersonId) -> String {
        STANDARD.encode(self.mac(&format!("drafts of {person}")))
    }

    /// The key of the seals over the log. Like the key of drafts it follows from the digest key, which a rotation of
    /// the master key only wraps anew: seals made before it still agree after it.
    pub fn seal_key(&self) -> SealKey {
        SealKey::new(self.mac("seals of the log"))
    }

    /// One of so many buckets a text falls into, which nobody without the key can foretell.
    pub fn bucket(&self, text: &str, buckets: u32) -> u32 {
        let [a, b, c, d, ..] = self.mac(&format!("bucket of {text}"));
        u32::from_be_bytes([a, b, c, d]) % buckets.max(1)
    }

    /// What says that a person has signed in with the password of a stored hash in a browser.
    pub fn browser_mark(&self, browser: &[u8], person: &PersonId, stored: &str) -> [u8; KEY] {
        self.mac(&format!("browser {} of {person} with {stored}", hex(browser)))
    }

    /// Seals the secret of a person's second factor, under a key derived from the store's own: rotating the master key
    /// changes nothing of it.
    pub fn seal_factor(&self, person: &PersonId, secret: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = self.source.bytes();
        let key = self.mac(&format!("second factor of {person}"));
        let sealed = self.cipher.seal(&key, &nonce, person.as_str().as_bytes(), secret);
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Vault::seal_factor`] sealed for the person.
    pub fn open_factor(&self, person: &PersonId, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or(SealError)?;
        let key = self.mac(&format!("second factor of {person}"));
        self.cipher.open(&key, nonce, person.as_str().as_bytes(), rest)
    }

    /// What the store keeps of a recovery code: who reads the store cannot try codes.
    pub fn recovery_digest(&self, person: &PersonId, code: &str) -> [u8; 32] {
        self.mac(&format!("recovery of {person} by {code}"))
    }

    /// Seals a plain value of a case.
    pub fn seal(&self, key: &DataKey, kind: SecretKind, plain: &str, valid: bool) -> Sealed {
        let digest = self.digest(plain);
        let nonce: [u8; NONCE] = self.source.bytes();
        let about = key.case.0.as_bytes();
        let sealed = self.cipher.seal(key.key.expose_secret(), &nonce, about, plain.as_bytes());
        let cipher = STANDARD.encode([nonce.as_slice(), &sealed].concat());
        Sealed { masked: mask(kind, plain), digest, valid, cipher: Some(cipher) }
    }

    /// Opens a sealed value of a case.
    pub fn open(&self, key: &DataKey, sealed: &Sealed) -> anyhow::Result<String> {
        let text = sealed.cipher.as_deref().context("a sealed value without ciphertext")?;
        let bytes = STANDARD.decode(text).context("ciphertext that is not base64")?;
        let (nonce, rest) = bytes.split_first_chunk::<NONCE>().context("ciphertext too short")?;
        let plain = self.cipher.open(key.key.expose_secret(), nonce, key.case.0.as_bytes(), rest)?;
        String::from_utf8(plain).context("a sealed value that is not text")
    }
}

/// A data key's wrapped form under another master key.
///
/// # Errors
/// Where it does not open with the first one.
pub fn rewrap(
    cipher: &dyn Cipher,
    (from, to): (&MasterKey, &MasterKey),
    source: &Source,
    owner: CaseId,
    wrapped: &[u8],
) -> Result<Vec<u8>, SealError> {
    let key = unwrap(cipher, from, owner.0, wrapped)?;
    Ok(wrap(cipher, to, source, owner.0, &key))
}

fn wrap(cipher: &dyn Cipher, master: &MasterKey, source: &Source, owner: Uuid, key: &[u8; KEY]) -> Vec<u8> {
    let nonce: [u8; NONCE] = source.bytes();
    let sealed = cipher.seal(master.expose(), &nonce, owner.as_bytes(), key);
    [nonce.as_slice(), &sealed].concat()
}

fn unwrap(
    cipher: &dyn Cipher,
    master: &MasterKey,
    owner: Uuid,
    wrapped: &[u8],
) -> Result<[u8; KEY], SealError> {
    let (nonce, rest) = wrapped.split_first_chunk::<NONCE>().ok_or(SealError)?;
    cipher.open(master.expose(), nonce, owner.as_bytes(), rest)?.try_into().map_err(|_| SealError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::AesGcm256;

    fn vault() -> Vault {
        let source = Source::system();
        let master = MasterKey::new([3; 32]);
        let digest = Vault::new_digest_key(&AesGcm256, &master, &source);
        Vault::open_with(Arc::new(AesGcm256), master, &digest, source).unwrap()
    }

    #[test]
    fn seals_and_opens_for_one_case() {
        let vault = vault();
        let case = CaseId(Uuid::from_u128(1));
        let (key, wrapped) = vault.new_key(case);
        let sealed = vault.seal(&key, SecretKind::Phone, "13812341234", true);
        assert_eq!(sealed.masked, "138****1234");
        assert!(!format!("{sealed:?}").contains("13812341234"));
        let again = vault.key(case, &wrapped).unwrap();
        assert_eq!(vault.open(&again, &sealed).unwrap(), "13812341234");
        assert!(vault.key(CaseId(Uuid::from_u128(2)), &wrapped).is_err());
        let (other, _) = vault.new_key(CaseId(Uuid::from_u128(2)));
        assert!(vault.open(&other, &sealed).is_err());
    }

    #[test]
    fn equal_values_have_equal_digests_and_different_ciphers() {
        let vault = vault();
        let (key, _) = vault.new_key(CaseId(Uuid::from_u128(1)));
        let a = vault.seal(&key, SecretKind::Account, "6222 0212 3456", true);
        let b = vault.seal(&key, SecretKind::Account, "６２２２02123456", true);
        assert_eq!(a.digest, b.digest);
        assert_ne!(a.cipher, b.cipher);
        assert_ne!(a.digest, vault.digest("622202123457"));
    }

    #[test]
    fn a_key_of_drafts_is_one_persons_and_no_digest() {
        let vault = vault();
        let key = vault.drafts_key(&PersonId::from("SH1"));
        assert_eq!(key, vault.drafts_key(&PersonId::from("SH1")));
        assert_ne!(key, vault.drafts_key(&PersonId::from("SH2")));
        let digest = hex(&STANDARD.decode(key).unwrap());
        assert_ne!(digest, vault.digest("drafts of SH1"));
        assert_ne!(digest, vault.digest("draftsofSH1"));
    }

    #[test]
    fn a_second_factor_opens_for_its_person_alone() {
        let vault = vault();
        let (a, b) = (PersonId::from("SH1"), PersonId::from("SH2"));
        let sealed = vault.seal_factor(&a, b"12345678901234567890");
        assert!(!sealed.windows(20).any(|part| part == b"12345678901234567890"));
        assert_eq!(vault.open_factor(&a, &sealed).unwrap(), b"12345678901234567890");
        assert!(vault.open_factor(&b, &sealed).is_err());
        assert!(vault.open_factor(&a, &sealed[..8]).is_err());
        assert_ne!(vault.recovery_digest(&a, "abcd"), vault.recovery_digest(&b, "abcd"));
    }

    #[test]
    fn what_is_shown_of_a_digest_is_of_one_case() {
        let vault = vault();
        let (a, b) = (CaseId(Uuid::from_u128(1)), CaseId(Uuid::from_u128(2)));
        let digest = vault.digest("13812341234");
        assert_eq!(vault.shown_digest(a, &digest), vault.shown_digest(a, &digest));
        assert_ne!(vault.shown_digest(a, &digest), vault.shown_digest(b, &digest));
        assert_ne!(vault.shown_digest(a, &digest), digest);
    }

    #[test]
    fn another_master_key_does_not_open_the_store() {
        let source = Source::system();
        let digest = Vault::new_digest_key(&AesGcm256, &MasterKey::new([3; 32]), &source);
        let other = Vault::open_with(Arc::new(AesGcm256), MasterKey::new([4; 32]), &digest, source);
        assert!(matches!(other, Err(SealError)));
    }
}
