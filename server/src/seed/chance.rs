//! Chance that repeats itself: the same seed gives the same numbers, on every machine.
//!
//! `SplitMix64` (Steele, Lea, Flood 2014) from a state that SHA-256 makes of the seed and a label. Floating point is
//! only added, multiplied, divided and compared, which IEEE 754 fixes to the last bit; logarithms are not.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use domain::time::Timestamp;

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    state: u64,
}

/// Quantiles of a lognormal distribution with median 1 and σ = 0.55: what work takes is rarely much less and at
/// times much more than usual.
const SKEW: [(f64, f64); 23] = [
    (0.0, 0.2),
    (0.05, 0.405),
    (0.1, 0.494),
    (0.15, 0.566),
    (0.2, 0.629),
    (0.25, 0.69),
    (0.3, 0.749),
    (0.35, 0.809),
    (0.4, 0.87),
    (0.45, 0.933),
    (0.5, 1.0),
    (0.55, 1.072),
    (0.6, 1.15),
    (0.65, 1.236),
    (0.7, 1.334),
    (0.75, 1.449),
    (0.8, 1.589),
    (0.85, 1.768),
    (0.9, 2.024),
    (0.95, 2.471),
    (0.99, 3.594),
    (0.999, 5.474),
    (1.0, 8.0),
];

impl Chance {
    /// The stream of a seed for one purpose; other purposes have streams that tell nothing of this one.
    pub(super) fn new(seed: u64, purpose: &str) -> Self {
        let hash = Sha256::new()
            .chain_update(b"plumbline demo 1\n")
            .chain_update(seed.to_be_bytes())
            .chain_update(purpose)
            .finalize();
        Self { state: hash.iter().take(8).fold(0, |state, byte| state << 8 | u64::from(*byte)) }
    }

    /// The next number.
    pub(super) const fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what an f64 holds")]
    pub(super) fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of that probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// From 0 to below `count`.
    pub(super) fn below(&mut self, count: u64) -> u64 {
        // The high half of the product: no remainder is likelier than another by more than 2⁻⁵⁰ here.
        let product = u128::from(self.number()) * u128::from(count.max(1));
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// From one number to another, both included.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let count = to.saturating_sub(from).saturating_add(1).max(1).cast_unsigned();
        from.saturating_add_unsigned(self.below(count))
    }

    /// One of these; there is at least one.
    pub(super) fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let at = usize::try_from(self.below(of.len() as u64)).unwrap_or(0);
        &of[at]
    }

    /// The place of one of these, each as likely as its weight.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.share() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (at, weight) in weights.enumerate() {
            if left < weight {
                return at;
            }
            left -= weight;
            last = at;
        }
        last
    }

    /// Around a median, skewed.
    pub(super) fn skewed(&mut self, median: f64) -> f64 {
        let share = self.share();
        let above = SKEW.iter().position(|(quantile, _)| *quantile > share).unwrap_or(SKEW.len() - 1);
        let ((from, low), (to, high)) = (SKEW[above.saturating_sub(1)], SKEW[above]);
        let part = if to > from { (share - from) / (to - from) } else { 0.0 };
        median * (low + (high - low) * part)
    }

    /// So many digits, the first not 0.
    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|at| char::from(b'0' + u8::try_from(self.between(i64::from(at == 0), 9)).unwrap_or(1)))
            .collect()
    }

    /// An id made at a moment.
    pub(super) fn id(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let mut bytes = [0; 10];
        for (byte, number) in bytes.iter_mut().zip(self.bytes()) {
            *byte = number;
        }
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// 32 bytes.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.number().to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_itself_and_no_other() {
        let take = |seed, purpose| {
            let mut chance = Chance::new(seed, purpose);
            [chance.number(), chance.number(), chance.below(1_000)]
        };
        assert_eq!(take(1, "people"), take(1, "people"));
        assert_ne!(take(1, "people"), take(2, "people"));
        assert_ne!(take(1, "people"), take(1, "cases"));
    }

    #[test]
    fn is_as_likely_as_it_says() {
        let mut chance = Chance::new(7, "test");
        let mut counts = [0_u32; 3];
        for _ in 0..30_000 {
            counts[chance.weighted([1.0, 2.0, 3.0].into_iter())] += 1;
        }
        for (count, expected) in counts.into_iter().zip([5_000, 10_000, 15_000]) {
            assert!(count.abs_diff(expected) < 400, "{counts:?}");
        }
        let mut skewed: Vec<f64> = (0..10_001).map(|_| chance.skewed(10.0)).collect();
        skewed.sort_by(f64::total_cmp);
        assert!((9.6..10.4).contains(&skewed[5_000]), "{}", skewed[5_000]);
        assert!(skewed[9_500] > 20.0 && skewed[0] >= 2.0);
        assert!((0..1_000).all(|_| (3..=5).contains(&chance.between(3, 5))));
    }

    #[test]
    fn ids_carry_their_moment() {
        let at = "2026-03-18T01:00:00.123Z".parse().unwrap();
        let mut chance = Chance::new(1, "ids");
        let (one, other) = (chance.id(at), chance.id(at));
        assert_ne!(one, other);
        assert_eq!(one.get_version_num(), 7);
    }
}
