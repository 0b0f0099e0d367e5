//! Users.

use crate::{Context, Directory, Reach, policy, text::is_storable};
use provost_model::{Error, Noun, Result, TenantId, User, UserNumber, fold};
use provost_store::{
    Read, Tx,
    tables::{
        group_administrators, memberships, names, preferences,
        user_details::{self, GroupIds},
        users,
    },
};
use std::collections::{HashMap, HashSet};

/// A user with the ids of its groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDetails {
    /// The user, on the heap since it is large and goes through many hands.
    pub user: Box<User>,
    /// The ids of the groups that it is a member of, in the order it joined them.
    pub groups: Vec<String>,
    /// The ids of the groups that it administers, in the order it was appointed.
    pub administers: Vec<String>,
}

impl UserDetails {
    fn new(user: Box<User>, groups: GroupIds) -> Self {
        Self {
            user,
            groups: groups.joined,
            administers: groups.administered,
        }
    }
}

impl Directory {
    /// The user with this name: its login; else its address, in this tenant; else its contact e-mail, if exactly one user has it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn user(&self, tenant: TenantId, name: &str) -> Result<Option<User>> {
        let found = self.read(&ByName { tenant, name }).await?;
        Ok(found.map(|user| *user))
    }

    /// The user with this name, and how the actor reaches it.
    ///
    /// # Errors
    /// [`Noun::User`] unknown or out of reach.
    pub async fn reached_user(&self, context: &Context, name: &str) -> Result<(User, Reach)> {
        let (user, reach) = self.read(&Reached { context, name }).await?;
        Ok((*user, reach))
    }

    /// The user with this name and the ids of its groups, and how the actor reaches it.
    ///
    /// # Errors
    /// [`Noun::User`] unknown or out of reach.
    pub async fn reached_details(
        &self,
        context: &Context,
        name: &str,
    ) -> Result<(UserDetails, Reach)> {
        if let Some(by_names) = &self.inner.by_names
            && is_storable(name)
            && let Some((user, groups)) = by_names.find((context.tenant_id(), fold(name))).await?
        {
            let reach = self.reach(context, &user).await?;
            return Ok((UserDetails::new(user, groups), reach));
        }
        self.read(&ReachedDetails(Reached { context, name })).await
    }

    /// Whether the actor reaches this user.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] if it does not.
    pub async fn reach(&self, context: &Context, user: &User) -> Result<Reach> {
        self.read(&Reaches { context, user }).await
    }

    /// Which of these names lead, as login or address, to users that the actor reaches; folded. Asks once, however many there are.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn reached_names(
        &self,
        context: &Context,
        names: &[&str],
    ) -> Result<HashSet<String>> {
        let mut keys: Vec<String> = names
            .iter()
            .filter(|name| is_storable(name))
            .map(|name| fold(name))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            return Ok(HashSet::new());
        }
        self.read(&ReachedNames { context, keys }).await
    }

    /// The users with these numbers and the ids of their groups, in the order of the numbers given; those that are gone are left out.
    /// The caller bounds how many it asks for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn details(
        &self,
        tenant: TenantId,
        numbers: &[UserNumber],
    ) -> Result<Vec<UserDetails>> {
        self.read(&Details { tenant, numbers }).await
    }

    /// A preference of a user, if it is set.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn preference(
        &self,
        tenant: TenantId,
        user: UserNumber,
        app: &str,
        key: &str,
    ) -> Result<Option<String>> {
        if !is_storable(app) || !is_storable(key) {
            return Ok(None);
        }
        self.read(&Preference {
            tenant,
            user,
            app,
            key,
        })
        .await
    }
}

/// The user with this name; see [`Directory::user`].
pub(crate) async fn find_user(
    tx: &mut Tx,
    tenant: TenantId,
    name: &str,
) -> Result<Option<Box<User>>> {
    if !is_storable(name) {
        return Ok(None);
    }
    let key = fold(name);
    if let Some(user) = users::by_name(tx, tenant, &key).await? {
        return Ok(Some(user));
    }
    users::by_email(tx, tenant, &key).await
}

struct ByName<'a> {
    tenant: TenantId,
    name: &'a str,
}

impl Read for ByName<'_> {
    type Output = Option<Box<User>>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        find_user(tx, self.tenant, self.name).await
    }
}

