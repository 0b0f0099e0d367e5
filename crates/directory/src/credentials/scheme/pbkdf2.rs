//! PBKDF2, in the notations of passlib, PHC, OpenLDAP and Django.

use super::{Unusable, encoding};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq as _;

/// The most rounds of a hash.
const MOST_ROUNDS: u32 = 2_000_000;
/// A check costs less than one of ours below this.
const CHEAP_BELOW: u32 = 200_000;
/// The most bytes of salts and hashes.
const LONGEST: usize = 128;

#[derive(Clone, Copy)]
enum Prf {
    Sha1,
    Sha256,
    Sha512,
}

/// A hash that can be checked.
pub(super) struct Hash {
    prf: Prf,
    rounds: u32,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl Hash {
    /// `$pbkdf2-sha256$29000$salt$hash`, `$pbkdf2-sha256$i=29000,l=32$salt$hash` or `pbkdf2_sha256$600000$salt$hash`.
    pub(super) fn read(text: &str) -> Result<Self, Unusable> {
        let fields: Vec<&str> = text.split('$').collect();
        match fields[..] {
            ["", scheme, costs, salt, output] => {
                let prf = scheme
                    .strip_prefix("pbkdf2")
                    .and_then(|name| Prf::named(name.strip_prefix('-').unwrap_or(name)))
                    .ok_or(Unusable::Unknown)?;
                let rounds = costs
                    .split(',')
                    .find_map(|cost| cost.strip_prefix("i="))
                    .unwrap_or(costs);
                Self::new(prf, rounds, encoding::base64(salt)?, output)
            }
            // Django's salt is used as it is written
            [scheme, rounds, salt, output] => {
                let prf = scheme
                    .strip_prefix("pbkdf2_")
                    .and_then(Prf::named)
                    .ok_or(Unusable::Unknown)?;
                Self::new(prf, rounds, salt.as_bytes().to_vec(), output)
            }
            _ => Err(Unusable::Unknown),
        }
    }

    /// What stands behind `{PBKDF2-SHA256}`: `29000$salt$hash`.
    pub(super) fn ldap(name: &str, rest: &str) -> Result<Self, Unusable> {
        let name = name.trim_start_matches("PBKDF2").to_ascii_lowercase();
        let prf = Prf::named(name.trim_start_matches('-')).ok_or(Unusable::Unknown)?;
        let fields: Vec<&str> = rest.split('$').collect();
        match fields[..] {
            [rounds, salt, output] => Self::new(prf, rounds, encoding::base64(salt)?, output),
            _ => Err(Unusable::Unknown),
        }
    }

    fn new(prf: Prf, rounds: &str, salt: Vec<u8>, output: &str) -> Result<Self, Unusable> {
        let rounds = match encoding::number(rounds)? {
            0 => return Err(Unusable::Unknown),
            rounds if rounds > MOST_ROUNDS => return Err(Unusable::TooCostly),
            rounds => rounds,
        };
        let output = encoding::base64(output)?;
        if !(16..=LONGEST).contains(&output.len()) || salt.len() > LONGEST {
            return Err(Unusable::Unknown);
        }
        // each further block costs all rounds again
        if output.len() > 64 && rounds > MOST_ROUNDS / 4 {
            return Err(Unusable::TooCostly);
        }
        Ok(Self {
            prf,
            rounds,
            salt,
            output,
        })
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        let mut output = vec![0; self.output.len()];
        let (password, salt) = (password.as_bytes(), &self.salt);
        match self.prf {
            Prf::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>(password, salt, self.rounds, &mut output),
            Prf::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, self.rounds, &mut output),
            Prf::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, self.rounds, &mut output),
        }
        output.ct_eq(&self.output).into()
    }

    pub(super) const fn is_cheap(&self) -> bool {
        self.rounds < CHEAP_BELOW
    }
}

impl Prf {
    /// By the name of its digest; without one it is the first that PBKDF2 had.
    fn named(name: &str) -> Option<Self> {
        match name {
            "" | "sha1" => Some(Self::Sha1),
            "sha256" => Some(Self::Sha256),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }
}
