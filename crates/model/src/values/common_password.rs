//! Whether a password is among the most common ones.

use sha2::{Digest, Sha256};

/// A Bloom filter of the most common passwords; see `data/README.md`. It stays in the program's file until it is asked.
static FILTER: &[u8] = include_bytes!("../../data/common_passwords.bloom");

/// How many bits each password sets.
const HASHES: u64 = 13;

/// Whether the password, in lower case, is among the most common ones. It may be mistaken about one in seven thousand
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_answers_hold() {
        for password in [
            "short",
            "administrator",
            "passwordpassword",
            "PasswordPassword",
            "1234567890",
        ] {
            assert!(is_common(password), "{password}");
        }
        for password in [
            "",
            "Correct-Horse-77",
            "Patched-Pass-11",
            "New-Correct-88",
            "Self-Changed-99",
            "admin-pw-Xy7",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn few_others_are_mistaken_for_common() {
        let mistaken = (0..20_000)
            .filter(|n| is_common(&format!("Gruyère {n} 🧀")))
            .count();
        assert!(mistaken < 20, "{mistaken} of 20,000");
    }
}
