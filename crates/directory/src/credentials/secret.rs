//! Secrets that tokens are made of.

use sha2::{Digest, Sha256};
use std::fmt;

/// The secret of a new app password or API key: 256 random bits in base 62, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /// 62^43 exceeds 2^256.
    const LENGTH: usize = 43;

    /// The text of these random bytes: the number that they are, in base 62.
    pub(crate) fn from_random(mut number: [u8; 32]) -> Self {
        let mut text = String::with_capacity(Self::LENGTH);
        for _ in 0..Self::LENGTH {
            let mut remainder = 0_u16;
            for byte in &mut number {
                let value = (remainder << 8) | u16::from(*byte);
                *byte = u8::try_from(value / 62).unwrap_or(u8::MAX);
                remainder = value % 62;
            }
            text.push(char::from(Self::ALPHABET[usize::from(remainder)]));
        }
        Self(text)
    }

    /// The secret itself, to be shown once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the store keeps of a secret.
    pub(crate) fn hash(text: &str) -> [u8; 32] {
        Sha256::digest(text.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn random_bytes_become_text_without_loss() {
        assert_eq!(Secret::from_random([0; 32]).expose(), "0".repeat(43));
        let mut one = [0; 32];
        one[31] = 63;
        assert!(Secret::from_random(one).expose().starts_with("11"));
        assert_ne!(
            Secret::from_random([255; 32]).expose(),
            Secret::from_random([254; 32]).expose()
        );
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        let secret = Secret::from_random([7; 32]);
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }
}
