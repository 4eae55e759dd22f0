//! The stream of numbers that decides a draw.

use sha2::{Digest, Sha256};

use super::Seed;

/// Written before the seed, so that no number here is ever the commitment to it.
const LABEL: &[u8] = b"plumbline draw 1\n";

/// Numbers of 64 bits from a seed: block i is SHA-256 of a label, the seed and i as eight bytes, greatest first, and
/// gives four numbers, likewise. A few lines in any language repeat it, which no library's generator promises.
pub(super) struct Stream {
    start: Sha256,
    block: [u8; 32],
    counter: u64,
    used: usize,
}

impl Stream {
    /// The stream of a seed.
    pub(super) fn new(seed: &Seed) -> Self {
        let start = Sha256::new().chain_update(LABEL).chain_update(seed.bytes());
        Self { start, block: [0; 32], counter: 0, used: 32 }
    }

    /// The next number, each from 0 to `last` as likely as every other.
    pub(super) fn up_to(&mut self, last: u64) -> u64 {
        let Some(count) = last.checked_add(1) else { return self.next() };
        // Numbers from here on would make small remainders likelier than large ones: they are passed over.
        let whole = u64::MAX - u64::MAX % count;
        loop {
            let number = self.next();
            if number < whole {
                return number % count;
            }
        }
    }

    fn next(&mut self) -> u64 {
        if self.used == self.block.len() {
            let block = self.start.clone().chain_update(self.counter.to_be_bytes());
            self.block = block.finalize().into();
            self.counter += 1;
            self.used = 0;
        }
        let number =
            self.block.iter().skip(self.used).take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        self.used += 8;
        number
    }
}
