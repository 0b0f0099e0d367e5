//! Groups.

use crate::{DisplayName, GroupId, GroupNumber, TenantId, Timestamp};

/// A group of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// Its number in the tenant.
    pub number: GroupNumber,
    /// The id that clients use; compared exactly.
    pub id: GroupId,
    /// The name that people see.
    pub display_name: DisplayName,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Group {
    /// The id of the group whose members administer the tenant.
    pub const ADMINISTRATORS: &'static str = "admin";

    /// Whether its members administer the tenant.
    #[must_use]
    pub fn is_administrators(&self) -> bool {
        self.id.as_str() == Self::ADMINISTRATORS
    }
}

/// How many members a group has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupCount {
    /// All members.
    pub members: i64,
    /// The disabled ones among them.
    pub disabled: i64,
}
