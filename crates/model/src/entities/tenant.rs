//! Tenants.

use crate::{ContextId, Slug, TenantId, Timestamp};
use serde::{Deserialize, Serialize};

/// A tenant: a customer with users, groups and domains of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its internal id.
    pub id: TenantId,
    /// Its short name in paths and commands.
    pub slug: Slug,
    /// The name that people see.
    pub name: String,
    /// Its integer id in Open-Xchange dialects.
    pub context_id: ContextId,
    /// Whether every login, token and key of it is refused.
    pub suspended: bool,
    /// Its settings.
    pub settings: TenantSettings,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Tenant {
    /// The slug of the tenant that exists from the first start.
    pub const DEFAULT: &'static str = "default";
}

/// Settings of a tenant; absent ones have the deployment's or the dialect's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TenantSettings {
    /// The quota of users whose own is `default`, in bytes; none means no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_quota: Option<u64>,
    /// The fewest characters of a password, instead of the dialect's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_min_length: Option<usize>,
    /// Whose habits the OCS dialect has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flavour: Option<Flavour>,
    /// Whether OCS clients may set any preference, not only those that the real server lets them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_preferences: Option<bool>,
    /// Whether a changed password revokes the user's app passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_change_revokes_tokens: Option<bool>,
    /// Whether new users without a password, and those for whom it is asked, get a welcome mail; on where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_mail: Option<bool>,
    /// Whether edits of users are counted and refused beyond the real server's limits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_edits: Option<bool>,
}

/// The two servers whose habits the OCS dialect can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flavour {
    /// Nextcloud's.
    #[default]
    Nextcloud,
    /// ownCloud's.
    Owncloud,
}
