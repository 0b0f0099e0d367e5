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
