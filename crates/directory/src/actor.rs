//! Who asks.

use provost_model::{ResellerId, Tenant, TenantId, TokenId, TokenScope, UserNumber};

/// Who asks for something, and how far its credential reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who it is.
    pub kind: ActorKind,
    /// What its credential allows at most.
    pub scope: TokenScope,
    /// What kind of credential it showed.
    pub via: Via,
}

/// The kinds of actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// The command line on the server's own machine: it may do all that an operator may.
    CommandLine,
    /// The server itself, for what it does on its own account, such as sending a mail that waits.
    Server,
    /// A user's account, perhaps an administrator's or operator's.
    Account(Account),
    /// A reseller, in one of its tenants.
    Reseller {
        /// The reseller.
        id: ResellerId,
        /// Its name.
        name: String,
    },
    /// A credential of the server's settings, good for what one dialect lets it do in one tenant.
    Service {
        /// Its name.
        name: String,
    },
    /// An API key of the tenant.
    Key {
        /// The key.
        id: TokenId,
        /// Its name.
        name: String,
    },
}

/// The account of a user who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The tenant that the account belongs to; an operator may ask for another.
    pub tenant: TenantId,
    /// The user's number there.
    pub number: UserNumber,
    /// The user's login.
    pub login: String,
    /// Whether it is a member of its tenant's group of administrators.
    pub administrator: bool,
    /// Whether it operates the deployment.
    pub operator: bool,
}

/// What kind of credential was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// None: the actor is the command line.
    Shell,
    /// None: the actor is the server itself, or a user whom a link lets set its password.
    Nothing,
    /// The account's password.
    Password,
    /// An app password of the account.
    AppPassword(TokenId),
    /// An API key.
    ApiKey(TokenId),
}

impl Actor {
    /// The command line.
    pub const COMMAND_LINE: Self = Self {
        kind: ActorKind::CommandLine,
        scope: TokenScope::Operator,
        via: Via::Shell,
    };

    /// The server itself.
    pub const SERVER: Self = Self {
        kind: ActorKind::Server,
        scope: TokenScope::Operator,
        via: Via::Nothing,
    };

    /// The account, if the actor is a user.
    #[must_use]
    pub const fn account(&self) -> Option<&Account> {
        match &self.kind {
            ActorKind::Account(account) => Some(account),
            ActorKind::CommandLine
            | ActorKind::Server
            | ActorKind::Reseller { .. }
            | ActorKind::Service { .. }
            | ActorKind::Key { .. } => None,
        }
    }

    /// The account's number, if the actor is a user of this tenant.
    #[must_use]
    pub fn user_in(&self, tenant: TenantId) -> Option<UserNumber> {
        self.account()
            .filter(|account| account.tenant == tenant)
            .map(|account| account.number)
    }

    /// Whether it operates the deployment, with a credential that reaches so far.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.scope.includes(TokenScope::Operator)
            && match &self.kind {
                // only operators hand out keys that reach so far
                ActorKind::CommandLine | ActorKind::Server | ActorKind::Key { .. } => true,
                ActorKind::Account(account) => account.operator,
                ActorKind::Reseller { .. } | ActorKind::Service { .. } => false,
            }
    }

    /// Whether it administers the tenant. Resellers and keys are told apart from others' tenants when they are authenticated.
    #[must_use]
    pub fn is_administrator(&self, tenant: TenantId) -> bool {
        match &self.kind {
            ActorKind::CommandLine
            | ActorKind::Server
            | ActorKind::Reseller { .. }
            | ActorKind::Service { .. }
            | ActorKind::Key { .. } => true,
            ActorKind::Account(account) => {
                account.operator || (account.administrator && account.tenant == tenant)
            }
        }
    }

    /// The actor in the audit: a kind and a name.
    #[must_use]
    pub fn label(&self, tenant: &Tenant) -> String {
        match &self.kind {
            ActorKind::CommandLine => "command-line".to_owned(),
            ActorKind::Server => "server".to_owned(),
            ActorKind::Account(account) if account.tenant == tenant.id => {
                format!("user:{}", account.login)
            }
            ActorKind::Account(account) => format!("operator:{}", account.login),
            ActorKind::Reseller { name, .. } => format!("reseller:{name}"),
            ActorKind::Service { name } => format!("service:{name}"),
            ActorKind::Key { name, .. } => format!("key:{name}"),
        }
    }
}
