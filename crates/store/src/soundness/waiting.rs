//! What a deleted tenant left behind, and is cleared away later.

use crate::{Tx, statements};
use provost_model::Result;

macro_rules! left {
    ($first:literal $(, $table:literal)*) => {
        concat!(
            "SELECT CAST(SUM(x.rows_left) AS BIGINT) FROM (SELECT COUNT(*) AS rows_left FROM ",
            $first,
            " r WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = r.tenant)"
            $(, " UNION ALL SELECT COUNT(*) FROM ", $table, " r WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = r.tenant)")*,
            ") x"
        )
    };
}

statements! {
    WAITING = left!("addresses", "app_settings", "apps", "context_forwards", "dialect_values", "external_ids", "group_administrators", "group_counts", "mail_services", "mailboxes", "memberships", "msisdns", "names", "password_links", "preferences", "shared_mail_domains", "spent_auth_tokens", "tokens", "user_groups", "users", "webmail_accounts", "welcome_mails");
}

/// How many rows of deleted tenants are still there: harmless, since nothing leads to them.
///
/// # Errors
/// Those of the store.
pub async fn waiting(tx: &mut Tx) -> Result<i64> {
    let rows = tx.first(&WAITING, &[], |row| row.opt_int(0)).await?;
    Ok(rows.flatten().unwrap_or_default())
}
