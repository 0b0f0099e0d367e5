//! Phone login aliases: unique in the whole deployment by their digits.

use crate::{Change, Tx, statements};
use provost_model::{Msisdn, Result, TenantId, UserNumber};

statements! {
    HOLDER = "SELECT tenant, user_number FROM msisdns WHERE digits = $1";
    CLAIM = "INSERT INTO msisdns (digits, tenant, user_number) VALUES ($1, $2, $3) ON CONFLICT (digits) DO NOTHING";
    RELEASE = "DELETE FROM msisdns WHERE digits = $1 AND tenant = $2 AND user_number = $3";
}

/// Who holds an msisdn, if anybody does.
///
/// # Errors
/// Those of the store.
pub async fn holder(tx: &mut Tx, msisdn: &Msisdn) -> Result<Option<(TenantId, UserNumber)>> {
    let digits = msisdn.digits();
    tx.first(&HOLDER, &[(&digits).into()], |row| {
        Ok((TenantId(row.int(0)?), UserNumber(row.int(1)?)))
    })
    .await
}

/// Takes an msisdn for a user; false if somebody else in the deployment holds it.
///
/// # Errors
/// Those of the store.
pub async fn claim(
    change: &mut Change,
    msisdn: &Msisdn,
    tenant: TenantId,
    user: UserNumber,
) -> Result<bool> {
    let digits = msisdn.digits();
    let rows = change
        .execute(&CLAIM, &[(&digits).into(), tenant.into(), user.into()])
        .await?;
    if rows == 1 {
        return Ok(true);
    }
    Ok(holder(change, msisdn).await? == Some((tenant, user)))
}

/// Gives a user's msisdn back.
///
/// # Errors
/// Those of the store.
pub async fn release(
    change: &mut Change,
    msisdn: &Msisdn,
    tenant: TenantId,
    user: UserNumber,
) -> Result<()> {
    let digits = msisdn.digits();
    change
        .execute(&RELEASE, &[(&digits).into(), tenant.into(), user.into()])
        .await?;
    Ok(())
}
