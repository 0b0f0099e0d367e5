//! argon2 in the PHC notation.

use super::Unusable;
use argon2::{
    Argon2, Params,
    password_hash::{
        Error, PasswordHasher, PasswordVerifier,
        phc::{self, PasswordHash},
    },
};

/// The most memory of a hash, in KiB: 256 MiB.
const MOST_MEMORY: u32 = 262_144;
/// The most work of a hash, memory in KiB times passes: some fifteen times what Nextcloud asks for by default.
const MOST_WORK: u64 = 4_194_304;
/// The most lanes of a hash.
const MOST_LANES: u32 = 64;

/// A hash that can be checked.
pub(super) struct Hash {
    hash: PasswordHash,
    memory: u32,
    passes: u32,
}

impl Hash {
    pub(super) fn read(text: &str) -> Result<Self, Unusable> {
        let hash = PasswordHash::new(text).map_err(|_| Unusable::Unknown)?;
        if hash.salt.is_none() || hash.hash.is_none() {
            return Err(Unusable::Unknown);
        }
        let params = Params::try_from(&hash).map_err(|_| Unusable::Unknown)?;
        let (memory, passes) = (params.m_cost(), params.t_cost());
        if memory > MOST_MEMORY
            || u64::from(memory) * u64::from(passes) > MOST_WORK
            || params.p_cost() > MOST_LANES
        {
            return Err(Unusable::TooCostly);
        }
        Ok(Self {
            hash,
            memory,
            passes,
        })
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        Argon2::default()
            .verify_password(password.as_bytes(), &self.hash)
            .is_ok()
    }

    pub(super) fn is_cheap(&self) -> bool {
        u64::from(self.memory) * u64::from(self.passes)
            < u64::from(Params::DEFAULT_M_COST) * u64::from(Params::DEFAULT_T_COST)
    }

    /// Whether it is another variant or version than new ones, or weaker.
    pub(super) fn is_outdated(&self) -> bool {
        self.hash.algorithm.as_str() != "argon2id"
            || self.hash.version != Some(argon2::Version::default().into())
            || self.memory < Params::DEFAULT_M_COST
            || self.passes < Params::DEFAULT_T_COST
    }
}

/// Hashes a password as new ones are.
pub(super) fn hash(password: &str, salt: &[u8; 16]) -> Result<String, Error> {
    let hash: phc::PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), salt)?;
    Ok(hash.to_string())
}
