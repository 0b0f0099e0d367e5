//! Where a login name is looked for.

/// Where a name that somebody logs in with is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Realm {
    /// In the tenant of the request; else among operators and resellers.
    Here,
    /// In the tenant with this slug: `login@@slug`.
    Tenant(String),
    /// Among operators and resellers: `name@@`.
    Deployment,
}

impl Realm {
    /// The name and realm of what was typed.
    #[must_use]
    pub fn split(typed: &str) -> (&str, Self) {
        match typed.rsplit_once("@@") {
            None => (typed, Self::Here),
            Some((name, "")) => (name, Self::Deployment),
            Some((name, slug)) => (name, Self::Tenant(slug.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Realm;

    #[test]
    fn the_realm_stands_after_two_at_signs() {
        assert_eq!(Realm::split("alice"), ("alice", Realm::Here));
        assert_eq!(Realm::split("a@b.org"), ("a@b.org", Realm::Here));
        assert_eq!(Realm::split("root@@"), ("root", Realm::Deployment));
        assert_eq!(
            Realm::split("a@b.org@@acme"),
            ("a@b.org", Realm::Tenant("acme".to_owned()))
        );
    }
}
