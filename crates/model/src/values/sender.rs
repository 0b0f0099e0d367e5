//! Whom mail comes from.

use super::text::text_value;
use super::{Address, DomainName, fold};
use crate::{Field, Rule, Violation};

/// Senders whose mail is treated alike: one address, or all of a domain, written `@example.org`. Compared folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sender(Box<str>);

text_value!(Sender);

impl Sender {
    /// Reads a sender.
    ///
    /// # Errors
    /// [`Rule::Malformed`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let good = match text.strip_prefix('@') {
            Some(domain) => DomainName::parse(domain).is_ok(),
            None => Address::parse(text).is_ok(),
        };
        if good {
            Ok(Self(text.into()))
        } else {
            Err(Violation::new(Field::Sender, Rule::Malformed))
        }
    }

    /// The folded form that is compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Sender;

    #[test]
    fn addresses_and_domains_behind_an_at_sign_pass() {
        for text in ["mb1-white@somedomain.com", "@Domain.example"] {
            assert!(Sender::parse(text).is_ok(), "{text}");
        }
        for text in ["", "@", "somedomain.com", "@localhost", "a@b@c.d", "@@a.b"] {
            assert!(Sender::parse(text).is_err(), "{text:?}");
        }
    }
}
