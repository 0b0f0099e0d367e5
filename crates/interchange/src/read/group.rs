//! A group's line.

use super::fields::Fields;
use provost_model::{DisplayName, GroupId, Patch};

/// What a line says of a group.
#[derive(Debug)]
pub(crate) struct GroupRecord {
    pub(crate) id: GroupId,
    /// Without one it stays, or is the id.
    pub(crate) display_name: Option<DisplayName>,
}

impl GroupRecord {
    pub(super) fn read(fields: &mut Fields) -> Option<Self> {
        let display_name = match fields.parsed("display_name", DisplayName::parse) {
            Patch::Set(name) => Some(name),
            Patch::Keep | Patch::Clear => None,
        };
        Some(Self {
            id: fields.required("id", GroupId::parse)?,
            display_name,
        })
    }
}
