//! bcrypt: `$2a$`, `$2b$` and `$2y$`.

use super::Unusable;
use bcrypt::HashParts;

/// The most rounds of a hash, as a power of two: some seconds of a core are more than a login may cost.
const MOST_COST: u32 = 14;
/// A check costs less than one of ours below this.
const CHEAP_BELOW: u32 = 10;

/// A hash that can be checked.
pub(super) struct Hash<'h> {
    text: &'h str,
    cost: u32,
}

impl<'h> Hash<'h> {
    pub(super) fn read(text: &'h str) -> Result<Self, Unusable> {
        let parts: HashParts = text.parse().map_err(|_| Unusable::Unknown)?;
        match parts.get_cost() {
            4..=MOST_COST => Ok(Self {
                text,
                cost: parts.get_cost(),
            }),
            0..4 => Err(Unusable::Unknown),
            _ => Err(Unusable::TooCostly),
        }
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        bcrypt::verify(password, self.text).unwrap_or(false)
    }

    pub(super) const fn is_cheap(&self) -> bool {
        self.cost < CHEAP_BELOW
    }
}
