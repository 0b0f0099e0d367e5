//! Which passwords the dialect takes, and how it words what it does not.

use provost_model::{CharacterKind, PasswordPolicy, Rule, Tenant};
use std::borrow::Cow;

/// The documented policy: 8 to 128 characters with one of each kind, beginning with nothing usual, and without the names of the mailbox
/// and its domain.
const DOCUMENTED: PasswordPolicy = PasswordPolicy {
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

/// The documented policy, with the tenant's own minimum if it has one.
pub(crate) fn of(tenant: &Tenant) -> PasswordPolicy {
    let mut policy = DOCUMENTED;
    if let Some(minimum) = tenant.settings.password_min_length {
        policy.min_length = minimum;
    }
    policy
}

/// The text for a password that breaks a rule.
pub(crate) fn refusal(rule: &Rule) -> String {
    match rule {
        Rule::Empty => "Required".to_owned(),
        Rule::TooShort { min } => format!("Minimum length is {min}"),
        Rule::TooLong { max } => format!("Maximum length is {max}"),
        Rule::Missing(kind) => format!(
            "Should contain at least one {}",
            match kind {
                CharacterKind::Digit => "digit",
                CharacterKind::Upper => "capital letter",
                CharacterKind::Lower => "lower case letter",
                CharacterKind::Special => "special character",
            }
        ),
        Rule::Guessable => {
            "Should not start with pass, abc, 123 or the first 3 letters of the username, \
            nor contain the username or the second-level domain"
                .to_owned()
        }
        other => format!("Password {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use provost_model::PasswordContext;

    /// A password that keeps all rules for the mailbox `john.smith` of `test.com`.
    const GOOD: &str = "Qz7-mmm-Kw";

    fn broken(password: &str) -> Option<Rule> {
        let context = PasswordContext {
            login: Some("john.smith@test.com"),
            domain: Some("test.com"),
        };
        let checked = DOCUMENTED.check(password, &context);
        checked.err().map(|violation| violation.rule)
    }

    #[test]
    fn a_good_password_is_taken() {
        assert_eq!(broken(GOOD), None);
    }

    proptest! {
        #[test]
        fn fewer_than_eight_or_more_than_128_characters_are_refused(length in 0_usize..300) {
            let password: String = GOOD.chars().cycle().take(length).collect();
            let expected = match length {
                0..8 => Some(Rule::TooShort { min: 8 }),
                8..=128 => None,
                _ => Some(Rule::TooLong { max: 128 }),
            };
            prop_assert_eq!(broken(&password), expected);
        }

        #[test]
        fn each_kind_of_character_is_needed(rest in "[mkw]{6,20}", left_out in 0_usize..4) {
            let kinds = [("7", CharacterKind::Digit), ("Q", CharacterKind::Upper), ("z", CharacterKind::Lower), ("-", CharacterKind::Special)];
            let (_, missing) = kinds[left_out];
            let filler = if missing == CharacterKind::Lower { rest.to_uppercase() } else { rest };
            let some: String = kinds.iter().filter(|(_, kind)| *kind != missing).map(|(text, _)| *text).collect();
            // an underscore is no special character
            prop_assert_eq!(broken(&format!("{some}{filler}__")), Some(Rule::Missing(missing)));
        }

        #[test]
        fn usual_beginnings_are_refused_in_any_case(
            begin in prop::sample::select(vec!["pass", "Pass", "PASS", "abc", "aBC", "123", "joh", "JOH", "John"]),
            rest in "[mkw]{0,20}",
        ) {
            prop_assert_eq!(broken(&format!("{begin}{GOOD}{rest}")), Some(Rule::Guessable));
            // elsewhere they are fine, but for the whole name
            prop_assert_eq!(broken(&format!("{GOOD}{rest}{begin}")), None);
        }

        #[test]
        fn names_are_refused_wherever_they_stand(
            name in prop::sample::select(vec!["test", "TEST", "Test", "john.smith", "John.SMITH"]),
            before in "[mkw]{1,9}",
            after in "[mkw]{0,9}",
        ) {
            prop_assert_eq!(broken(&format!("{before}{name}{after}{GOOD}")), Some(Rule::Guessable));
        }

        #[test]
        fn any_password_is_judged_without_a_panic(password in any::<String>()) {
            let _ = broken(&password).as_ref().map(refusal);
        }
    }
}
