//! Display names and ids of groups as they are given.

use crate::wire::Answer;
use provost_model::{DisplayName, Error, GroupId, Noun};

/// OCS allows shorter display names than the directory.
const MAX_DISPLAY_NAME: usize = 64;

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