struct Reached<'a> {
    context: &'a Context,
    name: &'a str,
}

impl Read for Reached<'_> {
    type Output = (Box<User>, Reach);
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let user = find_user(tx, self.context.tenant_id(), self.name)
            .await?
            .ok_or(Error::Unknown(Noun::User))?;
        let reach = policy::reach(self.context, tx, &user).await?;
        Ok((user, reach))
    }
}

struct ReachedDetails<'a>(Reached<'a>);

impl Read for ReachedDetails<'_> {
    type Output = (UserDetails, Reach);
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let Reached { context, name } = self.0;
        let found = FoundUser::find(tx, context.tenant_id(), name)
            .await?
            .ok_or(Error::Unknown(Noun::User))?;
        let reach = policy::reach(context, tx, &found.user).await?;
        Ok((found.details(tx).await?, reach))
    }
}

/// A user that was found by its name, with its groups where they came along.
pub(super) struct FoundUser {
    pub(super) user: Box<User>,
    groups: Option<GroupIds>,
}

impl FoundUser {
    /// The same as [`find_user`].
    pub(super) async fn find(tx: &mut Tx, tenant: TenantId, name: &str) -> Result<Option<Self>> {
        if !is_storable(name) {
            return Ok(None);
        }
        let key = fold(name);
        if let Some((user, groups)) = user_details::by_name(tx, tenant, &key).await? {
            return Ok(Some(Self {
                user,
                groups: Some(groups),
            }));
        }
        let user = users::by_email(tx, tenant, &key).await?;
        Ok(user.map(|user| Self { user, groups: None }))
    }

    /// It, with the ids of its groups.
    pub(super) async fn details(self, tx: &mut Tx) -> Result<UserDetails> {
        let Self { user, groups } = self;
        let groups = match groups {
            Some(groups) => groups,
            None => user_details::group_ids(tx, user.tenant, user.number).await?,
        };
        Ok(UserDetails::new(user, groups))
    }
}

struct Reaches<'a> {
    context: &'a Context,
    user: &'a User,
}

impl Read for Reaches<'_> {
    type Output = Reach;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Reach> {
        policy::reach(self.context, tx, self.user).await
    }
}

struct ReachedNames<'a> {
    context: &'a Context,
    keys: Vec<String>,
}

impl Read for ReachedNames<'_> {
    type Output = HashSet<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let tenant = self.context.tenant_id();
        let holders = names::holders(tx, tenant, &self.keys).await?;
        let numbers: Vec<UserNumber> = holders.iter().map(|(_, number)| *number).collect();
        let reached = policy::reached(self.context, tx, &numbers).await?;
        Ok(holders
            .into_iter()
            .filter_map(|(key, number)| reached.contains(&number).then_some(key))
            .collect())
    }
}

struct Details<'a> {
    tenant: TenantId,
    numbers: &'a [UserNumber],
}

impl Read for Details<'_> {
    type Output = Vec<UserDetails>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let found = users::by_numbers(tx, self.tenant, self.numbers).await?;
        let mut groups = by_user(memberships::group_ids_of(tx, self.tenant, self.numbers).await?);
        let mut administers =
            by_user(group_administrators::group_ids_of(tx, self.tenant, self.numbers).await?);
        let mut found: HashMap<UserNumber, User> =
            found.into_iter().map(|user| (user.number, user)).collect();
        Ok(self
            .numbers
            .iter()
            .filter_map(|number| {
                Some(UserDetails {
                    user: Box::new(found.remove(number)?),
                    groups: groups.remove(number).unwrap_or_default(),
                    administers: administers.remove(number).unwrap_or_default(),
                })
            })
            .collect())
    }
}

fn by_user(pairs: Vec<(UserNumber, String)>) -> HashMap<UserNumber, Vec<String>> {
    let mut ids: HashMap<UserNumber, Vec<String>> = HashMap::new();
    for (user, id) in pairs {
        ids.entry(user).or_default().push(id);
    }
    ids
}

struct Preference<'a> {
    tenant: TenantId,
    user: UserNumber,
    app: &'a str,
    key: &'a str,
}

impl Read for Preference<'_> {
    type Output = Option<String>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        preferences::get(tx, self.tenant, self.user, self.app, self.key).await
    }
}
