//! The name of a mail domain.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// A domain name with at least one dot: ASCII letters, digits and hyphens, in lower case, at most 253 characters. Its last
/// label is not a number (RFC 3696, section 2), so that no IPv4 address passes for a domain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DomainName(Box<str>);

text_value!(DomainName);

impl DomainName {
    /// The most characters of a domain name.
    pub const MAX_CHARACTERS: usize = 253;

    /// Reads a domain name and puts it into lower case. Internationalised names come in their ASCII form (`xn--…`).
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`] and otherwise [`Rule::Malformed`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let text = parse_labels(Field::Domain, text)?;
        let numeric_end = text
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
        if !text.contains('.') || numeric_end {
            return Err(Violation::new(Field::Domain, Rule::Malformed));
        }
        Ok(Self(text.into()))
    }
}

/// Labels with dots between them, in lower case.
pub(super) fn parse_labels(field: Field, text: &str) -> Result<String, Violation> {
    let max = DomainName::MAX_CHARACTERS;
    if text.is_empty() {
        return Err(Violation::new(field, Rule::Empty));
    }
    if text.len() > max {
        return Err(Violation::new(field, Rule::TooLong { max }));
    }
    if !text.split('.').all(is_label) {
        return Err(Violation::new(field, Rule::Malformed));
    }
    Ok(text.to_ascii_lowercase())
}

/// Whether the text is one label of a host name (RFC 1123): letters, digits and inner hyphens, at most 63.
pub(super) fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_into_lower_case() {
        for (text, kept) in [
            ("Example.ORG", "example.org"),
            ("a-b.xn--p1ai", "a-b.xn--p1ai"),
            ("1.example", "1.example"),
        ] {
            assert_eq!(
                DomainName::parse(text).map(|name| name.to_string()),
                Ok(kept.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        let long_label = format!("{}.org", "a".repeat(64));
        let long = format!("{}org", "a.".repeat(126));
        for text in [
            "",
            "localhost",
            "a..b",
            ".a.b",
            "a.b.",
            "-a.b",
            "a-.b",
            "a_b.c",
            "a b.c",
            "127.0.0.1",
            "bücher.example",
            &long_label,
            &long,
        ] {
            assert!(DomainName::parse(text).is_err(), "{text:?}");
        }
    }
}
