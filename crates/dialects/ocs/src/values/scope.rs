//! Names of scopes.

use provost_model::{Field, Rule, Scope, Violation};

/// A scope's name.
pub(crate) const fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Private => "v2-private",
        Scope::Local => "v2-local",
        Scope::Federated => "v2-federated",
        Scope::Published => "v2-published",
    }
}

/// The scope with this name; older names and the empty one are taken too.
pub(crate) fn parse_scope(name: &str) -> Result<Scope, Violation> {
    match name {
        "v2-private" => Ok(Scope::Private),
        "v2-local" | "private" | "" => Ok(Scope::Local),
        "v2-federated" | "contacts" => Ok(Scope::Federated),
        "v2-published" | "public" => Ok(Scope::Published),
        _ => Err(Violation::new(Field::Scope, Rule::Unknown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_older_ones_are_taken() {
        for scope in [
            Scope::Private,
            Scope::Local,
            Scope::Federated,
            Scope::Published,
        ] {
            assert_eq!(parse_scope(scope_name(scope)), Ok(scope));
        }
        assert_eq!(parse_scope("public"), Ok(Scope::Published));
        assert!(parse_scope("bogus").is_err());
    }
}
