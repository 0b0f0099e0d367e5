//! What mail services know of users: at most one row each.

use super::users::json_list;
use crate::{Change, Row, Tx, statements};
use provost_model::{
    ClassOfService, DeliveryStatus, Error, MailServices, Msisdn, Result, SpamLevel, TenantId,
    UserNumber,
};

statements! {
    GET = "SELECT user_number, classes, msisdn, delivery_status, anti_phishing, spam_level FROM mail_services \
        WHERE tenant = $1 AND user_number = $2";
    /// Those of many users, given as a JSON list.
    OF_USERS = sqlite
        "SELECT user_number, classes, msisdn, delivery_status, anti_phishing, spam_level FROM mail_services \
         WHERE tenant = $1 AND user_number IN (SELECT value FROM json_each($2))"
        postgres
        "SELECT user_number, classes, msisdn, delivery_status, anti_phishing, spam_level FROM mail_services \
         WHERE tenant = $1 AND user_number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))";
    PUT = "INSERT INTO mail_services (tenant, user_number, classes, msisdn, msisdn_digits, delivery_status, delivery_status_key, \
        anti_phishing, spam_level) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (tenant, user_number) DO UPDATE SET classes = excluded.classes, msisdn = excluded.msisdn, \
        msisdn_digits = excluded.msisdn_digits, delivery_status = excluded.delivery_status, delivery_status_key = excluded.delivery_status_key, \
        anti_phishing = excluded.anti_phishing, spam_level = excluded.spam_level";
    DELETE = "DELETE FROM mail_services WHERE tenant = $1 AND user_number = $2";
}

/// What mail services know of a user; the default if nothing.
///
/// # Errors
/// Those of the store.
pub async fn get(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<MailServices> {
    let found = tx
        .first(&GET, &[tenant.into(), user.into()], from_row)
        .await?;
    Ok(found.map(|(_, services)| services).unwrap_or_default())
}

/// What mail services know of these users, in no order; those of whom they know nothing are left out. The caller bounds how many it
/// asks for.
///
/// # Errors
/// Those of the store.
pub async fn of_users(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
) -> Result<Vec<(UserNumber, MailServices)>> {
    let list = json_list(users);
    tx.all(&OF_USERS, &[tenant.into(), (&list).into()], from_row)
        .await
}

/// Writes what mail services know of a user. The caller keeps others from the user meanwhile, and takes the msisdn in
/// [`msisdns`](super::msisdns).
///
/// # Errors
/// Those of the store.
pub async fn put(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    services: &MailServices,
) -> Result<()> {
    if *services == MailServices::default() {
        return delete(change, tenant, user).await;
    }
    let classes = stored_classes(&services.classes);
    let status = services.delivery_status.as_ref();
    let digits = services.msisdn.as_ref().map(Msisdn::digits);
    let status_key = status.map(DeliveryStatus::key);
    change
        .execute(
            &PUT,
            &[
                tenant.into(),
                user.into(),
                classes.as_deref().into(),
                services.msisdn.as_ref().map(Msisdn::as_str).into(),
                digits.as_deref().into(),
                status.map(DeliveryStatus::as_str).into(),
                status_key.as_deref().into(),
                services.anti_phishing.into(),
                services.spam_level.map(SpamLevel::name).into(),
            ],
        )
        .await?;
    Ok(())
}

/// Forgets what mail services know of a user. The caller releases the msisdn.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}

fn stored_classes(classes: &[ClassOfService]) -> Option<String> {
    let names: serde_json::Value = classes.iter().map(ClassOfService::as_str).collect();
    (!classes.is_empty()).then(|| names.to_string())
}

fn from_row(row: &Row<'_>) -> Result<(UserNumber, MailServices)> {
    let classes: Vec<String> = match row.opt_text(1)? {
        Some(list) => serde_json::from_str(list).map_err(Error::internal)?,
        None => Vec::new(),
    };
    let services = MailServices {
        classes: classes
            .into_iter()
            .map(ClassOfService::from_stored)
            .collect(),
        msisdn: row
            .opt_text(2)?
            .map(|text| Msisdn::from_stored(text.to_owned())),
        delivery_status: row
            .opt_text(3)?
            .map(|text| DeliveryStatus::from_stored(text.to_owned())),
        anti_phishing: row.opt_int(4)?.map(|flag| flag != 0),
        spam_level: row
            .opt_text(5)?
            .map(SpamLevel::parse)
            .transpose()
            .map_err(Error::internal)?,
    };
    Ok((UserNumber(row.int(0)?), services))
}
