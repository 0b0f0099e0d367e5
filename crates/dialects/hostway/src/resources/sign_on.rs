//! A webmail front end learns who logs in.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    values::locale,
    wire::Answer,
};
use provost_model::{Address, Timezone};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    tenant: &'a str,
    login: &'a str,
    address: &'a str,
    display_name: &'a str,
    language: String,
    timezone: &'a str,
}

/// Redeems an authToken, once.
pub(crate) async fn verify(call: &Call) -> Outcome {
    let mut fields = call.fields()?;
    let token = fields.required_text("authToken").unwrap_or_default();
    fields.finish()?;
    let redeemed = call
        .directory
        .redeem_auth_token(call.context.clone(), &token)
        .await
        .map_err(refuse)?;
    let user = &redeemed.user;
    Ok(Answer::ok(&Identity {
        tenant: call.tenant().slug.as_str(),
        login: user.login.as_str(),
        address: user.address.as_ref().map_or("", Address::as_str),
        display_name: user.shown_name(),
        language: locale::shown(user),
        timezone: user.timezone.as_ref().map_or("", Timezone::as_str),
    })
    .no_store())
}
