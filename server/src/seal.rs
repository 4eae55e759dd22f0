//! Personal values in an unchangeable log: sealed under a key per case before the rules see them, opened only for
//! who may see them.
//!
//! Three layers: a *master key* from a file or the environment wraps a *data key* per case; the data key seals
//! values. Destroying a data key makes a case's values unreadable and leaves the hash chain intact; rotating the
//! master key rewraps data keys and touches no event. The keyed hash that compares and finds values has a key of its
//! own, kept wrapped in the store, so that rotation does not change it.

use sha2::{Digest, Sha256};

mod cipher;
mod command;
mod master;
mod vault;
pub mod walk;

pub use cipher::{AesGcm256, Cipher, SealError};
pub use command::Sealing;
pub use master::{MasterKey, MasterKeyError};
pub use vault::{DataKey, Vault, rewrap};

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes what is written");
        text
    })
}
