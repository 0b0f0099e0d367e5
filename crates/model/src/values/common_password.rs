//! Whether a password is among the most common ones.

use sha2::{Digest, Sha256};

/// A Bloom filter of the most common passwords; see `data/README.md`. It stays in the program's file until it is asked.
static FILTER: &[u8] = include_bytes!("../../data/common_passwords.bloom");

/// How many bits each password sets.
const HASHES: u64 = 16;

/// Whether the password, in lower case, is among the most common ones. It may be mistaken about one in a hundred thousand
/// others.
pub(super) fn is_common(password: &str) -> bool {
    let bits = FILTER.len() as u64 * 8;
    positions(&password.to_lowercase(), bits).all(|bit| {
        usize::try_from(bit / 8)
            .ok()
            .and_then(|byte| FILTER.get(byte))
            .is_some_and(|byte| byte & (1 << (bit % 8)) != 0)
    })
}

/// The bits of one password: two halves of its SHA-256, combined (Kirsch and Mitzenmacher).
fn positions(password: &str, bits: u64) -> impl Iterator<Item = u64> {
    let digest = Sha256::digest(password.as_bytes());
    let word = |from: usize| {
        digest
            .iter()
            .skip(from)
            .take(8)
            .rev()
            .fold(0_u64, |word, byte| word << 8 | u64::from(*byte))
    };
    let (first, step) = (word(0), word(8) | 1);
    (0..HASHES).map(move |i| first.wrapping_add(i.wrapping_mul(step)) % bits)
}
