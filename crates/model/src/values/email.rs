//! What counts as an e-mail address where a dialect wants a real one.

use super::address::is_dot_atom;
use super::domain_name::is_label;

/// Whether the text is an e-mail address of the ordinary form, as PHP's `FILTER_VALIDATE_EMAIL` sees it: ASCII, a dot-atom
/// of at most 64 octets, and a domain of at least two labels; 254 octets at most. Quoted local parts and address literals,
/// which PHP takes too, are refused: nobody's mailbox is written so.
#[must_use]
pub fn is_email(text: &str) -> bool {
    text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            is_dot_atom(local) && domain.contains('.') && domain.split('.').all(is_label)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_answers_hold() {
        for text in [
            "alice@example.org",
            "Alice@EXAMPLE.org",
            "a+b@example.co.uk",
            "full@example.org",
        ] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "nope",
            "a@b",
            "a@localhost",
            "üser@example.org",
            "not-an-email",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn lengths_and_labels_are_limited() {
        for (local, domain, expected) in [(64, 63, true), (65, 63, false), (64, 64, false)] {
            let text = format!("{}@{}.org", "a".repeat(local), "b".repeat(domain));
            assert_eq!(is_email(&text), expected, "{text}");
        }
        for text in [
            " a@b.org", "a@b.org ", "a@-b.org", "a@b-.org", "a@b..org", "a@b.org.", "a@@b.org",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
