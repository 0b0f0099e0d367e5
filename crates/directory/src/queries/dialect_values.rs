//! What one dialect alone knows of users, and the ids that others gave them.

use crate::Directory;
use provost_model::{
    Dialect, DialectValues, ExternalId, ExternalIdKind, Result, TenantId, UserNumber,
};
use provost_store::{
    Read, Tx,
    tables::{dialect_values, external_ids},
};
use std::collections::HashMap;

impl Directory {
    /// What a dialect alone knows of these users, and their ids of a kind, by user. Those of whom it knows nothing are left out. The
    /// caller bounds how many it asks for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn dialect_values(
        &self,
        tenant: TenantId,
        users: &[UserNumber],
        dialect: Dialect,
        kind: ExternalIdKind,
    ) -> Result<HashMap<UserNumber, (DialectValues, Vec<ExternalId>)>> {
        self.read(&Known {
            tenant,
            users,
            dialect,
            kind,
        })
        .await
    }
}

struct Known<'a> {
    tenant: TenantId,
    users: &'a [UserNumber],
    dialect: Dialect,
    kind: ExternalIdKind,
}

impl Read for Known<'_> {
    type Output = HashMap<UserNumber, (DialectValues, Vec<ExternalId>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let mut known = Self::Output::new();
        for (user, values) in
            dialect_values::of_users(tx, self.tenant, self.users, self.dialect).await?
        {
            known.entry(user).or_default().0 = values;
        }
        for (user, id) in external_ids::of_users(tx, self.tenant, self.users, self.kind).await? {
            known.entry(user).or_default().1.push(id);
        }
        Ok(known)
    }
}
