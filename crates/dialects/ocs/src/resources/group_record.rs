//! A group as the dialect shows it.

use crate::wire::{Data, Entries};
use provost_directory::queries::GroupDetails;

/// A group with its size.
pub(crate) fn record(details: &GroupDetails) -> Data {
    let GroupDetails { group, count } = details;
    let mut fields = Entries::with_capacity(6);
    fields.push("id", group.id.as_str().to_owned());
    fields.push("displayname", group.display_name.as_str().to_owned());
    fields.push("usercount", count.members);
    fields.push("disabled", count.disabled);
    fields.push("canAdd", true);
    fields.push("canRemove", true);
    fields.into()
}
