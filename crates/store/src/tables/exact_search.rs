//! Finding users by whole values, in all tenants or in those of a reseller.

use crate::{Row, Sql, Tx, statements};
use provost_model::{ContextId, DeliveryStatus, Msisdn, ResellerId, Result, UserNumber};

/// What a hit tells of its user, in the order that [`from_row`] reads.
macro_rules! columns {
    () => {
        "t.context_id, u.number, COALESCE(u.address, u.login), m.msisdn, m.delivery_status"
    };
}

/// From a key `k` to its tenant, user and services.
macro_rules! along_the_key {
    () => {
        " CROSS JOIN tenants t CROSS JOIN users u LEFT JOIN mail_services m ON m.tenant = u.tenant AND m.user_number = u.number \
         WHERE t.id = k.tenant AND u.tenant = k.tenant AND u.number = k.user_number"
    };
}

/// In all tenants: the first column of the key's index is the value.
macro_rules! everywhere {
    ($table:literal, $value:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM ",
            $table,
            " k",
            along_the_key!(),
            " AND ",
            $value,
            " LIMIT $2"
        )
    };
}

/// In a reseller's tenants: one probe of the index for each of them, so that what other tenants hold does not show in the time.
macro_rules! of_reseller {
    (sqlite $table:literal, $value:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM reseller_tenants r CROSS JOIN ",
            $table,
            " k",
            along_the_key!(),
            " AND r.reseller = $3 AND k.tenant = r.tenant AND t.suspended = 0 AND ",
            $value,
            " LIMIT $2"
        )
    };
    // OFFSET 0 keeps the planner from taking the probe apart and beginning with the value
    (postgres $table:literal, $value:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM reseller_tenants r CROSS JOIN LATERAL (SELECT k.tenant, k.user_number FROM ",
            $table,
            " k WHERE k.tenant = r.tenant AND ",
            $value,
            " OFFSET 0) k",
            along_the_key!(),
            " AND r.reseller = $3 AND t.suspended = 0 LIMIT $2"
        )
    };
}

statements! {
    NAME = everywhere!("names", "k.name_key = $1");
    MSISDN = everywhere!("mail_services", "k.msisdn_digits = $1");
    DELIVERY_STATUS = everywhere!("mail_services", "k.delivery_status_key = $1");
    CUSTOM = everywhere!("external_ids", "k.kind = 'custom' AND k.id_key = $1");
    NAME_OF_RESELLER = sqlite concat!(of_reseller!(sqlite "names", "k.name_key = $1"))
        postgres of_reseller!(postgres "names", "k.name_key = $1");
    MSISDN_OF_RESELLER = sqlite concat!(of_reseller!(sqlite "mail_services", "k.msisdn_digits = $1"))
        postgres of_reseller!(postgres "mail_services", "k.msisdn_digits = $1");
    DELIVERY_STATUS_OF_RESELLER = sqlite concat!(of_reseller!(sqlite "mail_services", "k.delivery_status_key = $1"))
        postgres of_reseller!(postgres "mail_services", "k.delivery_status_key = $1");
    CUSTOM_OF_RESELLER = sqlite concat!(of_reseller!(sqlite "external_ids", "k.kind = 'custom' AND k.id_key = $1"))
        postgres of_reseller!(postgres "external_ids", "k.kind = 'custom' AND k.id_key = $1");
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The folded login or address.
    Name,
    /// The digits of the msisdn.
    Msisdn,
    /// The folded delivery status.
    DeliveryStatus,
    /// The folded ids that a partner gave.
    Custom,
}

impl Key {
    const fn everywhere(self) -> &'static Sql {
        match self {
            Self::Name => &NAME,
            Self::Msisdn => &MSISDN,
            Self::DeliveryStatus => &DELIVERY_STATUS,
            Self::Custom => &CUSTOM,
        }
    }

    const fn of_reseller(self) -> &'static Sql {
        match self {
            Self::Name => &NAME_OF_RESELLER,
            Self::Msisdn => &MSISDN_OF_RESELLER,
            Self::DeliveryStatus => &DELIVERY_STATUS_OF_RESELLER,
            Self::Custom => &CUSTOM_OF_RESELLER,
        }
    }
}

/// A user that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The context id of its tenant.
    pub context: ContextId,
    /// Its number.
    pub number: UserNumber,
    /// Its address, else its login.
    pub uidname: String,
    /// Its phone login alias.
    pub msisdn: Option<Msisdn>,
    /// Where its mail is delivered.
    pub delivery_status: Option<DeliveryStatus>,
}

/// The first `limit` users, in no order, whose key is this value: in all tenants, or in those of a reseller that are not suspended.
///
/// # Errors
/// Those of the store.
pub async fn find(
    tx: &mut Tx,
    key: Key,
    value: &str,
    reseller: Option<ResellerId>,
    limit: i64,
) -> Result<Vec<Hit>> {
    match reseller {
        None => {
            tx.all(key.everywhere(), &[value.into(), limit.into()], from_row)
                .await
        }
        Some(ResellerId(reseller)) => {
            tx.all(
                key.of_reseller(),
                &[value.into(), limit.into(), reseller.into()],
                from_row,
            )
            .await
        }
    }
}

fn from_row(row: &Row<'_>) -> Result<Hit> {
    Ok(Hit {
        context: ContextId::from_stored(row.int(0)?),
        number: UserNumber(row.int(1)?),
        uidname: row.text(2)?.to_owned(),
        msisdn: row
            .opt_text(3)?
            .map(|text| Msisdn::from_stored(text.to_owned())),
        delivery_status: row
            .opt_text(4)?
            .map(|text| DeliveryStatus::from_stored(text.to_owned())),
    })
}
