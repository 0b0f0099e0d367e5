//! The names of operators and resellers, unique in the deployment.

use crate::{Change, Tx, statements};
use provost_model::{ResellerId, Result, TenantId, UserNumber};

statements! {
    HOLDER = "SELECT reseller, tenant, user_number FROM account_names WHERE name_key = $1";
    CLAIM = "INSERT INTO account_names (name_key, reseller, tenant, user_number) VALUES ($1, $2, $3, $4) ON CONFLICT (name_key) DO NOTHING";
    RELEASE = "DELETE FROM account_names WHERE name_key = $1";
}

/// Whose a name of the deployment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// A reseller's.
    Reseller(ResellerId),
    /// An operator's.
    Operator(TenantId, UserNumber),
}

/// Whose this folded name is, if anybody's.
///
/// # Errors
/// Those of the store.
pub async fn holder(tx: &mut Tx, name_key: &str) -> Result<Option<Account>> {
    let row = tx
        .first(&HOLDER, &[name_key.into()], |row| {
            Ok((row.opt_int(0)?, row.opt_int(1)?, row.opt_int(2)?))
        })
        .await?;
    Ok(
        row.and_then(|(reseller, tenant, user)| match (reseller, tenant, user) {
            (Some(id), _, _) => Some(Account::Reseller(ResellerId(id))),
            (None, Some(tenant), Some(user)) => {
                Some(Account::Operator(TenantId(tenant), UserNumber(user)))
            }
            _ => None,
        }),
    )
}

/// Takes a name for an account; false if another has it.
///
/// # Errors
/// Those of the store.
pub async fn claim(change: &mut Change, name_key: &str, account: Account) -> Result<bool> {
    let (reseller, tenant, user) = match account {
        Account::Reseller(id) => (Some(id.0), None, None),
        Account::Operator(tenant, user) => (None, Some(tenant.0), Some(user.0)),
    };
    let rows = change
        .execute(
            &CLAIM,
            &[name_key.into(), reseller.into(), tenant.into(), user.into()],
        )
        .await?;
    if rows == 1 {
        return Ok(true);
    }
    Ok(holder(change, name_key).await? == Some(account))
}

/// Gives a name back.
///
/// # Errors
/// Those of the store.
pub async fn release(change: &mut Change, name_key: &str) -> Result<()> {
    change.execute(&RELEASE, &[name_key.into()]).await?;
    Ok(())
}
