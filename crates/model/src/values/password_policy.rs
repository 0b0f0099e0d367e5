//! What a new password must be like.

use super::common_password::is_common;
use crate::{CharacterKind, Field, Rule, Violation};
use std::borrow::Cow;

/// The labels under which registries of countries give out names, so that the owner's stands before them.
const REGISTRY_LABELS: &[&str] = &[
    "ac", "co", "com", "edu", "go", "gov", "gv", "ltd", "ne", "net", "or", "org", "plc",
];

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
        // what is written in C would read only what stands before it
        if password.contains('\0') {
            return Some(Rule::Characters);
        }
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

    /// The label that names the domain's owner: the second from the right, or the third where the second is the registry's own,
    /// as in `example.co.uk`.
    fn domain_label(&self) -> Option<String> {
        let mut labels = self.domain?.rsplit('.').skip(1);
        let label = labels.find(|label| !REGISTRY_LABELS.contains(label))?;
        Some(label.to_lowercase()).filter(|label| label.len() >= Self::SHORTEST_NAME)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_in_no_password() {
        let context = PasswordContext::default();
        for policy in [&PasswordPolicy::OCS, &MAILBOX] {
            assert_eq!(
                policy.check("Qz7-mmm-Kw\0wonders", &context),
                Err(Violation::new(Field::Password, Rule::Characters))
            );
        }
    }

    const MAILBOX: PasswordPolicy = PasswordPolicy {
        min_length: 8,
        max_length: 128,
        max_bytes: None,
        forbid_common: false,
        need: Cow::Borrowed(&[
            CharacterKind::Digit,
            CharacterKind::Upper,
            CharacterKind::Lower,
            CharacterKind::Special,
        ]),
        forbid_prefixes: Cow::Borrowed(&[
            Cow::Borrowed("pass"),
            Cow::Borrowed("abc"),
            Cow::Borrowed("123"),
        ]),
        forbid_names: true,
    };

    fn rule(policy: &PasswordPolicy, password: &str) -> Option<Rule> {
        let context = PasswordContext {
            login: Some("Robert@mail.Example.co.uk"),
            domain: Some("mail.Example.co.uk"),
        };
        policy
            .check(password, &context)
            .err()
            .map(|violation| violation.rule)
    }

    #[test]
    fn recorded_answers_of_ocs_hold() {
        let (min, max) = (10, 469);
        for (password, expected) in [
            ("", Some(Rule::TooShort { min })),
            (
                "short",
                Some(Rule::Common {
                    too_short: Some(min),
                }),
            ),
            ("administrator", Some(Rule::Common { too_short: None })),
            ("passwordpassword", Some(Rule::Common { too_short: None })),
            ("Correct-Horse-77", None),
            ("Patched-Pass-11", None),
            ("New-Correct-88", None),
            (&"aB3-".repeat(117), None),
            (&"aB3-".repeat(118), Some(Rule::TooLong { max })),
            (&"x".repeat(470), Some(Rule::TooLong { max })),
            (&"ü".repeat(235), Some(Rule::TooLong { max })),
        ] {
            assert_eq!(rule(&PasswordPolicy::OCS, password), expected, "{password}");
        }
    }

    #[test]
    fn kinds_of_characters_are_asked_for() {
        for (password, expected) in [
            ("Xy7-abcd", None),
            ("Xy7-abc", Some(Rule::TooShort { min: 8 })),
            ("Xyz-abcd", Some(Rule::Missing(CharacterKind::Digit))),
            ("xy7-abcd", Some(Rule::Missing(CharacterKind::Upper))),
            ("XY7-ABCD", Some(Rule::Missing(CharacterKind::Lower))),
            ("Xy7_abcd", Some(Rule::Missing(CharacterKind::Special))),
            (&"Xy7-".repeat(33), Some(Rule::TooLong { max: 128 })),
        ] {
            assert_eq!(rule(&MAILBOX, password), expected, "{password}");
        }
    }

    #[test]
    fn prefixes_and_names_are_found_in_any_case() {
        for password in [
            "Pass-7xyz",
            "ABC-7xyz",
            "123-Axyz",
            "Rob-7xyz",
            "xY7-rObErt",
            "xY7-EXAMPLE",
        ] {
            assert_eq!(
                rule(&MAILBOX, password),
                Some(Rule::Guessable),
                "{password}"
            );
        }
        assert_eq!(rule(&MAILBOX, "xY7-Rob-mail.co.uk"), None);
    }

    #[test]
    fn the_owner_of_the_domain_is_found_behind_the_registry() {
        for (domain, guessable) in [
            ("acme.example", true),
            ("mx.acme.org", true),
            ("acme.ac.at", true),
            ("acme.com", true),
            ("acme.mail.com", false),
            ("com", false),
        ] {
            let context = PasswordContext {
                login: None,
                domain: Some(domain),
            };
            let checked = MAILBOX.check("Xy7-acme", &context);
            assert_eq!(checked.is_err(), guessable, "{domain}");
        }
    }

    #[test]
    fn short_names_are_no_reason_to_refuse() {
        let context = PasswordContext {
            login: Some("a@b.de"),
            domain: Some("b.de"),
        };
        assert_eq!(MAILBOX.check("Xy7-abcd", &context), Ok(()));
    }
}
