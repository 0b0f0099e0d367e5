//! createCustomer

use super::create_user::named;
use crate::{
    answer::Answer,
    bag,
    call::{Call, Outcome},
};
use provost_directory::commands::customers::{CreateCustomer, CustomerAdministrator};
use provost_model::{Address, Dialect, ExternalId};
use serde::Serialize;

/// Makes a tenant with its administrator, who is invited by mail to set a password.
pub(crate) async fn create_customer(call: &Call) -> Outcome {
    let params = &call.params;
    let id = params.id("id")?;
    let remote_id = ExternalId::parse(&id).map_err(params.broken("id"))?;
    let name = named(params.required("name")?).map_err(params.broken("name"))?;
    let admin = params
        .inside("admin.")?
        .ok_or_else(|| params.missing("admin"))?;
    let email = admin.required("email")?;
    let phone = admin.optional("phone")?.filter(|phone| !phone.is_empty());
    bag::check_phones(&admin, "phone", phone.as_slice())?;
    let (phone, phones) = bag::phones_change(phone.as_slice());
    let display_name = admin
        .optional("displayName")?
        .map(|name| named(name).map_err(admin.broken("displayName")))
        .transpose()?;
    let made = call
        .run(CreateCustomer {
            remote_id,
            name,
            administrator: CustomerAdministrator {
                address: Address::parse(email).map_err(admin.broken("email"))?,
                display_name,
                phone,
                values: (Dialect::OneOffice, vec![phones]),
            },
        })
        .await?;
    let slug = made.tenant.slug.as_str();
    let customer = Customer {
        name: &made.tenant.name,
        partner: call.tenant().slug.as_str(),
        created_at: made.customer.created_at.seconds(),
        id: slug,
        is_active: !made.tenant.suspended,
        admin: Admin { email },
        remote_id: made.customer.remote_id.as_str(),
        url: format!("{}/t/{slug}", call.base_url),
    };
    Ok(Answer::ok(&customer).into())
}

/// A customer, its keys in the vendor's order. Its id is the slug of its tenant: the instance that keys of it are for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Customer<'a> {
    name: &'a str,
    partner: &'a str,
    created_at: i64,
    id: &'a str,
    is_active: bool,
    admin: Admin<'a>,
    remote_id: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Admin<'a> {
    email: &'a str,
}
