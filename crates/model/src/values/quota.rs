//! How much a user may store.

use crate::{Field, Rule, Violation};

/// A user's quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quota {
    /// The tenant's default.
    #[default]
    Default,
    /// No limit.
    None,
    /// A number of bytes. Made by [`Quota::bytes`], so that the store can hold it.
    Bytes(u64),
}

impl Quota {
    /// The most bytes a quota can have, which is what the store's integers hold.
    pub const MAX_BYTES: u64 = i64::MAX.unsigned_abs();
    const STORED_DEFAULT: i64 = -2;
    const STORED_NONE: i64 = -3;

    /// A quota of so many bytes.
    ///
    /// # Errors
    /// [`Rule::OutOfRange`] above [`Quota::MAX_BYTES`].
    pub const fn bytes(bytes: u64) -> Result<Self, Violation> {
        if bytes > Self::MAX_BYTES {
            return Err(Violation::new(Field::Quota, Rule::OutOfRange));
        }
        Ok(Self::Bytes(bytes))
    }

    /// The quota as one integer for the store: bytes as they are, -2 for the default, -3 for no limit (the number that
    /// Nextcloud shows for it). A number beyond the store's integers counts as the largest.
    #[must_use]
    pub fn stored(self) -> i64 {
        match self {
            Self::Default => Self::STORED_DEFAULT,
            Self::None => Self::STORED_NONE,
            Self::Bytes(bytes) => i64::try_from(bytes).unwrap_or(i64::MAX),
        }
    }

    /// The quota as read back from the store. Negative numbers that [`Quota::stored`] never gives count as the default.
    #[must_use]
    pub fn from_stored(number: i64) -> Self {
        match u64::try_from(number) {
            Ok(bytes) => Self::Bytes(bytes),
            Err(_) if number == Self::STORED_NONE => Self::None,
            Err(_) => Self::Default,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quota_survives_the_store() {
        for quota in [
            Quota::Default,
            Quota::None,
            Quota::Bytes(0),
            Quota::Bytes(5),
            Quota::Bytes(Quota::MAX_BYTES),
        ] {
            assert_eq!(Quota::from_stored(quota.stored()), quota);
        }
    }

    #[test]
    fn more_than_the_store_holds_is_refused() {
        assert_eq!(
            Quota::bytes(Quota::MAX_BYTES),
            Ok(Quota::Bytes(Quota::MAX_BYTES))
        );
        assert!(Quota::bytes(Quota::MAX_BYTES + 1).is_err());
        assert_eq!(Quota::Bytes(u64::MAX).stored(), i64::MAX);
    }
}
