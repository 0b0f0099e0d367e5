//! Logins that name their tenant, or none.

use provost_model::Slug;

/// Between a login and the tenant that it is to be looked for in.
const SEPARATOR: &str = "@@";

/// A login as it was sent, its suffix read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginName {
    /// The login without the suffix.
    pub name: String,
    /// Where to look for it.
    pub realm: Realm,
}

/// Where a login is to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Realm {
    /// Among the users of the request's tenant, then among the accounts of the deployment.
    Here,
    /// Among the users of the tenant with this slug alone.
    Tenant(Slug),
    /// Among the operators and resellers alone.
    Deployment,
}

impl LoginName {
    /// Reads `login@@slug` and `name@@`. Any other text, and a suffix that cannot be a slug, is a plain login.
    #[must_use]
    pub fn parse(login: &str) -> Self {
        match login.rsplit_once(SEPARATOR) {
            Some((name, suffix)) if !name.is_empty() => match (suffix, Slug::parse(suffix)) {
                ("", _) => Self::new(name, Realm::Deployment),
                (_, Ok(slug)) => Self::new(name, Realm::Tenant(slug)),
                (_, Err(_)) => Self::new(login, Realm::Here),
            },
            _ => Self::new(login, Realm::Here),
        }
    }

    fn new(name: &str, realm: Realm) -> Self {
        Self {
            name: name.to_owned(),
            realm,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tenant(slug: &str) -> Realm {
        Realm::Tenant(Slug::parse(slug).unwrap())
    }

    fn here(name: &str) -> LoginName {
        LoginName::new(name, Realm::Here)
    }

    #[test]
    fn suffixes_name_the_realm() {
        assert_eq!(LoginName::parse("ann"), here("ann"));
        assert_eq!(LoginName::parse("ann@example.org"), here("ann@example.org"));
        assert_eq!(
            LoginName::parse("ann@example.org@@Acme-1"),
            LoginName::new("ann@example.org", tenant("Acme-1"))
        );
        assert_eq!(
            LoginName::parse("root@@"),
            LoginName::new("root", Realm::Deployment)
        );
    }

    #[test]
    fn the_last_separator_counts() {
        assert_eq!(
            LoginName::parse("a@@b@@c"),
            LoginName::new("a@@b", tenant("c"))
        );
    }

    #[test]
    fn what_cannot_be_a_slug_or_a_name_is_a_plain_login() {
        let too_long = format!("a@@{}", "s".repeat(64));
        for login in ["a@@b.c", "@@acme", "@@", "a@@ü", too_long.as_str()] {
            assert_eq!(LoginName::parse(login), here(login));
        }
    }

    proptest! {
        #[test]
        fn a_name_survives_its_suffix(name in ".+", slug in "[A-Za-z0-9-]{1,63}") {
            prop_assert_eq!(
                LoginName::parse(&format!("{name}@@{slug}")),
                LoginName::new(&name, tenant(&slug))
            );
        }
    }
}
