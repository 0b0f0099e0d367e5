//! Changing a user's fields.

use super::{
    address,
    create::{ids, subject},
    new_password::ended_app_passwords,
    patch::{AliasChange, UserPatch},
};
use crate::{
    Command, Context, NewPassword, Reach,
    commands::{
        groups::{appointable, leave, may_leave},
        password_links::void_links,
    },
    policy,
    text::storable,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{
    Action, Alias, ContactEmail, Denial, Error, Field, Group, GroupId, Noun, Patch, Result, Rule,
    TokenScope, User, UserNumber, Violation,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        addresses, group_administrators, groups, memberships, search, users, webmail_accounts,
    },
};
use serde_json::{Map, Value};

/// Changes fields of a user. Users may change their own, administrators and group administrators those of users they reach.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Denial::Field`] for a field that the actor may not change;
/// [`Denial::OperatorAccount`]; values that break a rule; groups as for creation.
#[derive(Clone, Debug)]
pub struct EditUser {
    /// The user.
    pub user: UserNumber,
    /// What is to change.
    pub patch: UserPatch,
}

impl EditUser {
    fn may(&self, context: &Context, reach: Reach, user: &User) -> Result<()> {
        let patch = &self.patch;
        let administrative =
            patch.quota.is_some() || !patch.manager.is_keep() || patch.groups.is_some();
        if (administrative && !reach.over) || (patch.administers.is_some() && !reach.administrator)
        {
            return Err(Error::Forbidden(Denial::Field));
        }
        if !patch.scopes.is_empty() && !reach.own {
            return Err(Error::Forbidden(Denial::Field));
        }
        if patch.password.is_some() || !patch.email.is_keep() {
            policy::operator_account(context, user)?;
        }
        Ok(())
    }
}

impl Command for EditUser {
    type Outcome = ();

    fn password(&mut self) -> Option<&mut NewPassword> {
        self.patch.password.as_mut()
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        let reach = policy::reach(context, tx, &user).await?;
        self.may(context, reach, &user)?;
        for id in self.patch.groups.iter().flatten() {
            joinable(context, tx, id).await?;
        }
        for id in self.patch.administers.iter().flatten() {
            appointable(context, tx, id).await?;
        }
        if let Patch::Set(manager) = &self.patch.manager {
            storable(Field::Manager, manager)?;
        }
        if !reach.own && (self.patch.password.is_some() || !self.patch.email.is_keep()) {
            policy::administrator_account(context, tx, &user).await?;
        }
        if let Some(password) = &self.patch.password {
            password.check(user.login.as_str())?;
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let before = locked_user(context, change, self.user).await?;
        let reach = policy::reach(context, change, &before).await?;
        self.may(context, reach, &before)?;
        let mut user = before.clone();
        self.patch.clone().apply(&mut user)?;
        if user.email != before.email && reach.over && !reach.own {
            address::follow_email(change, &mut user).await?;
        }
        let mut details = Map::new();
        if let Some(wanted) = &self.patch.groups {
            let changed = set_groups(context, change, &user, wanted).await?;
            if !changed.is_empty() {
                details.insert("groups".to_owned(), ids(&changed));
            }
        }
        if let Some(wanted) = &self.patch.administers {
            let changed = set_administered(context, change, &user, wanted).await?;
            if !changed.is_empty() {
                details.insert("administers".to_owned(), ids(&changed));
            }
        }
        write(context, change, (&before, user), reach.own, details).await
    }
}

/// Writes the fields in which a user differs from what it was before, with all that hangs on them, and the entry, which has these details
/// besides. `own` tells whether the user changed itself.
pub(crate) async fn write(
    context: &Context,
    change: &mut Change,
    (before, mut user): (&User, User),
    own: bool,
    mut details: Map<String, Value>,
) -> Result<Recorded<()>> {
    let fields = changed_fields(before, &user);
    if !fields.is_empty() {
        details.insert(
            "fields".to_owned(),
            fields.iter().copied().collect::<Value>(),
        );
        user.changed_at = context.now;
        users::update(change, &user).await?;
        if fields.contains(&"password") && ended_app_passwords(context, change, &user).await? {
            details.insert("app_passwords".to_owned(), "revoked".into());
        }
        if before.password_hash != user.password_hash || before.email != user.email {
            // a link is for who reads the former e-mail and lacks a password
            void_links(change, &user).await?;
        }
        if own && fields.contains(&"password") {
            webmail_accounts::password_was_reset(change, user.tenant, user.number).await?;
        }
        if before.quota != user.quota
            && let Some(address) = &user.address
        {
            addresses::set_quota(change, address, &user).await?;
        }
        if before.display_name != user.display_name || before.email != user.email {
            search::put(change, &user).await?;
        }
    }
    if details.is_empty() {
        return change.unchanged(());
    }
    let action = match fields.as_slice() {
        ["password"] => Action::UserPasswordChanged,
        _ => Action::UserChanged,
    };
    let mut entry = context.entry(action, subject(&user));
    entry.details = details;
    change.record(entry, ()).await
}

impl UserPatch {
    /// Changes the user's fields; not its groups, and not what follows from the change.
    pub(crate) fn apply(self, user: &mut User) -> Result<()> {
        self.display_name.apply(&mut user.display_name);
        self.email.apply(&mut user.email);
        self.language.apply(&mut user.language);
        self.locale.apply(&mut user.locale);
        self.timezone.apply(&mut user.timezone);
        self.first_day_of_week.apply(&mut user.first_day_of_week);
        self.manager.apply(&mut user.manager);
        self.phone.apply(&mut user.phone);
        if let Some(quota) = self.quota {
            user.quota = quota;
        }
        if let Some(password) = &self.password {
            user.password_hash = Some(password.hashed()?.to_owned());
        }
        for (field, value) in &self.profile {
            user.profile.set_value(*field, value.as_str());
        }
        for (field, scope) in self.scopes {
            user.profile.set_scope(field, scope);
        }
        for alias in self.aliases {
            alias.apply(user)?;
        }
        apply_notify_email(self.notify_email, user)
    }
}

impl AliasChange {
    fn apply(self, user: &mut User) -> Result<()> {
        let place =
            |user: &User, value: &str| user.aliases.iter().position(|alias| alias.value == value);
        let duplicate = || Error::from(Violation::new(Field::Alias, Rule::Duplicate));
        match self {
            Self::Add(alias) => {
                storable(Field::Alias, &alias.value)?;
                if place(user, &alias.value).is_some() {
                    return Err(duplicate());
                }
                if user.aliases.len() >= MAX_ALIASES {
                    return Err(Violation::new(Field::Alias, Rule::OutOfRange).into());
                }
                user.aliases.push(alias);
            }
            Self::Replace(old, new) => {
                let scope = place(user, &old).and_then(|at| user.aliases.remove(at).scope);
                return Self::Add(Alias { value: new, scope }).apply(user);
            }
            Self::Remove(value) => {
                user.aliases.retain(|alias| alias.value != value);
                if user
                    .notify_email
                    .as_ref()
                    .is_some_and(|notify| notify.as_str() == value)
                {
                    user.notify_email = None;
                }
            }
            Self::SetScope(value, scope) => match place(user, &value) {
                Some(at) => user.aliases[at].scope = Some(scope),
                None => return Err(Violation::new(Field::Alias, Rule::Unknown).into()),
            },
        }
        Ok(())
    }
}

/// How many further addresses a user may have.
pub(crate) const MAX_ALIASES: usize = 1000;

fn apply_notify_email(patch: Patch<ContactEmail>, user: &mut User) -> Result<()> {
    if let Patch::Set(notify) = &patch {
        let own = user
            .aliases
            .iter()
            .any(|alias| alias.value == notify.as_str());
        if !own {
            return Err(Violation::new(Field::NotifyEmail, Rule::Unknown).into());
        }
    }
    patch.apply(&mut user.notify_email);
    Ok(())
}

/// The names of the fields in which two states of a user differ.
fn changed_fields(before: &User, after: &User) -> Vec<&'static str> {
    let differs = [
        ("display_name", before.display_name != after.display_name),
        ("email", before.email != after.email),
        ("address", before.address != after.address),
        ("aliases", before.aliases != after.aliases),
        ("notify_email", before.notify_email != after.notify_email),
        ("password", before.password_hash != after.password_hash),
        ("phone", before.phone != after.phone),
        ("quota", before.quota != after.quota),
        ("language", before.language != after.language),
        ("locale", before.locale != after.locale),
        ("timezone", before.timezone != after.timezone),
        (
            "first_day_of_week",
            before.first_day_of_week != after.first_day_of_week,
        ),
        ("manager", before.manager != after.manager),
        ("profile", before.profile != after.profile),
    ];
    differs
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
}

