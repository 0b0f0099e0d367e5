//! `/cloud/groups`.

use super::{
    group_record,
    users::list::{self, Shape},
};
use crate::{
    call::{Call, Outcome},
    refusal::{invalid, refuse},
    streamed::{self, Pieces},
    wire::{Answer, Data, ListFrame, ListKind},
};
use percent_encoding::percent_decode_str;
use provost_directory::{
    commands::groups::{CreateGroup, DeleteGroup, RenameGroup},
    queries::Audience,
};
use provost_model::{DisplayName, Error, Field, Group, GroupId, Noun, Protection, Rule, Violation};
use sha2::{Digest, Sha256};

/// Ids longer than this become a hash, as on the real server.
const MAX_ID: usize = 64;
/// How long an id and a display name may be that become a hash and are kept in full.
const MAX_NAME: usize = 255;

/// The ids of groups.
pub(crate) async fn list(call: &Call) -> Outcome {
    answer(call, false).await
}

/// Groups with their sizes.
pub(crate) async fn details(call: &Call) -> Outcome {
    answer(call, true).await
}

/// The groups that search, limit and offset ask for. A negative offset counts as none here, other than in lists of users.
async fn answer(call: &Call, details: bool) -> Outcome {
    let whole = |name: &str, field| {
        call.parameters
            .int(name)
            .map_err(|_| invalid(&Violation::new(field, Rule::Malformed)))
    };
    let limit = match whole("limit", Field::Limit)? {
        None => i64::MAX,
        Some(limit @ 1..=500) => limit,
        Some(_) => return Err(invalid(&Violation::new(Field::Limit, Rule::OutOfRange))),
    };
    let groups = Groups {
        details,
        search: call
            .text("search")?
            .filter(|search| !search.is_empty())
            .map(str::to_owned),
        after: String::new(),
        left: limit,
        offset: whole("offset", Field::Offset)?.unwrap_or(0).max(0),
    };
    let frame = ListFrame::new(call.style, "groups", ListKind::List);
    streamed::send(call, frame, groups).await
}

/// Groups are read in pages of this length.
const STEP: i64 = 500;

struct Groups {
    details: bool,
    search: Option<String>,
    after: String,
    left: i64,
    offset: i64,
}

impl Pieces for Groups {
    async fn write(
        &mut self,
        call: &Call,
        frame: &mut ListFrame,
        out: &mut Vec<u8>,
    ) -> Outcome<bool> {
        let limit = self.left.min(STEP);
        if limit == 0 {
            return Ok(false);
        }
        let groups = call
            .directory
            .groups(
                call.tenant_id(),
                self.search.as_deref(),
                &self.after,
                limit,
                self.offset,
            )
            .await
            .map_err(refuse)?;
        let Some(last) = groups.last() else {
            return Ok(false);
        };
        self.after = last.id.as_str().to_owned();
        self.offset = 0;
        let read = i64::try_from(groups.len()).unwrap_or(i64::MAX);
        self.left -= read;
        if self.details {
            let details = call
                .directory
                .with_counts(call.tenant_id(), groups)
                .await
                .map_err(refuse)?;
            details
                .iter()
                .for_each(|group| frame.item("", &group_record::record(group), out));
        } else {
            groups
                .iter()
                .for_each(|group| frame.item("", &Data::from(group.id.as_str().to_owned()), out));
        }
        // a last page that is not full saves the question for one more
        if read < limit {
            self.left = 0;
        }
        Ok(true)
    }
}

