//! Where the tables live on an engine that spreads them by the value of a column.

/// Where the rows of a table live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// All of them on every machine: few rows that change seldom and that every request may want.
    Everywhere,
    /// Each where the value of this column says: that of the tenant, so that its rows are together, or the thing that is unique in the
    /// whole deployment.
    By(&'static str),
}

use Placement::{By, Everywhere};

/// Every table.
pub(super) const PLACEMENTS: &[(&str, Placement)] = &[
    ("schema_migrations", Everywhere),
    ("tenants", Everywhere),
    ("tenant_slugs", Everywhere),
    ("tenant_contexts", Everywhere),
    ("tenant_hosts", Everywhere),
    ("domains", Everywhere),
    ("shared_mail_domains", Everywhere),
    ("resellers", Everywhere),
    ("reseller_tenants", Everywhere),
    ("account_names", Everywhere),
    ("server_keys", Everywhere),
    ("leases", Everywhere),
    ("unfinished_copies", Everywhere),
    ("unfinished_imports", Everywhere),
    ("users", By("tenant")),
    ("names", By("tenant")),
    ("user_search", By("tenant")),
    ("user_groups", By("tenant")),
    ("memberships", By("tenant")),
    ("group_counts", By("tenant")),
    ("group_administrators", By("tenant")),
    ("counters", By("tenant")),
    ("preferences", By("tenant")),
    ("app_settings", By("tenant")),
    ("apps", By("tenant")),
    ("welcome_mails", By("tenant")),
    ("mail_services", By("tenant")),
    ("external_ids", By("tenant")),
    ("context_forwards", By("tenant")),
    ("webmail_accounts", By("tenant")),
    ("mailboxes", By("tenant")),
    ("spent_auth_tokens", By("tenant")),
    ("dialect_values", By("tenant")),
    ("customers", By("partner")),
    ("orders", By("partner")),
    ("audit_entries", By("tenant")),
    ("audit_unsealed", By("tenant")),
    ("audit_seals", By("tenant")),
    ("events", By("tenant")),
    ("addresses", By("domain")),
    ("mailbox_counts", By("domain")),
    ("webmail_counts", By("domain")),
    ("msisdns", By("digits")),
    ("tokens", By("secret_hash")),
    ("password_links", By("secret_hash")),
];
