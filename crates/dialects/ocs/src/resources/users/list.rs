//! Lists of users.

use crate::{
    call::{Call, Outcome, Reply},
    refusal::{invalid, refuse},
    resources::user_record::View,
    streamed::{self, Pieces},
    wire::{Answer, Data, ListFrame, ListKind},
};
use axum::body::Body;
use provost_directory::queries::{Audience, Listed, UserStream};
use provost_model::{Field, Page, Rule, UserNumber, Violation};

/// `/cloud/users`: the ids.
pub(crate) async fn logins(call: &Call) -> Outcome {
    answer(call, audience(call)?, Shape::Keys).await
}

/// `/cloud/users/details`: the users, each under its id.
pub(crate) async fn details(call: &Call) -> Outcome {
    answer(call, audience(call)?, Shape::Details).await
}

/// `/cloud/users/disabled`: the disabled ones.
pub(crate) async fn disabled(call: &Call) -> Outcome {
    let audience = match audience(call)? {
        Audience::Administered(user) => Audience::DisabledOf(user),
        _ => Audience::Disabled,
    };
    answer(call, audience, Shape::Details).await
}

/// How the users of a list are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Their ids, as PHP's keys: those of digits are numbers.
    Keys,
    /// Their ids as texts.
    Ids,
    /// All of each, under its id.
    Details,
}

/// All users for administrators, those of its groups for a group administrator.
fn audience(call: &Call) -> Outcome<Audience> {
    if call.is_administrator() {
        return Ok(Audience::All);
    }
    call.context
        .actor
        .user_in(call.tenant_id())
        .map(Audience::Administered)
        .ok_or_else(|| Answer::failure(403, "Logged in account must be at least a sub admin"))
}

/// Answers with a page if a limit is given, else with the whole list.
pub(crate) async fn answer(call: &Call, audience: Audience, shape: Shape) -> Outcome {
    let search = call.text("search")?.filter(|search| !search.is_empty());
    let page = page(call)?;
    let Some(limit) = page.limit else {
        return whole(call, audience, search, page.offset, shape).await;
    };
    let users = call
        .directory
        .user_page(call.tenant_id(), audience, search, limit, page.offset)
        .await
        .map_err(refuse)?;
    let mut frame = frame(call, shape);
    let mut body = Vec::new();
    frame.open(&mut body);
    write(call, &users, &mut frame, shape, &mut body).await?;
    frame.close(&mut body);
    Ok(Reply::Streamed(ListFrame::response(
        call.style,
        Body::from(body),
    )))
}

/// Answers with the whole list, which goes out as it is read.
pub(crate) async fn whole(
    call: &Call,
    audience: Audience,
    search: Option<&str>,
    offset: u64,
    shape: Shape,
) -> Outcome {
    let users = call
        .directory
        .user_stream(call.tenant_id(), audience, search, offset)
        .await
        .map_err(refuse)?;
    streamed::send(call, frame(call, shape), Users { users, shape }).await
}

fn frame(call: &Call, shape: Shape) -> ListFrame {
    let kind = match shape {
        Shape::Keys | Shape::Ids => ListKind::List,
        Shape::Details => ListKind::Map,
    };
    ListFrame::new(call.style, "users", kind)
}

/// `limit` is 1 to 500, since the real server breaks down beyond; `offset` is at least 0.
pub(crate) fn page(call: &Call) -> Outcome<Page> {
    let number = |name: &str, field: Field| {
        call.parameters
            .int(name)
            .map_err(|_| invalid(&Violation::new(field, Rule::Malformed)))
    };
    let out_of_range = |field| invalid(&Violation::new(field, Rule::OutOfRange));
    let limit = match number("limit", Field::Limit)? {
        None => None,
        Some(limit @ 1..=500) => u32::try_from(limit).ok(),
        Some(_) => return Err(out_of_range(Field::Limit)),
    };
    let offset = number("offset", Field::Offset)?.unwrap_or(0);
    let offset = u64::try_from(offset).map_err(|_| out_of_range(Field::Offset))?;
    Ok(Page { limit, offset })
}

struct Users {
    users: UserStream,
    shape: Shape,
}

impl Pieces for Users {
    async fn write(
        &mut self,
        call: &Call,
        frame: &mut ListFrame,
        out: &mut Vec<u8>,
    ) -> Outcome<bool> {
        let users = self.users.next().await.map_err(refuse)?;
        write(call, &users, frame, self.shape, out).await?;
        Ok(!users.is_empty())
    }
}

async fn write(
    call: &Call,
    users: &[Listed],
    frame: &mut ListFrame,
    shape: Shape,
    out: &mut Vec<u8>,
) -> Outcome<()> {
    match shape {
        Shape::Keys => users
            .iter()
            .for_each(|user| frame.item("", &Data::php_key(&user.login), out)),
        Shape::Ids => users
            .iter()
            .for_each(|user| frame.item("", &Data::from(user.login.clone()), out)),
        Shape::Details => {
            let numbers: Vec<UserNumber> = users.iter().map(|user| user.number).collect();
            let details = call
                .directory
                .details(call.tenant_id(), &numbers)
                .await
                .map_err(refuse)?;
            let view = View::of_others(call, &details).await?;
            for details in details {
                let login = details.user.login.clone();
                let record = view.record(details, &call.tenant().settings);
                frame.item(login.as_str(), &record, out);
            }
        }
    }
    Ok(())
}