/// The group that a user is to join, if the actor may let it.
async fn joinable(context: &Context, tx: &mut Tx, id: &GroupId) -> Result<Group> {
    let Some(group) = groups::by_id(tx, context.tenant_id(), id.as_str()).await? else {
        return Err(Error::Unknown(Noun::Group).about(id.as_str()));
    };
    if !policy::administers(context, tx, &group).await? {
        return Err(Error::Forbidden(Denial::GroupNotAdministered).about(id.as_str()));
    }
    if group.is_administrators() {
        context.require(TokenScope::Admin)?;
    }
    Ok(group)
}

/// Brings a user's memberships to what is wanted; which groups that touched.
pub(crate) async fn set_groups(
    context: &Context,
    change: &mut Change,
    user: &User,
    wanted: &[GroupId],
) -> Result<Vec<Group>> {
    let mut steps = Vec::new();
    for group in groups::of_user(change, user.tenant, user.number).await? {
        let stays = wanted.contains(&group.id);
        // groups that the actor does not administer are none of its business
        if !stays && policy::administers(context, change, &group).await? {
            may_leave(context, change, &group, user).await?;
            steps.push((group, None));
        }
    }
    for (position, id) in (context.now.0..).zip(wanted) {
        steps.push((joinable(context, change, id).await?, Some(position)));
    }
    // all commands take the sizes of groups in this order, so that no two wait for each other
    steps.sort_by_key(|(group, _)| group.number);
    let mut changed = Vec::new();
    for (group, position) in steps {
        let did = match position {
            None => leave(change, &group, user).await?,
            Some(position) => memberships::insert(change, group.number, user, position).await?,
        };
        if did {
            changed.push(group);
        }
    }
    Ok(changed)
}

/// Brings the groups that a user administers to what is wanted; which groups that touched.
pub(crate) async fn set_administered(
    context: &Context,
    change: &mut Change,
    user: &User,
    wanted: &[GroupId],
) -> Result<Vec<Group>> {
    let mut changed = Vec::new();
    for group in groups::administered_by(change, user.tenant, user.number).await? {
        if !wanted.contains(&group.id) {
            group_administrators::delete(change, user.tenant, group.number, user.number).await?;
            changed.push(group);
        }
    }
    for (position, id) in (context.now.0..).zip(wanted) {
        let group = appointable(context, change, id).await?;
        if group_administrators::insert(change, user.tenant, group.number, user.number, position)
            .await?
        {
            changed.push(group);
        }
    }
    Ok(changed)
}
