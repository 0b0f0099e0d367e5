//! What a new password must be like.

use super::common_password::is_common;
use crate::{CharacterKind, Field, Rule, Violation};
use std::borrow::Cow;

/// The rules for new passwords. Dialects have one as a constant each; a tenant's own overrides them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The fewest characters.
    pub min_length: usize,
    /// The most characters.
    pub max_length: usize,
    /// The most bytes, where the dialect counts them.
    pub max_bytes: Option<usize>,
    /// Whether the most common passwords are refused, in any case of letters.
    pub forbid_common: bool,
    /// The kinds of characters of which there must be one each.
    pub need: Cow<'static, [CharacterKind]>,
    /// What a password may not begin with, in any case of letters.
    pub forbid_prefixes: Cow<'static, [Cow<'static, str>]>,
    /// Whether a password may neither hold the user's name or the name of its mail domain nor begin with the first three letters
    /// of the user's name, in any case of letters.
    pub forbid_names: bool,
}

/// What a policy has to know about the user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PasswordContext<'a> {
    /// The login; what stands before an `@` counts as the user's name.
    pub login: Option<&'a str>,
    /// The mail domain.
    pub domain: Option<&'a str>,
}

impl PasswordPolicy {
    /// OCS's policy as recorded: 10 characters, at most 469 bytes, none of the most common ones. It is also that of the command
    /// line and the web pages.
    pub const OCS: Self = Self {
        min_length: 10,
        max_length: 469,
        max_bytes: Some(469),
        forbid_common: true,
        need: Cow::Borrowed(&[]),
        forbid_prefixes: Cow::Borrowed(&[]),
        forbid_names: false,
    };

    /// Checks a new password. The first rule it breaks is told, in this order: too long, common (with too short, if it is that
    /// too), too short, characters missing, guessable.
    ///
    /// # Errors
    /// [`Rule::TooLong`], [`Rule::Common`], [`Rule::TooShort`], [`Rule::Missing`], [`Rule::Guessable`], of [`Field::Password`].
    pub fn check(&self, password: &str, context: &PasswordContext<'_>) -> Result<(), Violation> {
        match self.broken(password, context) {
            Some(rule) => Err(Violation::new(Field::Password, rule)),
            None => Ok(()),
        }
    }

    fn broken(&self, password: &str, context: &PasswordContext<'_>) -> Option<Rule> {
        let characters = password.chars().count();
        let min = self.min_length;
        if let Some(max) = self.max_bytes.filter(|max| password.len() > *max) {
            return Some(Rule::TooLong { max });
        }
        if characters > self.max_length {
            let max = self.max_length;
            return Some(Rule::TooLong { max });
        }
        if self.forbid_common && is_common(password) {
            let too_short = (characters < min).then_some(min);
            return Some(Rule::Common { too_short });
        }
        if characters < min {
            return Some(Rule::TooShort { min });
        }
        if let Some(kind) = self.need.iter().find(|kind| !holds(password, **kind)) {
            return Some(Rule::Missing(*kind));
        }
        self.guessable(&password.to_lowercase(), context)
            .then_some(Rule::Guessable)
    }

    fn guessable(&self, lower: &str, context: &PasswordContext<'_>) -> bool {
        let begins = |prefix: &Cow<'static, str>| lower.starts_with(&prefix.to_lowercase());
        if self.forbid_prefixes.iter().any(begins) {
            return true;
        }
        self.forbid_names
            && (context.user_name().is_some_and(|name| {
                lower.contains(&name)
                    || lower.starts_with(&name.chars().take(3).collect::<String>())
            }) || context
                .domain_label()
                .is_some_and(|label| lower.contains(&label)))
    }
}

impl PasswordContext<'_> {
    /// The shortest name that is looked for: shorter ones are in passwords by chance.
    const SHORTEST_NAME: usize = 3;

    fn user_name(&self) -> Option<String> {
        let login = self.login?;
        let name = login.rsplit_once('@').map_or(login, |(name, _)| name);
        Some(name.to_lowercase()).filter(|name| name.chars().count() >= Self::SHORTEST_NAME)
    }

    /// The label that names the domain's owner: the second from the right, or the third where the second is as short as in
    /// `example.co.uk`.
    fn domain_label(&self) -> Option<String> {
        let mut labels = self.domain?.rsplit('.').skip(1);
        let label = labels.find(|label| label.len() > Self::SHORTEST_NAME)?;
        Some(label.to_lowercase())
    }
}

fn holds(password: &str, kind: CharacterKind) -> bool {
    password.chars().any(|c| match kind {
        CharacterKind::Digit => c.is_ascii_digit(),
        CharacterKind::Upper => c.is_uppercase(),
        CharacterKind::Lower => c.is_lowercase(),
        CharacterKind::Special => !c.is_alphanumeric() && c != '_',
    })
}
