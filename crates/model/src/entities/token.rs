//! App passwords and API keys.

use crate::{TenantId, Timestamp, TokenId, UserNumber};

/// A token as it is listed: never with its secret, of which the store holds the SHA-256 alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// The tenant it opens.
    pub tenant: TenantId,
    /// What kind it is, and whose.
    pub kind: TokenKind,
    /// The name that people gave it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its device was asked to clear itself; from then on the token opens nothing.
    pub wiped_at: Option<Timestamp>,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A password for one app or device of a user.
    AppPassword(UserNumber),
    /// A key of the tenant.
    ApiKey,
}

/// What a token may do. Each includes those before it, [`TokenScope::Partner`] apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenScope {
    /// Read.
    Read,
    /// Users, groups and mailboxes, but not making administrators. The default of API keys.
    Provision,
    /// All that a tenant's administrator may.
    Admin,
    /// All that an operator may.
    Operator,
    /// Customers and orders alone. Only operators give it.
    Partner,
}

impl TokenScope {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Provision,
        Self::Admin,
        Self::Operator,
        Self::Partner,
    ];

    /// The scope's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Provision => "provision",
            Self::Admin => "admin",
            Self::Operator => "operator",
            Self::Partner => "partner",
        }
    }

    /// The scope with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// Whether a holder of this scope may do what asks for `wanted`.
    #[must_use]
    pub fn includes(self, wanted: Self) -> bool {
        match (self, wanted) {
            (Self::Partner, Self::Partner) => true,
            (Self::Partner, _) | (_, Self::Partner) => false,
            (held, wanted) => held >= wanted,
        }
    }
}
