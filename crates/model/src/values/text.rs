//! What all values that are text have in common.

use crate::{Field, Rule, Violation};

/// Gives a tuple struct around one `Box<str>` its reading access. The parser stays with the type.
macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The value as it is kept.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The value as read back from the store, where only parsed values go. Nothing is checked.
            #[must_use]
            pub fn from_stored(text: String) -> Self {
                Self(text.into_boxed_str())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0.into_string()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

pub(super) use text_value;

/// Refuses text without characters.
pub(super) fn not_empty(field: Field, text: &str) -> Result<(), Violation> {
    if text.is_empty() {
        return Err(Violation::new(field, Rule::Empty));
    }
    Ok(())
}

/// Refuses text of more than `max` characters (not bytes).
pub(super) fn at_most(field: Field, text: &str, max: usize) -> Result<(), Violation> {
    if text.chars().count() > max {
        return Err(Violation::new(field, Rule::TooLong { max }));
    }
    Ok(())
}

/// Refuses control characters, NUL among them.
pub(super) fn no_controls(field: Field, text: &str) -> Result<(), Violation> {
    if text.chars().any(char::is_control) {
        return Err(Violation::new(field, Rule::Characters));
    }
    Ok(())
}
