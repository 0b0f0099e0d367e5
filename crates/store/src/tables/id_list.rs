//! Lists of ids as parameters.

use crate::Value;
use provost_model::{EntryId, TenantId};
use uuid::Uuid;

/// Ids of audit entries, and between which of them all are. A statement that is told both reads no more than that part of a tenant's entries,
/// whatever a planner thinks of their number: PostgreSQL would rather read all entries of a tenant that it believes to have few.
pub(crate) struct IdList {
    json: String,
    first: EntryId,
    last: EntryId,
}

impl IdList {
    /// The list of these ids, in any order.
    pub(crate) fn of(ids: impl IntoIterator<Item = EntryId>) -> Self {
        let mut json = String::from("[");
        let mut bounds = None;
        for id in ids {
            if json.len() > 1 {
                json.push(',');
            }
            json.push('"');
            json.push_str(id.0.simple().encode_lower(&mut [0; 32]));
            json.push('"');
            let (first, last) = bounds.unwrap_or((id, id));
            bounds = Some((first.min(id), last.max(id)));
        }
        json.push(']');
        let none = EntryId(Uuid::nil());
        let (first, last) = bounds.unwrap_or((none, none));
        Self { json, first, last }
    }

    /// The tenant, the ids as a JSON array of hexadecimal digits, and the first and the last of them.
    pub(crate) fn params(&self, tenant: TenantId) -> [Value<'_>; 4] {
        [
            tenant.into(),
            (&self.json).into(),
            self.first.into(),
            self.last.into(),
        ]
    }
}
