//! Clearing away what a deleted tenant leaves behind.

use crate::{Change, Sql, statements};
use provost_model::{Result, TenantId};

statements! {
    DOMAINS = "DELETE FROM domains WHERE tenant = $1";
    GROUPS = "DELETE FROM user_groups WHERE tenant = $1";
    GROUP_COUNTS = "DELETE FROM group_counts WHERE tenant = $1";
    GROUP_ADMINISTRATORS = "DELETE FROM group_administrators WHERE tenant = $1";
    TOKENS = "DELETE FROM tokens WHERE tenant = $1";
    PASSWORD_LINKS = "DELETE FROM password_links WHERE tenant = $1";
    WELCOME_MAILS = "DELETE FROM welcome_mails WHERE tenant = $1";
    CONTEXT_FORWARDS = "DELETE FROM context_forwards WHERE tenant = $1";
    SHARED_MAIL_DOMAINS = "DELETE FROM shared_mail_domains WHERE tenant = $1";
    APP_SETTINGS = "DELETE FROM app_settings WHERE tenant = $1";
    APPS = "DELETE FROM apps WHERE tenant = $1";
    SPENT_AUTH_TOKENS = "DELETE FROM spent_auth_tokens WHERE tenant = $1";
    COUNTERS = "DELETE FROM counters WHERE tenant = $1";
}

/// Gives the tenant's domains back.
///
/// # Errors
/// Those of the store.
pub async fn domains(change: &mut Change, tenant: TenantId) -> Result<()> {
    change.execute(&DOMAINS, &[tenant.0.into()]).await?;
    Ok(())
}

/// Removes the rows of a tenant that has no users any more. Its audit entries and events stay.
///
/// # Errors
/// Those of the store.
pub async fn rest(change: &mut Change, tenant: TenantId) -> Result<()> {
    const REST: [&Sql; 12] = [
        &GROUPS,
        &GROUP_COUNTS,
        &GROUP_ADMINISTRATORS,
        &TOKENS,
        &PASSWORD_LINKS,
        &WELCOME_MAILS,
        &CONTEXT_FORWARDS,
        &SHARED_MAIL_DOMAINS,
        &APP_SETTINGS,
        &APPS,
        &SPENT_AUTH_TOKENS,
        &COUNTERS,
    ];
    for sql in REST {
        change.execute(sql, &[tenant.0.into()]).await?;
    }
    Ok(())
}
