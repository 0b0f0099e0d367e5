//! Display names, ids of groups and managers as they are given.

use crate::wire::Answer;
use provost_model::{DisplayName, Error, GroupId, Noun};

/// OCS allows shorter display names than the directory.
const MAX_DISPLAY_NAME: usize = 64;
/// As long as a login or an address may be.
const MAX_MANAGER: usize = 255;

/// A display name; blank ones stand for none.
pub(crate) fn display_name(text: &str) -> Result<Option<DisplayName>, Answer> {
    let invalid = || Answer::failure(101, "Invalid displayname");
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > MAX_DISPLAY_NAME {
        return Err(invalid());
    }
    DisplayName::parse(text).map(Some).map_err(|_| invalid())
}

/// Ids of groups; what cannot be one is a group that is not there.
pub(crate) fn group_ids(texts: &[&str], noun: Noun) -> Result<Vec<GroupId>, Error> {
    texts
        .iter()
        .map(|text| GroupId::parse(text).map_err(|_| Error::Unknown(noun).about(*text)))
        .collect()
}

/// A manager's name; empty for none. Whether there is such a user is not asked, as on the real server, but one that is longer than
/// any login only fills the directory.
pub(crate) fn manager(text: &str) -> Result<Option<String>, Answer> {
    if text.chars().count() > MAX_MANAGER {
        return Err(Answer::failure(101, ""));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
