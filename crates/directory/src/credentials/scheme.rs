//! The schemes that password hashes are written in.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use provost_model::{Error, Result};

/// Hashes a password as new ones are: argon2id at the library's recommended cost, in the PHC notation.
pub(super) fn hash(password: &str, salt: &[u8; 16]) -> Result<String> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed. A notation that is not known verifies nothing.
pub(super) fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// Costs what [`verify`] costs, for accounts that do not exist or have no password.
pub(super) fn verify_nothing(password: &str) {
    // an error would make this cheaper than a real check; there is none for a salt of this length
    let _ = hash(password, b"sixteen bytes ok");
}

#[cfg(test)]
mod tests {
    use super::{hash, verify};

    #[test]
    fn a_password_is_verified_and_another_is_not() {
        let hashed = hash("Correct-Horse-77", &[3; 16]).unwrap_or_default();
        assert!(hashed.starts_with("$argon2id$"), "{hashed}");
        assert!(verify("Correct-Horse-77", &hashed));
        assert!(!verify("Correct-Horse-78", &hashed));
        assert!(!verify("Correct-Horse-77", "$unknown$x"));
        assert!(!verify("", ""));
    }
}
