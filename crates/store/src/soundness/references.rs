//! Rows refer to users, groups and tenants that are there. Rows of a deleted tenant are cleared away later, and are no defect.

use crate::{Sql, statements};

macro_rules! without_user {
    ($table:literal) => {
        concat!(
            "SELECT 'tenant ' || CAST(r.tenant AS TEXT) || ', user ' || CAST(r.user_number AS TEXT), COUNT(*) OVER () FROM ",
            $table,
            " r WHERE r.user_number IS NOT NULL AND EXISTS (SELECT 1 FROM tenants t WHERE t.id = r.tenant) \
             AND NOT EXISTS (SELECT 1 FROM users u WHERE u.tenant = r.tenant AND u.number = r.user_number) LIMIT $1"
        )
    };
}

macro_rules! without_group {
    ($table:literal) => {
        concat!(
            "SELECT 'tenant ' || CAST(r.tenant AS TEXT) || ', group ' || CAST(r.group_number AS TEXT), COUNT(*) OVER () FROM ",
            $table,
            " r WHERE EXISTS (SELECT 1 FROM tenants t WHERE t.id = r.tenant) \
             AND NOT EXISTS (SELECT 1 FROM user_groups g WHERE g.tenant = r.tenant AND g.number = r.group_number) LIMIT $1"
        )
    };
}

/// A tenant whose id no tenant was ever given; the counter holds the next one.
macro_rules! without_tenant {
    ($table:literal) => {
        concat!(
            "SELECT 'tenant ' || CAST(r.tenant AS TEXT), COUNT(*) OVER () FROM ",
            $table,
            " r WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = r.tenant) \
             AND r.tenant >= (SELECT COALESCE(MAX(c.next), 0) FROM counters c WHERE c.kind = 'tenants') LIMIT $1"
        )
    };
}

statements! {
    NAMES_WITHOUT_USER = without_user!("names");
    ADDRESSES_WITHOUT_USER = without_user!("addresses");
    MEMBERSHIPS_WITHOUT_USER = without_user!("memberships");
    GROUP_ADMINISTRATORS_WITHOUT_USER = without_user!("group_administrators");
    TOKENS_WITHOUT_USER = without_user!("tokens");
    PREFERENCES_WITHOUT_USER = without_user!("preferences");
    PASSWORD_LINKS_WITHOUT_USER = without_user!("password_links");
    WELCOME_MAILS_WITHOUT_USER = without_user!("welcome_mails");
    MAIL_SERVICES_WITHOUT_USER = without_user!("mail_services");
    MSISDNS_WITHOUT_USER = without_user!("msisdns");
    EXTERNAL_IDS_WITHOUT_USER = without_user!("external_ids");
    DIALECT_VALUES_WITHOUT_USER = without_user!("dialect_values");
    WEBMAIL_ACCOUNTS_WITHOUT_USER = without_user!("webmail_accounts");
    MAILBOXES_WITHOUT_USER = without_user!("mailboxes");
    MEMBERSHIPS_WITHOUT_GROUP = without_group!("memberships");
    GROUP_ADMINISTRATORS_WITHOUT_GROUP = without_group!("group_administrators");
    GROUP_COUNTS_WITHOUT_GROUP = without_group!("group_counts");
    ADDRESSES_WITHOUT_TENANT = without_tenant!("addresses");
    APP_SETTINGS_WITHOUT_TENANT = without_tenant!("app_settings");
    APPS_WITHOUT_TENANT = without_tenant!("apps");
    AUDIT_UNSEALED_WITHOUT_TENANT = without_tenant!("audit_unsealed");
    AUDIT_SEALS_WITHOUT_TENANT = without_tenant!("audit_seals");
    EVENTS_WITHOUT_TENANT = without_tenant!("events");
    AUDIT_ENTRIES_WITHOUT_TENANT = without_tenant!("audit_entries");
    CONTEXT_FORWARDS_WITHOUT_TENANT = without_tenant!("context_forwards");
    DIALECT_VALUES_WITHOUT_TENANT = without_tenant!("dialect_values");
    EXTERNAL_IDS_WITHOUT_TENANT = without_tenant!("external_ids");
    GROUP_ADMINISTRATORS_WITHOUT_TENANT = without_tenant!("group_administrators");
    GROUP_COUNTS_WITHOUT_TENANT = without_tenant!("group_counts");
    MAIL_SERVICES_WITHOUT_TENANT = without_tenant!("mail_services");
    MAILBOXES_WITHOUT_TENANT = without_tenant!("mailboxes");
    MEMBERSHIPS_WITHOUT_TENANT = without_tenant!("memberships");
    MSISDNS_WITHOUT_TENANT = without_tenant!("msisdns");
    NAMES_WITHOUT_TENANT = without_tenant!("names");
    PASSWORD_LINKS_WITHOUT_TENANT = without_tenant!("password_links");
    PREFERENCES_WITHOUT_TENANT = without_tenant!("preferences");
    SHARED_MAIL_DOMAINS_WITHOUT_TENANT = without_tenant!("shared_mail_domains");
    SPENT_AUTH_TOKENS_WITHOUT_TENANT = without_tenant!("spent_auth_tokens");
    TOKENS_WITHOUT_TENANT = without_tenant!("tokens");
    USER_GROUPS_WITHOUT_TENANT = without_tenant!("user_groups");
    USERS_WITHOUT_TENANT = without_tenant!("users");
    WEBMAIL_ACCOUNTS_WITHOUT_TENANT = without_tenant!("webmail_accounts");
    WELCOME_MAILS_WITHOUT_TENANT = without_tenant!("welcome_mails");
}

