//! What a mailbox does with its mail.

use crate::{Address, Field, Rule, Sender, Violation};

/// What is set for a mailbox beside the fields of its user. A mailbox for which nothing was set has the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxSettings {
    /// Whether it is called a master account; a value of the Hostway dialect, not a right.
    pub master: bool,
    /// How many bytes it holds, as the mail servers last told.
    pub usage: u64,
    /// What is answered to incoming mail.
    pub autoresponder: Autoresponder,
    /// Senders whose mail is always taken or never, in the order they were added.
    pub senders: Vec<(Sender, Verdict)>,
    /// Where mail goes besides, in the order they were added.
    pub forwards: Vec<Address>,
}

impl MailboxSettings {
    /// The most senders, and the most forwards, of a mailbox.
    pub const MAX_LISTED: usize = 1000;
}

/// What is answered to incoming mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Autoresponder {
    subject: String,
    body: String,
    /// Whether it answers.
    pub active: bool,
}

impl Autoresponder {
    /// The most characters of a subject: RFC 5322's line without the name of its header.
    pub const MAX_SUBJECT: usize = 989;
    /// The most characters of a text.
    pub const MAX_BODY: usize = 65_536;

    /// An answer with this subject and text.
    ///
    /// # Errors
    /// [`Rule::TooLong`]; [`Rule::Characters`] for control characters in the subject, or NUL in the text.
    pub fn parse(subject: &str, body: &str, active: bool) -> Result<Self, Violation> {
        let broken = |rule| Err(Violation::new(Field::Autoresponder, rule));
        for (text, max) in [(subject, Self::MAX_SUBJECT), (body, Self::MAX_BODY)] {
            if text.chars().count() > max {
                return broken(Rule::TooLong { max });
            }
        }
        if subject.chars().any(char::is_control) || body.contains('\0') {
            return broken(Rule::Characters);
        }
        Ok(Self::from_stored(
            subject.to_owned(),
            body.to_owned(),
            active,
        ))
    }

    /// The answer as read back from the store.
    #[must_use]
    pub const fn from_stored(subject: String, body: String, active: bool) -> Self {
        Self {
            subject,
            body,
            active,
        }
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The text.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
}

/// What becomes of a sender's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is always taken.
    Take,
    /// It is never taken.
    Refuse,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_for_texts_alone() {
        assert!(Autoresponder::parse("Away", "I am away.\r\nWrite later.", true).is_ok());
        assert!(Autoresponder::parse("", "", false).is_ok());
        for (subject, body) in [
            ("Away\r\nBcc: a@b.c", ""),
            ("", "a\0b"),
            (&*"x".repeat(990), ""),
            ("", &*"x".repeat(65_537)),
        ] {
            assert!(Autoresponder::parse(subject, body, true).is_err());
        }
    }
}
