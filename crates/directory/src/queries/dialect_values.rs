//! What one dialect alone knows of users, and the ids that others gave them.

use super::{UserDetails, users::FoundUser};
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
    /// The user with this name, see [`Directory::user`], what a dialect alone knows of it, and its ids of a kind.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn known_user(
        &self,
        tenant: TenantId,
        name: &str,
        dialect: Dialect,
        kind: ExternalIdKind,
    ) -> Result<Option<(UserDetails, (DialectValues, Vec<ExternalId>))>> {
        self.read(&KnownUser {
            tenant,
            name,
            dialect,
            kind,
        })
        .await
    }

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

struct KnownUser<'a> {
    tenant: TenantId,
    name: &'a str,
    dialect: Dialect,
    kind: ExternalIdKind,
}

impl Read for KnownUser<'_> {
    type Output = Option<(UserDetails, (DialectValues, Vec<ExternalId>))>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let Some(found) = FoundUser::find(tx, self.tenant, self.name).await? else {
            return Ok(None);
        };
        let number = found.user.number;
        let values = dialect_values::get(tx, self.tenant, number, self.dialect).await?;
        let ids = external_ids::of_user(tx, self.tenant, number, self.kind).await?;
        Ok(Some((found.details(tx).await?, (values, ids))))
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
