//! The mail identity.

use super::text::text_value;
use super::{DomainName, fold};
use crate::{Field, Rule, Violation};

/// A mail identity `local@domain`, kept as written and compared folded: the local part an RFC 5321 dot-atom of at most 64
/// octets, the domain a [`DomainName`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(Box<str>);

text_value!(Address);

impl Address {
    /// The most octets of the whole: RFC 5321's path of 256 without its angle brackets.
    pub const MAX_OCTETS: usize = 254;

    /// Reads a mail identity.
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`] and otherwise [`Rule::Malformed`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.is_empty() {
            return Err(Violation::new(Field::Address, Rule::Empty));
        }
        if text.len() > Self::MAX_OCTETS {
            return Err(Violation::new(
                Field::Address,
                Rule::TooLong {
                    max: Self::MAX_OCTETS,
                },
            ));
        }
        let whole = text
            .rsplit_once('@')
            .is_some_and(|(local, domain)| is_dot_atom(local) && DomainName::parse(domain).is_ok());
        if !whole {
            return Err(Violation::new(Field::Address, Rule::Malformed));
        }
        Ok(Self(text.into()))
    }

    /// The folded form that is compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }

    /// The part before the `@`, as written.
    #[must_use]
    pub fn local(&self) -> &str {
        self.split().0
    }

    /// The mail domain, in lower case.
    #[must_use]
    pub fn domain(&self) -> DomainName {
        DomainName::from_stored(self.split().1.to_ascii_lowercase())
    }

    fn split(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }
}

/// Whether the text is an RFC 5321 dot-atom of at most 64 octets.
pub(super) fn is_dot_atom(local: &str) -> bool {
    local.len() <= 64
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_key() {
        let address = Address::from_stored("Alice.B+tag@EXAMPLE.org".to_owned());
        assert_eq!(address.local(), "Alice.B+tag");
        assert_eq!(address.domain().as_str(), "example.org");
        assert_eq!(address.key(), "alice.b+tag@example.org");
    }

    #[test]
    fn dot_atoms_at_domains_pass() {
        let longest = format!("{}@example.org", "a".repeat(64));
        for text in [
            "a@b.c",
            "a!#$%&'*+/=?^_`{|}~-b@xn--bcher-kva.example",
            &longest,
        ] {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long_local = format!("{}@example.org", "a".repeat(65));
        let long = format!("a@{}.org", "b.".repeat(130));
        for text in [
            "",
            "nope",
            "a@",
            "@b.c",
            "a@localhost",
            ".a@b.c",
            "a.@b.c",
            "a..b@b.c",
            "a b@b.c",
            "a@b@c.d",
            "\"a\"@b.c",
            "üser@example.org",
            "a@bücher.example",
            "a@127.0.0.1",
            "a@b.c\n",
            &long_local,
            &long,
        ] {
            assert!(Address::parse(text).is_err(), "{text:?}");
        }
    }
}
