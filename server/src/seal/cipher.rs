//! Authenticated encryption behind a trait, so that SM4 can take the place of AES.

use std::fmt;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

/// Bytes of a key.
pub const KEY: usize = 32;
/// Bytes of a nonce.
pub const NONCE: usize = 12;

/// What was sealed cannot be opened: another key, another owner, or changed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: it was changed, or belongs to another key")]
pub struct SealError;

/// Authenticated encryption with associated data.
pub trait Cipher: fmt::Debug + Send + Sync {
    /// Encrypts and authenticates; the nonce is never used twice with one key.
    fn seal(&self, key: &[u8; KEY], nonce: &[u8; NONCE], about: &[u8], plain: &[u8]) -> Vec<u8>;

    /// Decrypts what [`Cipher::seal`] made for the same key, nonce and associated data.
    fn open(
        &self,
        key: &[u8; KEY],
        nonce: &[u8; NONCE],
        about: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, SealError>;
}

/// AES-256-GCM.
#[derive(Clone, Copy, Debug)]
pub struct AesGcm256;

impl Cipher for AesGcm256 {
    fn seal(&self, key: &[u8; KEY], nonce: &[u8; NONCE], about: &[u8], plain: &[u8]) -> Vec<u8> {
        Aes256Gcm::new(key.into())
            .encrypt(&Nonce::from(*nonce), Payload { msg: plain, aad: about })
            .expect("a value is shorter than the 64 GiB that GCM takes")
    }

    fn open(
        &self,
        key: &[u8; KEY],
        nonce: &[u8; NONCE],
        about: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        Aes256Gcm::new(key.into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: about })
            .map_err(|_| SealError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meets_the_published_vector() {
        // NIST GCM test case 14 (McGrew, Viega: "The Galois/Counter Mode of Operation", appendix B):
        // 256 zero bits of key, 96 of nonce, one zero block.
        let sealed = AesGcm256.seal(&[0; 32], &[0; 12], b"", &[0; 16]);
        assert_eq!(
            crate::seal::hex(&sealed),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        );
    }

    #[test]
    fn opens_only_for_its_key_owner_and_bytes() {
        let sealed = AesGcm256.seal(&[1; 32], &[2; 12], b"case", b"13812341234");
        assert_eq!(AesGcm256.open(&[1; 32], &[2; 12], b"case", &sealed).unwrap(), b"13812341234");
        assert_eq!(AesGcm256.open(&[9; 32], &[2; 12], b"case", &sealed), Err(SealError));
        assert_eq!(AesGcm256.open(&[1; 32], &[2; 12], b"else", &sealed), Err(SealError));
        let mut changed = sealed;
        changed[0] ^= 1;
        assert_eq!(AesGcm256.open(&[1; 32], &[2; 12], b"case", &changed), Err(SealError));
    }
}
