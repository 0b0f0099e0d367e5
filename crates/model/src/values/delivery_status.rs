//! Where mail is delivered.

use super::{external_id::free_text, fold::fold, text::text_value};
use crate::{Field, Violation};

/// Where a user's mail is delivered, such as `OXAAS`, kept as written: 1 to 64 characters, not all blank, without control characters.
/// Compared by its [`key`](DeliveryStatus::key).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeliveryStatus(Box<str>);

text_value!(DeliveryStatus);

impl DeliveryStatus {
    /// The most characters of a delivery status.
    pub const MAX_CHARACTERS: usize = 64;

    /// Reads a delivery status.
    ///
    /// # Errors
    /// [`Rule::Empty`](crate::Rule::Empty), [`Rule::TooLong`](crate::Rule::TooLong), [`Rule::Characters`](crate::Rule::Characters).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        free_text(Field::DeliveryStatus, text, Self::MAX_CHARACTERS).map(Self)
    }

    /// The folded form: what is compared and searched for.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::DeliveryStatus;

    #[test]
    fn a_status_says_something() {
        assert_eq!(
            DeliveryStatus::parse("OXAAS").map(|status| status.key()),
            Ok("oxaas".to_owned())
        );
        for text in ["", "  ", "a\nb", &"x".repeat(65)] {
            assert!(DeliveryStatus::parse(text).is_err(), "{text:?}");
        }
    }
}