/// Makes a group.
pub(crate) async fn create(call: &Call) -> Outcome {
    let given = call.required("groupid")?;
    let display = call
        .text("displayname")?
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .unwrap_or(given);
    // PHP takes "0" for nothing
    if given.is_empty() || (given == "0" && call.habits().refuses_group_zero) {
        return Err(Answer::failure(101, "Invalid group name"));
    }
    let invalid = |_| Answer::failure(101, "Invalid group name");
    if given.chars().count() > MAX_NAME {
        return Err(Answer::failure(101, "Invalid group name"));
    }
    let id = GroupId::parse(&kept_id(given)).map_err(invalid)?;
    let command = CreateGroup {
        id,
        display_name: DisplayName::parse(display).map_err(invalid)?,
    };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// The id that a group is kept under: a long one's SHA-256.
fn kept_id(given: &str) -> String {
    if given.len() <= MAX_ID {
        return given.to_owned();
    }
    Sha256::digest(given.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The ids of a group's members. Members see it, its administrators, and those of the tenant.
pub(crate) async fn members(call: &Call) -> Outcome {
    let group = named(call)
        .await?
        .ok_or_else(|| Answer::failure(404, "The requested group could not be found"))?;
    if !(administers(call, &group).await? || is_member(call, &group).await?) {
        return Err(Answer::failure(403, ""));
    }
    list::whole(call, Audience::Group(group.number), None, 0, Shape::Ids).await
}

/// A group's members in full.
pub(crate) async fn member_details(call: &Call) -> Outcome {
    let missing = || Answer::failure(998, "The requested group could not be found");
    let group = named(call).await?.ok_or_else(missing)?;
    if !administers(call, &group).await? {
        return Err(missing());
    }
    list::answer(call, Audience::Group(group.number), Shape::Details).await
}

/// Gives a group another display name.
pub(crate) async fn rename(call: &Call) -> Outcome {
    let key = call.required("key")?;
    let value = call.required("value")?;
    if key != "displayname" {
        return Err(unnameable_key(call));
    }
    let group = named(call)
        .await?
        .ok_or_else(|| Answer::failure(998, "Group does not exist"))?;
    let name = value.trim();
    if name.is_empty() {
        return Err(Answer::failure(101, "Not supported by backend"));
    }
    let display_name = DisplayName::parse(name).map_err(|violation| invalid(&violation))?;
    let command = RenameGroup {
        group: group.id,
        display_name,
    };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// The real server breaks down (999) over a key other than `displayname`: version 1 shows that code, version 2 would make it a fault.
fn unnameable_key(call: &Call) -> Answer {
    match call.style.version {
        crate::wire::Version::V1 => Answer::failure(999, ""),
        crate::wire::Version::V2 => Answer::failure(101, ""),
    }
}

/// Deletes a group; its members stay.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let group = named(call).await?.ok_or_else(|| Answer::failure(101, ""))?;
    let command = DeleteGroup { group: group.id };
    let left = call
        .directory
        .execute(call.context.clone(), command)
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::Group) => Answer::failure(101, ""),
            Error::Protected(Protection::AdministratorsGroup) => Answer::failure(102, ""),
            other => refuse(other),
        })?;
    if let Some(number) = left {
        call.directory
            .sweep_group(&call.context, number)
            .await
            .map_err(refuse)?;
    }
    Ok(Answer::ok(Data::EMPTY).into())
}

/// The group that a path names: with its id decoded once, else decoded twice, as clients of the real server have to encode it.
pub(crate) async fn named(call: &Call) -> Outcome<Option<Group>> {
    let id = call.id(0);
    if let Some(group) = call
        .directory
        .group(call.tenant_id(), id)
        .await
        .map_err(refuse)?
    {
        return Ok(Some(group));
    }
    let blanks = id.replace('+', " ");
    match percent_decode_str(&blanks).decode_utf8() {
        Ok(twice) if twice != id && !twice.contains('\0') => call
            .directory
            .group(call.tenant_id(), &twice)
            .await
            .map_err(refuse),
        Ok(_) | Err(_) => Ok(None),
    }
}

async fn administers(call: &Call, group: &Group) -> Outcome<bool> {
    if call.is_administrator() {
        return Ok(true);
    }
    match call.context.actor.user_in(call.tenant_id()) {
        Some(user) => call
            .directory
            .is_group_administrator(call.tenant_id(), group.number, user)
            .await
            .map_err(refuse),
        None => Ok(false),
    }
}

async fn is_member(call: &Call, group: &Group) -> Outcome<bool> {
    match call.context.actor.user_in(call.tenant_id()) {
        Some(user) => call
            .directory
            .is_member(call.tenant_id(), group.number, user)
            .await
            .map_err(refuse),
        None => Ok(false),
    }
}
