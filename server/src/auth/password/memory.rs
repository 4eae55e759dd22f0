//! The memory passwords are hashed in: shared by those that follow one another, given back when nobody signs in.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::Block;

/// Blocks that are asked for, of one KiB: 33 MiB of addresses, of which a hash touches no more than it needs.
///
/// An allocation of more than 32 MiB is always mapped by itself and unmapped when it is freed. A smaller one teaches
/// glibc after the first time to keep it in the heap of its thread, and a morning of sign-ins would leave the process
/// several times as large for good.
const ASKED: usize = 33 * 1_024;

/// Memory of hashes that are under way or just done.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory")
    }
}

impl Memory {
    /// Memory of so many blocks: what the hash before left, or new.
    pub fn take(&self, blocks: usize) -> Vec<Block> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut memory = kept.unwrap_or_else(|| Vec::with_capacity(ASKED.max(blocks)));
        if memory.len() < blocks {
            memory.resize(blocks, Block::new());
        }
        memory
    }

    /// Keeps memory for the next hash.
    pub fn keep(&self, memory: Vec<Block>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }

    /// Gives back what is kept.
    pub fn give_back(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// How much is kept for the next hash.
    #[cfg(test)]
    pub fn kept(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
