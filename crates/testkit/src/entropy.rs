//! Randomness that costs nothing and never repeats.

use std::sync::atomic::{AtomicU64, Ordering};

use provost_directory::Entropy;
use provost_model::Result;

/// How often bytes were asked for, by all tests of this process: two directories on one database must not make the same ids.
static ASKED: AtomicU64 = AtomicU64::new(0);

/// Bytes that differ each time but can be guessed.
#[derive(Debug, Clone, Copy, Default)]
pub struct CountingEntropy;

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<()> {
        let mut state = ASKED.fetch_add(1, Ordering::SeqCst) << 32;
        for chunk in buffer.chunks_mut(8) {
            state += 1;
            chunk.copy_from_slice(&mixed(state).to_be_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A bijection of the 64-bit numbers that spreads neighbours: the finalizer of SplitMix64.
const fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_bytes_come_twice() {
        let mut seen = std::collections::HashSet::new();
        for _ in 0..1000 {
            let mut bytes = [0; 10];
            CountingEntropy.fill(&mut bytes).expect("bytes");
            assert!(seen.insert(bytes));
        }
    }
}
