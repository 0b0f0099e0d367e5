//! What is written down of every change: one audit entry, and one event with the same id.

use crate::{EntryId, TenantId, Timestamp};

/// An audit entry. It never holds a secret: values of passwords and tokens are not details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, which is its event's too; ordered by time.
    pub id: EntryId,
    /// When the change was asked for.
    pub at: Timestamp,
    /// The tenant, or [`Entry::DEPLOYMENT`] for what concerns all of them.
    pub tenant: TenantId,
    /// Who did it: a kind and a name, such as `user:admin` or `key:shop`.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// What it was done to.
    pub subject: Subject,
    /// Further facts as a JSON object, such as the names of the changed fields.
    pub details: serde_json::Map<String, serde_json::Value>,
    /// The request that asked for it.
    pub request: String,
}

impl Entry {
    /// Stands for the deployment where a tenant is wanted. No tenant has this id.
    pub const DEPLOYMENT: TenantId = TenantId(0);
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its public id or name: a login, a group's id, a domain.
    pub name: String,
    /// The user's or group's number in the tenant, if it has one.
    pub number: Option<i64>,
}

impl Subject {
    /// A subject that has a name alone.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            number: None,
        }
    }
}

/// An audit entry or event as it was written, perhaps by another version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct StoredEntry {
    /// Its id.
    #[serde(serialize_with = "hyphenated")]
    pub id: EntryId,
    /// When the change was asked for.
    #[serde(serialize_with = "microseconds")]
    pub at: Timestamp,
    /// The tenant, or [`Entry::DEPLOYMENT`].
    #[serde(skip)]
    pub tenant: TenantId,
    /// Who did it; events do not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The action's name.
    pub action: String,
    /// The subject's name.
    pub subject: String,
    /// Further facts, a JSON object.
    #[serde(serialize_with = "object")]
    pub details: String,
    /// The request that asked for it; events do not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

fn hyphenated<S: serde::Serializer>(id: &EntryId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&id.0)
}

fn microseconds<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(at.0)
}

fn object<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    serde::Serialize::serialize(&value, serializer)
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The kinds of changes. The name is what audit and events show.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// The action's name, such as `user.created`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

actions! {
    /// A tenant was made.
    TenantCreated = "tenant.created",
    /// A tenant's names, hosts or settings were changed.
    TenantChanged = "tenant.changed",
    /// A tenant was suspended.
    TenantSuspended = "tenant.suspended",
    /// A tenant was resumed.
    TenantResumed = "tenant.resumed",
    /// A tenant was deleted with all it held.
    TenantDeleted = "tenant.deleted",
    /// A mail domain was added.
    DomainAdded = "domain.added",
    /// A mail domain was removed.
    DomainRemoved = "domain.removed",
    /// A mail domain is to stay nobody's, so that users of many tenants may have addresses in it.
    DomainShared = "domain.shared",
    /// A mail domain is no longer to stay nobody's.
    DomainUnshared = "domain.unshared",
    /// Mail to an address is forwarded.
    ForwardSet = "forward.set",
    /// Mail to an address is forwarded no longer.
    ForwardRemoved = "forward.removed",
    /// A user was made.
    UserCreated = "user.created",
    /// Fields of a user were changed.
    UserChanged = "user.changed",
    /// A user's password was changed.
    UserPasswordChanged = "user.password_changed",
    /// A link was made by which a user may set its password.
    PasswordLinkIssued = "user.password_link_issued",
    /// A user was enabled.
    UserEnabled = "user.enabled",
    /// A user was disabled.
    UserDisabled = "user.disabled",
    /// All app passwords of a user were shut, so that its devices lose their hold and clear themselves.
    UserWiped = "user.wiped",
    /// A user was deleted.
    UserDeleted = "user.deleted",
    /// A user signed in; written at most once an hour for each user.
    UserSignedIn = "user.signed_in",
    /// A user was made an operator, or no longer one.
    OperatorChanged = "user.operator_changed",
    /// A group was made.
    GroupCreated = "group.created",
    /// A group's display name was changed.
    GroupChanged = "group.changed",
    /// A group was deleted.
    GroupDeleted = "group.deleted",
    /// A user became a member of a group.
    MemberAdded = "group.member_added",
    /// A user left a group.
    MemberRemoved = "group.member_removed",
    /// A user became an administrator of a group.
    GroupAdministratorAdded = "group.administrator_added",
    /// A user is no longer an administrator of a group.
    GroupAdministratorRemoved = "group.administrator_removed",
    /// An app password or API key was made.
    TokenCreated = "token.created",
    /// An app password got another secret.
    TokenRotated = "token.rotated",
    /// An app password or API key was revoked.
    TokenRevoked = "token.revoked",
    /// A device that was asked to clear itself has done so, and its app password ended.
    TokenWiped = "token.wiped",
    /// A mailbox was given a webmail account.
    WebmailCreated = "webmail.created",
    /// A webmail account was changed.
    WebmailChanged = "webmail.changed",
    /// A webmail account was deleted; the mailbox stays.
    WebmailDeleted = "webmail.deleted",
    /// What a mailbox does with its mail was changed: forwards, autoresponder, senders.
    MailboxChanged = "mailbox.changed",
    /// A webmail front end redeemed an authToken.
    AuthTokenRedeemed = "auth_token.redeemed",
    /// A preference of a user was set or deleted.
    PreferenceChanged = "preference.changed",
    /// A setting of an app was set or deleted.
    SettingChanged = "setting.changed",
    /// An app was enabled or disabled.
    AppChanged = "app.changed",
    /// A reseller was made.
    ResellerCreated = "reseller.created",
    /// A reseller was given a tenant, or lost one.
    ResellerAssigned = "reseller.assigned",
    /// A reseller's password was changed.
    ResellerPasswordChanged = "reseller.password_changed",
    /// A reseller was deleted.
    ResellerDeleted = "reseller.deleted",
    /// A partner had a tenant made for a customer.
    CustomerCreated = "customer.created",
    /// A partner ordered licences for a customer.
    OrderCreated = "order.created",
    /// An address was blocked after too many wrong passwords.
    ThrottleBlockBegan = "throttle.block_began",
    /// The block of an address ended.
    ThrottleBlockEnded = "throttle.block_ended",
}
