//! SHA-crypt: `$5$` and `$6$`, as in `/etc/shadow`.

use super::{Unusable, encoding};
use sha_crypt::{PasswordHashRef, PasswordVerifier as _, ShaCrypt};

/// The most rounds of a hash.
const MOST_ROUNDS: u32 = 500_000;
/// A check costs less than one of ours below this.
const CHEAP_BELOW: u32 = 60_000;
/// How many rounds there are where none are named.
const USUAL_ROUNDS: u32 = 5_000;
/// The longest password that is looked at, in bytes: each round hashes it.
const LONGEST_PASSWORD: usize = 512;

/// A hash that can be checked.
pub(super) struct Hash<'h> {
    hash: &'h PasswordHashRef,
    rounds: u32,
}

impl<'h> Hash<'h> {
    pub(super) fn read(text: &'h str) -> Result<Self, Unusable> {
        let fields: Vec<&str> = text.split('$').collect();
        let (rounds, salt, output) = match fields[..] {
            ["", "5" | "6", rounds, salt, output] => {
                let rounds = rounds.strip_prefix("rounds=").ok_or(Unusable::Unknown)?;
                (encoding::number(rounds)?, salt, output)
            }
            ["", "5" | "6", salt, output] => (USUAL_ROUNDS, salt, output),
            _ => return Err(Unusable::Unknown),
        };
        let length = if text.starts_with("$5$") { 43 } else { 86 };
        if output.len() != length || salt.len() > 16 || rounds < 1_000 {
            return Err(Unusable::Unknown);
        }
        if rounds > MOST_ROUNDS {
            return Err(Unusable::TooCostly);
        }
        Ok(Self {
            hash: PasswordHashRef::new(text).map_err(|_| Unusable::Unknown)?,
            rounds,
        })
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        password.len() <= LONGEST_PASSWORD
            && ShaCrypt::default()
                .verify_password(password.as_bytes(), self.hash)
                .is_ok()
    }

    pub(super) const fn is_cheap(&self) -> bool {
        self.rounds < CHEAP_BELOW
    }
}
