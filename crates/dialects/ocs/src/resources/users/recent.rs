//! The users who signed in last.

use crate::{
    call::{Call, Outcome},
    refusal::{invalid, refuse},
    resources::user_record::View,
    wire::{Answer, Data, Entries},
};
use provost_model::{Field, Rule, Violation};

/// How many users the real server shows if nobody says.
const USUAL: i64 = 25;
/// How many it shows at most, whatever is asked for.
const MOST: i64 = 100;

/// `/cloud/users/recent`: the users who ever signed in, the latest first.
pub(crate) async fn list(call: &Call) -> Outcome {
    let search = call.text("search")?.filter(|search| !search.is_empty());
    let limit = match number(call, "limit", Field::Limit)? {
        None | Some(0) => USUAL,
        Some(limit) => limit.min(MOST),
    };
    let offset = number(call, "offset", Field::Offset)?.unwrap_or(0);
    let users = call
        .directory
        .recent_users(call.tenant_id(), search, limit, offset)
        .await
        .map_err(refuse)?;
    let details = call
        .directory
        .details(call.tenant_id(), &users)
        .await
        .map_err(refuse)?;
    let view = View::of_others(call, &details).await?;
    let mut shown = Entries::with_capacity(details.len());
    for details in details {
        let login = details.user.login.as_str().to_owned();
        shown.push(login, view.record(details, &call.tenant().settings));
    }
    Ok(Answer::ok(Data::map([("users", Data::from(shown))])).into())
}

/// A whole number that is not negative; negative ones break the real server.
fn number(call: &Call, name: &str, field: Field) -> Outcome<Option<i64>> {
    let number = call
        .parameters
        .int(name)
        .map_err(|_| invalid(&Violation::new(field, Rule::Malformed)))?;
    match number {
        Some(..0) => Err(invalid(&Violation::new(field, Rule::OutOfRange))),
        number => Ok(number),
    }
}
