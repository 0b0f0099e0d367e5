//! Groups.

use crate::{Context, Directory, commands::groups::SweepGroup, text::is_storable};
use provost_model::{Group, GroupCount, GroupId, GroupNumber, Result, TenantId, UserNumber, fold};
use provost_store::{
    Read, Tx,
    tables::{group_administrators, group_counts, groups, memberships},
};
use std::collections::HashMap;

/// A group and its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDetails {
    /// The group.
    pub group: Group,
    /// How many members it has.
    pub count: GroupCount,
}

impl Directory {
    /// The group with this id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn group(&self, tenant: TenantId, id: &str) -> Result<Option<Group>> {
        if !is_storable(id) {
            return Ok(None);
        }
        self.read(&ById { tenant, id }).await
    }

    /// The first of these groups that is not there, if there is one.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn missing_group(
        &self,
        tenant: TenantId,
        ids: &[GroupId],
    ) -> Result<Option<GroupId>> {
        self.read(&Missing { tenant, ids }).await
    }

    /// Up to `limit` groups after the id `after`, the first `offset` left out, in the order of ids; with a search only those whose id
    /// or display name holds it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn groups(
        &self,
        tenant: TenantId,
        search: Option<&str>,
        after: &str,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<Group>> {
        if !search.is_none_or(is_storable) {
            return Ok(Vec::new());
        }
        let search = search.map(fold).filter(|search| !search.is_empty());
        self.read_list(&Page {
            tenant,
            search,
            after,
            limit,
            offset,
        })
        .await
    }

    /// The groups that a user is a member of, in the order it joined them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn groups_of(&self, tenant: TenantId, user: UserNumber) -> Result<Vec<Group>> {
        self.read(&OfUser { tenant, user }).await
    }

    /// The groups that a user administers, in the order it was appointed.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn groups_administered_by(
        &self,
        tenant: TenantId,
        user: UserNumber,
    ) -> Result<Vec<Group>> {
        self.read(&AdministeredBy { tenant, user }).await
    }

    /// The same groups with their sizes. The caller bounds how many it asks for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn with_counts(
        &self,
        tenant: TenantId,
        groups: Vec<Group>,
    ) -> Result<Vec<GroupDetails>> {
        let numbers: Vec<GroupNumber> = groups.iter().map(|group| group.number).collect();
        let counts = self.read(&Counts { tenant, numbers }).await?;
        Ok(groups
            .into_iter()
            .map(|group| GroupDetails {
                count: counts.get(&group.number).copied().unwrap_or_default(),
                group,
            })
            .collect())
    }

    /// The logins of a group's administrators, in their order.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn administrators_of(
        &self,
        tenant: TenantId,
        group: GroupNumber,
    ) -> Result<Vec<String>> {
        self.read(&AdministratorsOf { tenant, group }).await
    }

    /// Whether a user is a member of a group.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn is_member(
        &self,
        tenant: TenantId,
        group: GroupNumber,
        user: UserNumber,
    ) -> Result<bool> {
        self.read(&IsMember {
            tenant,
            group,
            user,
        })
        .await
    }

    /// Whether a user administers a group.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn is_group_administrator(
        &self,
        tenant: TenantId,
        group: GroupNumber,
        user: UserNumber,
    ) -> Result<bool> {
        self.read(&Administers {
            tenant,
            group,
            user,
        })
        .await
    }

    /// Clears away the memberships of a deleted group that its deletion left behind, in small transactions.
    ///
    /// # Errors
    /// Those of the store; what is left means nothing and harms nobody.
    pub async fn sweep_group(&self, context: &Context, group: GroupNumber) -> Result<()> {
        while self.execute(context.clone(), SweepGroup { group }).await? {}
        Ok(())
    }
}

struct ById<'a> {
    tenant: TenantId,
    id: &'a str,
}

impl Read for ById<'_> {
    type Output = Option<Group>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        groups::by_id(tx, self.tenant, self.id).await
    }
}

struct Missing<'a> {
    tenant: TenantId,
    ids: &'a [GroupId],
}

impl Read for Missing<'_> {
    type Output = Option<GroupId>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        for id in self.ids {
            if groups::by_id(tx, self.tenant, id.as_str()).await?.is_none() {
                return Ok(Some(id.clone()));
            }
        }
        Ok(None)
    }
}

struct Page<'a> {
    tenant: TenantId,
    search: Option<String>,
    after: &'a str,
    limit: i64,
    offset: i64,
}

impl Read for Page<'_> {
    type Output = Vec<Group>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        groups::page(
            tx,
            self.tenant,
            self.search.as_deref(),
            self.after,
            self.limit,
            self.offset,
        )
        .await
    }
}

struct OfUser {
    tenant: TenantId,
    user: UserNumber,
}

impl Read for OfUser {
    type Output = Vec<Group>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        groups::of_user(tx, self.tenant, self.user).await
    }
}

struct AdministeredBy {
    tenant: TenantId,
    user: UserNumber,
}

impl Read for AdministeredBy {
    type Output = Vec<Group>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        groups::administered_by(tx, self.tenant, self.user).await
    }
}

struct Counts {
    tenant: TenantId,
    numbers: Vec<GroupNumber>,
}

impl Read for Counts {
    type Output = HashMap<GroupNumber, GroupCount>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        Ok(group_counts::of(tx, self.tenant, &self.numbers)
            .await?
            .into_iter()
            .collect())
    }
}

struct AdministratorsOf {
    tenant: TenantId,
    group: GroupNumber,
}

impl Read for AdministratorsOf {
    type Output = Vec<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        group_administrators::logins(tx, self.tenant, self.group).await
    }
}

struct IsMember {
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
}

impl Read for IsMember {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        memberships::is_member(tx, self.tenant, self.group, self.user).await
    }
}

struct Administers {
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
}

impl Read for Administers {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        group_administrators::is(tx, self.tenant, self.group, self.user).await
    }
}
