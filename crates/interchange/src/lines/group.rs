//! A group's line.

use provost_model::Group;
use serde::Serialize;

/// A group as it is written.
#[derive(Serialize)]
#[serde(tag = "type", rename = "group")]
pub(crate) struct GroupLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<&'a str>,
    id: &'a str,
    display_name: &'a str,
    facts: Facts,
}

/// What the server gave the group itself; imports pass over it.
#[derive(Serialize)]
struct Facts {
    number: i64,
    created_at: i64,
}

impl<'a> GroupLine<'a> {
    /// The line of a group; `tenant` is its tenant's slug, where the file is of several.
    pub(crate) fn new(tenant: Option<&'a str>, group: &'a Group) -> Self {
        Self {
            tenant,
            id: group.id.as_str(),
            display_name: group.display_name.as_str(),
            facts: Facts {
                number: group.number.0,
                created_at: group.created_at.0,
            },
        }
    }
}
