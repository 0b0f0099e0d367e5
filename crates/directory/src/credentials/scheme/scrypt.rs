//! scrypt in the PHC notation: `$scrypt$ln=16,r=8,p=1$salt$hash`.

use super::{Unusable, encoding};
use scrypt::Params;
use subtle::ConstantTimeEq as _;

/// The most memory of a hash in bytes: 256 MiB.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// The most work of a hash: memory times lanes.
const MOST_WORK: u64 = 4 * MOST_MEMORY;
/// A check costs less than one of ours below this memory times lanes.
const CHEAP_BELOW: u64 = 16 * 1024 * 1024;
/// The most bytes of salts and hashes.
const LONGEST: usize = 64;

/// A hash that can be checked.
pub(super) struct Hash {
    params: Params,
    work: u64,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl Hash {
    pub(super) fn read(text: &str) -> Result<Self, Unusable> {
        let fields: Vec<&str> = text.split('$').collect();
        let ["", "scrypt", costs, salt, output] = fields[..] else {
            return Err(Unusable::Unknown);
        };
        let costs: Vec<_> = costs
            .split(',')
            .filter_map(|cost| cost.split_once('='))
            .collect();
        let [("ln", ln), ("r", r), ("p", p)] = costs[..] else {
            return Err(Unusable::Unknown);
        };
        let [ln, r, p] = [ln, r, p].map(encoding::number);
        let (ln, r, p) = (ln?, r?, p?);
        let memory = 1_u64
            .checked_shl(ln)
            .and_then(|n| n.checked_mul(128)?.checked_mul(u64::from(r)))
            .filter(|memory| *memory <= MOST_MEMORY)
            .ok_or(Unusable::TooCostly)?;
        let work = memory.saturating_mul(u64::from(p));
        if work > MOST_WORK {
            return Err(Unusable::TooCostly);
        }
        let ln = u8::try_from(ln).map_err(|_| Unusable::TooCostly)?;
        let hash = Self {
            params: Params::new(ln, r, p).map_err(|_| Unusable::Unknown)?,
            work,
            salt: encoding::base64(salt)?,
            output: encoding::base64(output)?,
        };
        if !(16..=LONGEST).contains(&hash.output.len()) || hash.salt.len() > LONGEST {
            return Err(Unusable::Unknown);
        }
        Ok(hash)
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        let mut output = vec![0; self.output.len()];
        scrypt::scrypt(password.as_bytes(), &self.salt, &self.params, &mut output).is_ok()
            && bool::from(output.ct_eq(&self.output))
    }

    pub(super) const fn is_cheap(&self) -> bool {
        self.work < CHEAP_BELOW
    }
}
