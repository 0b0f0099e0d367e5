//! authTokens: sealed, so that nobody but this deployment can make or read one, and nothing has to be stored until one is redeemed.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use provost_model::{Error, Result, TenantId, Timestamp, User, UserNumber};
use sha2::{Digest as _, Sha256};

/// How long a token can be redeemed: five minutes, in microseconds.
const LIFETIME: i64 = 5 * 60 * 1_000_000;

/// What the seal is for, so that nothing else that is ever sealed with the key passes for a token.
const PURPOSE: &[u8] = b"provost authToken 1";

/// The longest token that is looked at, in bytes; ours have 108.
const LONGEST: usize = 256;

/// The bytes of a seal's nonce: so many that random ones do not meet.
pub(crate) const NONCE: usize = 24;

/// What an authToken says.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct AuthToken {
    /// The user's tenant.
    pub(crate) tenant: TenantId,
    /// The user.
    pub(crate) user: UserNumber,
    /// From when on it holds no longer.
    pub(crate) expires_at: Timestamp,
    /// The seal's nonce, which no other token has.
    pub(crate) nonce: [u8; NONCE],
    /// Tells whether the user has the password yet that it had. It leaves the server inside the seal alone.
    password: [u8; 16],
}

impl AuthToken {
    /// A token for a user, from now on.
    pub(crate) fn new(user: &User, now: Timestamp, nonce: [u8; NONCE]) -> Self {
        Self {
            tenant: user.tenant,
            user: user.number,
            expires_at: Timestamp(now.0.saturating_add(LIFETIME)),
            password: fingerprint(user, &nonce),
            nonce,
        }
    }

    /// Whether the user has the password yet that it had.
    pub(crate) fn password_is(&self, user: &User) -> bool {
        self.password == fingerprint(user, &self.nonce)
    }

    /// The token as text.
    pub(crate) fn seal(&self, key: &[u8; 32]) -> Result<String> {
        let mut plain = Vec::with_capacity(40);
        for number in [self.tenant.0, self.user.0, self.expires_at.0] {
            plain.extend(number.to_be_bytes());
        }
        plain.extend(self.password);
        let sealed = cipher(key)
            .encrypt(
                &XNonce::from(self.nonce),
                Payload {
                    msg: &plain,
                    aad: PURPOSE,
                },
            )
            .map_err(|_| Error::internal("a token could not be sealed"))?;
        Ok(STANDARD.encode([&self.nonce[..], &sealed].concat()))
    }

    /// The token that was sealed with this key; none for any other text.
    pub(crate) fn open(key: &[u8; 32], text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let bytes = STANDARD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: PURPOSE,
        };
        let plain = cipher(key).decrypt(&XNonce::from(*nonce), payload).ok()?;
        let (tenant, rest) = plain.split_first_chunk::<8>()?;
        let (user, rest) = rest.split_first_chunk::<8>()?;
        let (expires_at, password) = rest.split_first_chunk::<8>()?;
        Some(Self {
            tenant: TenantId(i64::from_be_bytes(*tenant)),
            user: UserNumber(i64::from_be_bytes(*user)),
            expires_at: Timestamp(i64::from_be_bytes(*expires_at)),
            nonce: *nonce,
            password: password.try_into().ok()?,
        })
    }
}

impl std::fmt::Debug for AuthToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthToken(…)")
    }
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

/// A digest of the stored hash that differs from token to token.
fn fingerprint(user: &User, nonce: &[u8; NONCE]) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(PURPOSE)
        .chain_update(nonce)
        .chain_update(user.password_hash.as_deref().unwrap_or_default())
        .finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn token(nonce: [u8; NONCE]) -> AuthToken {
        AuthToken {
            tenant: TenantId(7),
            user: UserNumber(1 << 40),
            expires_at: Timestamp(1_700_000_000_000_000),
            nonce,
            password: [9; 16],
        }
    }

    #[test]
    fn a_token_is_opened_with_its_own_key_alone() {
        let sealed = token([1; NONCE]).seal(&[2; 32]).unwrap();
        assert!(AuthToken::open(&[2; 32], &sealed) == Some(token([1; NONCE])));
        assert!(AuthToken::open(&[3; 32], &sealed).is_none());
        assert_eq!(sealed.len(), 108);
    }

    proptest! {
        #[test]
        fn a_changed_token_is_none(at in 0_usize..80, bit in 0_u8..8) {
            let sealed = token([1; NONCE]).seal(&[2; 32]).unwrap();
            let mut bytes = STANDARD.decode(sealed).unwrap();
            bytes[at] ^= 1 << bit;
            prop_assert!(AuthToken::open(&[2; 32], &STANDARD.encode(bytes)).is_none());
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            prop_assert!(AuthToken::open(&[2; 32], &text).is_none());
            prop_assert!(AuthToken::open(&[2; 32], &STANDARD.encode(bytes)).is_none());
        }
    }
}
