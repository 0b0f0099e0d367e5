//! How eagerly mail is taken for spam.

use crate::{Field, Rule, Violation};

/// How eagerly mail is taken for spam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpamLevel {
    /// What is surely spam alone.
    Low,
    /// The usual.
    Medium,
    /// Also what merely looks like it.
    High,
}

impl SpamLevel {
    /// All levels, from the least eager.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// Reads `low`, `medium` or `high`.
    ///
    /// # Errors
    /// [`Rule::Unknown`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        Self::ALL
            .into_iter()
            .find(|level| level.name() == text)
            .ok_or(Violation::new(Field::SpamLevel, Rule::Unknown))
    }

    /// The level's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SpamLevel;

    #[test]
    fn three_names_are_levels() {
        for level in SpamLevel::ALL {
            assert_eq!(SpamLevel::parse(level.name()), Ok(level));
        }
        for text in ["", "LOW", "none"] {
            assert!(SpamLevel::parse(text).is_err(), "{text:?}");
        }
    }
}
