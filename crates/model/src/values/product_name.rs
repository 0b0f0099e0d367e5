//! The names of what a site sells.

use super::text::{at_most, not_empty, text_value};
use crate::{Field, Rule, Violation};

/// The name of a class of service, such as `cloud_pim`: 1 to 64 ASCII letters, digits, `_`, `-` and `.`. Compared exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassOfService(Box<str>);

text_value!(ClassOfService);

impl ClassOfService {
    /// Reads the name of a class of service. Whether a site has such a class is another question, see [`crate::Products`].
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`], [`Rule::Characters`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        named(Field::ClassOfService, text).map(Self)
    }

    /// A name that this crate spells out.
    pub(crate) fn known(name: &'static str) -> Self {
        Self(name.into())
    }
}

/// The name of a type of webmail account, such as `standard`: the same form as a class of service. Compared exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebmailTypeName(Box<str>);

text_value!(WebmailTypeName);

impl WebmailTypeName {
    /// Reads the name of a type of webmail account. Whether a site has such a type is another question, see [`crate::Products`].
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`], [`Rule::Characters`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        named(Field::WebmailType, text).map(Self)
    }

    /// A name that this crate spells out.
    pub(crate) fn known(name: &'static str) -> Self {
        Self(name.into())
    }
}

fn named(field: Field, text: &str) -> Result<Box<str>, Violation> {
    not_empty(field, text)?;
    at_most(field, text, 64)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if text.bytes().all(plain) {
        Ok(text.into())
    } else {
        Err(Violation::new(field, Rule::Characters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_words() {
        for name in ["cloud_pim", "a", "A-1.b", &"x".repeat(64)] {
            assert!(ClassOfService::parse(name).is_ok(), "{name}");
            assert!(WebmailTypeName::parse(name).is_ok(), "{name}");
        }
        for name in ["", " ", "a b", "ü", "a\"b", &"x".repeat(65)] {
            assert!(ClassOfService::parse(name).is_err(), "{name:?}");
        }
    }
}