/// What must not be found, and where it is looked for.
pub(super) static RULES: &[(&str, &Sql)] = &[
    (
        "a row of names for a user that is not there",
        &NAMES_WITHOUT_USER,
    ),
    (
        "a row of addresses for a user that is not there",
        &ADDRESSES_WITHOUT_USER,
    ),
    (
        "a row of memberships for a user that is not there",
        &MEMBERSHIPS_WITHOUT_USER,
    ),
    (
        "a row of group_administrators for a user that is not there",
        &GROUP_ADMINISTRATORS_WITHOUT_USER,
    ),
    (
        "a row of tokens for a user that is not there",
        &TOKENS_WITHOUT_USER,
    ),
    (
        "a row of preferences for a user that is not there",
        &PREFERENCES_WITHOUT_USER,
    ),
    (
        "a row of password_links for a user that is not there",
        &PASSWORD_LINKS_WITHOUT_USER,
    ),
    (
        "a row of welcome_mails for a user that is not there",
        &WELCOME_MAILS_WITHOUT_USER,
    ),
    (
        "a row of mail_services for a user that is not there",
        &MAIL_SERVICES_WITHOUT_USER,
    ),
    (
        "a row of msisdns for a user that is not there",
        &MSISDNS_WITHOUT_USER,
    ),
    (
        "a row of external_ids for a user that is not there",
        &EXTERNAL_IDS_WITHOUT_USER,
    ),
    (
        "a row of dialect_values for a user that is not there",
        &DIALECT_VALUES_WITHOUT_USER,
    ),
    (
        "a row of webmail_accounts for a user that is not there",
        &WEBMAIL_ACCOUNTS_WITHOUT_USER,
    ),
    (
        "a row of mailboxes for a user that is not there",
        &MAILBOXES_WITHOUT_USER,
    ),
    (
        "a row of memberships for a group that is not there",
        &MEMBERSHIPS_WITHOUT_GROUP,
    ),
    (
        "a row of group_administrators for a group that is not there",
        &GROUP_ADMINISTRATORS_WITHOUT_GROUP,
    ),
    (
        "a row of group_counts for a group that is not there",
        &GROUP_COUNTS_WITHOUT_GROUP,
    ),
    (
        "a row of addresses for a tenant that never was",
        &ADDRESSES_WITHOUT_TENANT,
    ),
    (
        "a row of app_settings for a tenant that never was",
        &APP_SETTINGS_WITHOUT_TENANT,
    ),
    (
        "a row of apps for a tenant that never was",
        &APPS_WITHOUT_TENANT,
    ),
    (
        "a row of audit_unsealed for a tenant that never was",
        &AUDIT_UNSEALED_WITHOUT_TENANT,
    ),
    (
        "a row of audit_seals for a tenant that never was",
        &AUDIT_SEALS_WITHOUT_TENANT,
    ),
    (
        "a row of events for a tenant that never was",
        &EVENTS_WITHOUT_TENANT,
    ),
    (
        "a row of audit_entries for a tenant that never was",
        &AUDIT_ENTRIES_WITHOUT_TENANT,
    ),
    (
        "a row of context_forwards for a tenant that never was",
        &CONTEXT_FORWARDS_WITHOUT_TENANT,
    ),
    (
        "a row of dialect_values for a tenant that never was",
        &DIALECT_VALUES_WITHOUT_TENANT,
    ),
    (
        "a row of external_ids for a tenant that never was",
        &EXTERNAL_IDS_WITHOUT_TENANT,
    ),
    (
        "a row of group_administrators for a tenant that never was",
        &GROUP_ADMINISTRATORS_WITHOUT_TENANT,
    ),
    (
        "a row of group_counts for a tenant that never was",
        &GROUP_COUNTS_WITHOUT_TENANT,
    ),
    (
        "a row of mail_services for a tenant that never was",
        &MAIL_SERVICES_WITHOUT_TENANT,
    ),
    (
        "a row of mailboxes for a tenant that never was",
        &MAILBOXES_WITHOUT_TENANT,
    ),
    (
        "a row of memberships for a tenant that never was",
        &MEMBERSHIPS_WITHOUT_TENANT,
    ),
    (
        "a row of msisdns for a tenant that never was",
        &MSISDNS_WITHOUT_TENANT,
    ),
    (
        "a row of names for a tenant that never was",
        &NAMES_WITHOUT_TENANT,
    ),
    (
        "a row of password_links for a tenant that never was",
        &PASSWORD_LINKS_WITHOUT_TENANT,
    ),
    (
        "a row of preferences for a tenant that never was",
        &PREFERENCES_WITHOUT_TENANT,
    ),
    (
        "a row of shared_mail_domains for a tenant that never was",
        &SHARED_MAIL_DOMAINS_WITHOUT_TENANT,
    ),
    (
        "a row of spent_auth_tokens for a tenant that never was",
        &SPENT_AUTH_TOKENS_WITHOUT_TENANT,
    ),
    (
        "a row of tokens for a tenant that never was",
        &TOKENS_WITHOUT_TENANT,
    ),
    (
        "a row of user_groups for a tenant that never was",
        &USER_GROUPS_WITHOUT_TENANT,
    ),
    (
        "a row of users for a tenant that never was",
        &USERS_WITHOUT_TENANT,
    ),
    (
        "a row of webmail_accounts for a tenant that never was",
        &WEBMAIL_ACCOUNTS_WITHOUT_TENANT,
    ),
    (
        "a row of welcome_mails for a tenant that never was",
        &WELCOME_MAILS_WITHOUT_TENANT,
    ),
];
