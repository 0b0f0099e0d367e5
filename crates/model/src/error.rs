//! The one error of the directory. It says what is wrong, never how a transport words it.

use crate::Violation;

/// Shorthand for results of the directory.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the directory refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value breaks a rule. Nothing was changed.
    #[error("{0}")]
    Invalid(Violation),
    /// There is no such thing in the tenant.
    #[error("no such {}", .0.name())]
    Unknown(Noun),
    /// The thing exists in the tenant, but not for this actor. Dialects that hide existence answer as for [`Error::Unknown`].
    #[error("{} is out of reach", .0.name())]
    OutOfReach(Noun),
    /// Something that must be unique is taken already. It never says by whom.
    #[error("{} is taken", .0.name())]
    Taken(Noun),
    /// The actor lacks a right.
    #[error("{0}")]
    Forbidden(Denial),
    /// The change would break something that must always hold.
    #[error("{0}")]
    Protected(Protection),
    /// An error about one of several things that a request names.
    #[error("{name}: {error}")]
    About {
        /// The thing's name as the request has it.
        name: String,
        /// What is wrong with it.
        error: Box<Error>,
    },
    /// The store cannot serve just now: it is busy, full or unreachable. The same request may succeed later; nothing was changed, unless
    /// the reason says that this is not known.
    #[error("the directory is unavailable: {0}")]
    Unavailable(&'static str),
    /// Two transactions were in each other's way. The store retries it; it leaves the store only inside [`Error::Unavailable`].
    #[error("the transaction has to be repeated")]
    Serialization,
    /// A fault of the program or of the database. The text is for the log, never for a client.
    #[error("internal fault: {0}")]
    Internal(String),
}

impl Error {
    /// The same error, about the thing with this name.
    #[must_use]
    pub fn about(self, name: impl Into<String>) -> Self {
        Self::About {
            name: name.into(),
            error: Box::new(self),
        }
    }

    /// A fault of the program or the database, from whatever caused it.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(violation)
    }
}

/// The things of the directory that can be missing, out of reach or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noun {
    /// A tenant.
    Tenant,
    /// A tenant's slug.
    Slug,
    /// A tenant's context id.
    ContextId,
    /// A host name that leads to a tenant.
    Host,
    /// A mail domain.
    Domain,
    /// A user.
    User,
    /// A user's login.
    Login,
    /// A mail identity.
    Address,
    /// A phone login alias.
    Msisdn,
    /// A mail domain that users of many tenants may have addresses in.
    SharedDomain,
    /// Where mail to an address goes besides a mailbox.
    Forward,
    /// The webmail account of a mailbox.
    Webmail,
    /// A token that a webmail front end redeems for who logs in.
    AuthToken,
    /// A group.
    Group,
    /// A group that a user is to administer.
    AdministeredGroup,
    /// The membership of a user in a group.
    Membership,
    /// The administration of a group by a user.
    GroupAdministration,
    /// An app password or API key.
    Token,
    /// An app.
    App,
    /// A reseller.
    Reseller,
    /// The name of a reseller or operator.
    AccountName,
    /// A preference of a user.
    Preference,
    /// A setting of an app.
    Setting,
    /// A partner's customer.
    Customer,
    /// A partner's order.
    Order,
}

impl Noun {
    /// The noun in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Slug => "slug",
            Self::ContextId => "context id",
            Self::Host => "host",
            Self::Domain => "domain",
            Self::User => "user",
            Self::Login => "login",
            Self::Address => "address",
            Self::Msisdn => "msisdn",
            Self::SharedDomain => "shared mail domain",
            Self::Forward => "forward",
            Self::Webmail => "webmail account",
            Self::AuthToken => "authToken",
            Self::Group => "group",
            Self::AdministeredGroup => "group to administer",
            Self::Membership => "membership",
            Self::GroupAdministration => "group administration",
            Self::Token => "token",
            Self::App => "app",
            Self::Reseller => "reseller",
            Self::AccountName => "account name",
            Self::Preference => "preference",
            Self::Setting => "setting",
            Self::Customer => "customer",
            Self::Order => "order",
        }
    }
}

/// The rights that an actor can lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denial {
    /// Only administrators of the tenant may.
    #[error("only an administrator of the tenant may do this")]
    NotAdministrator,
    /// Only operators of the deployment may.
    #[error("only an operator may do this")]
    NotOperator,
    /// Only administrators and group administrators may.
    #[error("only an administrator or a group administrator may do this")]
    NotGroupAdministrator,
    /// The group is not administered by the actor.
    #[error("the group is not administered by this account")]
    GroupNotAdministered,
    /// A group administrator has to name a group for a new user.
    #[error("a group administrator has to name a group")]
    GroupRequired,
    /// A group administrator may appoint others for its own groups alone.
    #[error("group administrators may be appointed for administered groups alone")]
    MayNotAppoint,
    /// A group administrator may not take a user out of the last group that it administers it through.
    #[error("the user would leave the last group that this account administers")]
    LastAdministeredGroup,
    /// An actor may not take itself out of the group that gives it its rights.
    #[error("an account may not take itself out of a group that gives it its rights")]
    OwnRights,
    /// An actor may not do this to its own account.
    #[error("an account may not do this to itself")]
    OwnAccount,
    /// The field may not be changed by this actor.
    #[error("this field may not be changed by this account")]
    Field,
    /// Only operators, and the account itself, may change an operator.
    #[error("only an operator may change an operator's account")]
    OperatorAccount,
    /// The owner of a mailbox may not change the type of its webmail account.
    #[error("upgrades of this webmail account are not allowed")]
    Upgrade,
    /// The key or token has too small a scope.
    #[error("the scope of the key is too small")]
    Scope,
    /// The tenant is suspended.
    #[error("the tenant is suspended")]
    Suspended,
}

/// What a change would have broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Protection {
    /// A tenant keeps at least one enabled administrator.
    #[error("the last administrator of a tenant cannot be deleted, disabled or demoted")]
    LastAdministrator,
    /// The deployment keeps at least one enabled operator.
    #[error("the last operator cannot be deleted, disabled or demoted")]
    LastOperator,
    /// The group of administrators stays.
    #[error("the group of administrators cannot be deleted")]
    AdministratorsGroup,
    /// Nobody administers the group of administrators but its members.
    #[error("the group of administrators has no group administrators")]
    AdministratorsGroupAdministration,
    /// A domain cannot be added while users of other tenants hold addresses in it, nor removed while its own do.
    #[error("the domain still has addresses")]
    DomainInUse,
    /// The tenant `default` stays.
    #[error("the tenant `default` cannot be deleted")]
    DefaultTenant,
    /// A domain has no more webmail accounts of a type than the site sells it.
    #[error("the domain has as many webmail accounts of this type as it may")]
    WebmailLimit,
    /// A webmail account's type cannot be one whose quota is smaller than what the mailbox holds.
    #[error("the mailbox holds more than this type allows")]
    UsageAboveQuota,
    /// Some apps cannot be disabled.
    #[error("the app is always on")]
    AlwaysOn,
}
