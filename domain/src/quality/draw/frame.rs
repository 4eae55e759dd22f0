//! Frames: what a draw is made from.

use sha2::{Digest, Sha256};

use super::Hash;

/// Written before the ids, so that this hash is never taken for another kind.
const LABEL: &[u8] = b"plumbline frame 1\n";

/// The ids of the units a draw is made from, in byte order and without repetition, so that the same units are always
/// the same frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    ids: Vec<String>,
    hash: Hash,
}

/// A unit that stands in a frame twice would be twice as likely to be drawn as the ledger says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unit {id} is in the frame twice")]
pub struct FrameError {
    /// The unit.
    pub id: String,
}

impl Frame {
    /// A frame of the units, given in any order; refused if one comes twice.
    pub fn new(ids: impl IntoIterator<Item = String>) -> Result<Self, FrameError> {
        let mut ids: Vec<String> = ids.into_iter().collect();
        ids.sort_unstable();
        match ids.iter().zip(ids.iter().skip(1)).find(|(id, next)| id == next) {
            Some((id, _)) => Err(FrameError { id: id.clone() }),
            None => Ok(Self { hash: frame_hash(&ids), ids }),
        }
    }

    /// The ids in byte order.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// How many units there are.
    pub const fn size(&self) -> u64 {
        self.ids.len() as u64
    }

    /// [`frame_hash`] of its ids.
    pub const fn hash(&self) -> Hash {
        self.hash
    }
}

/// SHA-256 over the ids in the order given: a label, their number, then each one after its length in bytes, numbers
/// as eight bytes, greatest first. The lengths keep `["ab", "c"]` apart from `["a", "bc"]`.
pub fn frame_hash<T: AsRef<[u8]>>(ids: &[T]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(LABEL);
    hasher.update((ids.len() as u64).to_be_bytes());
    for id in ids {
        let id = id.as_ref();
        hasher.update((id.len() as u64).to_be_bytes());
        hasher.update(id);
    }
    Hash(hasher.finalize().into())
}
