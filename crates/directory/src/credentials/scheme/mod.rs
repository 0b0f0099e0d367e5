//! The schemes that password hashes are written in: argon2id for new ones, and those of other systems, which imports bring along.

mod argon2;
mod bcrypt;
mod digest;
mod encoding;
mod pbkdf2;
mod scrypt;
mod sha_crypt;

use provost_model::{Error, Result};

/// The longest stored hash that is looked at, in bytes.
const LONGEST: usize = 512;

/// Why a stored hash cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// Its form is none that is known.
    Unknown,
    /// Checking a password against it would cost more time or memory than a login may.
    TooCostly,
}

/// A stored hash, read.
enum Stored<'h> {
    Argon2(Box<argon2::Hash>),
    Bcrypt(bcrypt::Hash<'h>),
    Scrypt(scrypt::Hash),
    Pbkdf2(pbkdf2::Hash),
    ShaCrypt(sha_crypt::Hash<'h>),
    Digest(digest::Hash),
}

impl<'h> Stored<'h> {
    /// Reads a hash in one of the notations that are known: those that name their scheme between dollar signs, LDAP's with the scheme in
    /// braces, Nextcloud's with a version before a bar, Django's, and bare SHA-1 as ownCloud once had it.
    fn read(text: &'h str) -> Result<Self, Unusable> {
        if text.len() > LONGEST {
            return Err(Unusable::Unknown);
        }
        if let Some(rest) = text.strip_prefix('{') {
            let (name, rest) = rest.split_once('}').ok_or(Unusable::Unknown)?;
            return Self::read_ldap(&name.to_ascii_uppercase(), rest);
        }
        let versioned = ["1|", "2|", "3|"]
            .into_iter()
            .find_map(|version| text.strip_prefix(version));
        match versioned {
            Some(rest) => Self::read_modular(rest),
            None if digest::Hash::is_bare(text) => digest::Hash::bare(text).map(Self::Digest),
            None => Self::read_modular(text),
        }
    }

    /// What stands behind a scheme in braces.
    fn read_ldap(name: &str, rest: &'h str) -> Result<Self, Unusable> {
        match name {
            "CRYPT" | "BCRYPT" | "BLF-CRYPT" | "ARGON2" | "ARGON2I" | "ARGON2ID"
            | "SHA256-CRYPT" | "SHA512-CRYPT" | "SCRYPT" => Self::read_modular(rest),
            "PBKDF2" | "PBKDF2-SHA1" | "PBKDF2-SHA256" | "PBKDF2-SHA512" => {
                pbkdf2::Hash::ldap(name, rest).map(Self::Pbkdf2)
            }
            _ => digest::Hash::ldap(name, rest).map(Self::Digest),
        }
    }

    fn read_modular(text: &'h str) -> Result<Self, Unusable> {
        let scheme = text.trim_start_matches('$').split('$').next();
        match scheme.unwrap_or_default() {
            "argon2id" | "argon2i" | "argon2d" => {
                argon2::Hash::read(text).map(|hash| Self::Argon2(Box::new(hash)))
            }
            "2a" | "2b" | "2y" => bcrypt::Hash::read(text).map(Self::Bcrypt),
            // Django's name for it, with the hash as it is behind it
            "bcrypt" => {
                let inner = text.strip_prefix("bcrypt$").ok_or(Unusable::Unknown)?;
                bcrypt::Hash::read(inner).map(Self::Bcrypt)
            }
            "scrypt" => scrypt::Hash::read(text).map(Self::Scrypt),
            "5" | "6" => sha_crypt::Hash::read(text).map(Self::ShaCrypt),
            _ => pbkdf2::Hash::read(text).map(Self::Pbkdf2),
        }
    }

    fn verify(&self, password: &str) -> bool {
        match self {
            Self::Argon2(hash) => hash.verify(password),
            Self::Bcrypt(hash) => hash.verify(password),
            Self::Scrypt(hash) => hash.verify(password),
            Self::Pbkdf2(hash) => hash.verify(password),
            Self::ShaCrypt(hash) => hash.verify(password),
            Self::Digest(hash) => hash.verify(password),
        }
    }

    /// Whether a check costs clearly less than one against a hash of ours.
    fn is_cheap(&self) -> bool {
        match self {
            Self::Argon2(hash) => hash.is_cheap(),
            Self::Bcrypt(hash) => hash.is_cheap(),
            Self::Scrypt(hash) => hash.is_cheap(),
            Self::Pbkdf2(hash) => hash.is_cheap(),
            Self::ShaCrypt(hash) => hash.is_cheap(),
            Self::Digest(_) => true,
        }
    }
}

/// Hashes a password as new ones are: argon2id at the library's recommended cost, in the PHC notation.
pub(super) fn hash(password: &str, salt: &[u8; 16]) -> Result<String> {
    argon2::hash(password, salt).map_err(Error::internal)
}

/// Whether a password is the one that was hashed. A hash that cannot be used verifies nothing. It costs at least what a hash of ours does,
/// so that what is cheaper tells no more of an account than that it is not found.
pub(super) fn verify(password: &str, hash: &str) -> bool {
    let Ok(stored) = Stored::read(hash) else {
        verify_nothing(password);
        return false;
    };
    let right = stored.verify(password);
    if stored.is_cheap() {
        verify_nothing(password);
    }
    right
}

/// Costs what [`verify`] costs, for accounts that do not exist or have no password.
pub(super) fn verify_nothing(password: &str) {
    // an error would make this cheaper than a real check; there is none for a salt of this length
    let _ = hash(password, b"sixteen bytes ok");
}

/// Refuses a hash that no password could ever be checked against.
pub(crate) fn usable(hash: &str) -> Result<(), Unusable> {
    Stored::read(hash).map(|_| ())
}

/// Whether a hash is to be renewed once its password is known: it is not what new ones are.
pub(super) fn is_outdated(text: &str) -> bool {
    match Stored::read(text) {
        Ok(Stored::Argon2(hash)) => !text.starts_with('$') || hash.is_outdated(),
        Ok(_) => true,
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests;
