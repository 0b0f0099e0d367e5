//! Making a user.

use super::address;
use crate::{Command, Context, NewPassword, commands::groups::appointable, policy, text::storable};
use provost_model::{
    Action, Address, ContactEmail, Denial, DisplayName, Error, Field, Group, GroupId, Language,
    Login, Noun, Profile, Quota, Result, Rule, Subject, TokenScope, User, UserId, UserNumber,
    Violation,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        counters::{self, Counter},
        group_administrators, groups, memberships, names, registrations, search, users,
        welcome_mails,
    },
};

/// Makes a user. Administrators may; group administrators may in groups of theirs.
///
/// # Errors
/// In this order: a missing right; [`Noun::Login`] taken; [`Noun::Group`] unknown or not administered; no group where the actor has to name
/// one; [`Noun::AdministeredGroup`] unknown, that of the administrators, or one that the actor may not appoint for; no password and no
/// e-mail where one is wanted; a password that breaks its policy; an address that is taken.
#[derive(Clone, Debug)]
pub struct CreateUser {
    /// The login.
    pub login: Login,
    /// The password, if it gets one now.
    pub password: Option<NewPassword>,
    /// Whether it must have a password or a contact e-mail.
    pub reachable: bool,
    /// The display name.
    pub display_name: Option<DisplayName>,
    /// The contact e-mail.
    pub email: Option<ContactEmail>,
    /// Where the mail identity comes from.
    pub identity: MailIdentity,
    /// The groups that it joins.
    pub groups: Vec<GroupId>,
    /// The groups that it administers.
    pub administers: Vec<GroupId>,
    /// How much it may store.
    pub quota: Quota,
    /// Its language.
    pub language: Option<Language>,
    /// Its manager's login.
    pub manager: Option<String>,
    /// Whether it operates the deployment; only the command line may ask for that.
    pub operator: bool,
    /// Whether a welcome mail with a link to set its password is to be sent once it is made; it has to have a contact e-mail for that.
    pub welcome: bool,
}

/// Where a new user's mail identity comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailIdentity {
    /// It is this address, or the user is not made.
    Own(Address),
    /// It is the contact e-mail, if that can be one.
    FromEmail,
    /// There is none.
    None,
}

/// A user that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedUser {
    /// Its number.
    pub number: UserNumber,
    /// Its id.
    pub id: UserId,
}

impl CreateUser {
    /// A user with this login and nothing else.
    #[must_use]
    pub const fn new(login: Login) -> Self {
        Self {
            login,
            password: None,
            reachable: false,
            display_name: None,
            email: None,
            identity: MailIdentity::FromEmail,
            groups: Vec::new(),
            administers: Vec::new(),
            quota: Quota::Default,
            language: None,
            manager: None,
            operator: false,
            welcome: false,
        }
    }

    /// What can be refused without asking anybody.
    fn check_alone(&self) -> Result<()> {
        storable(Field::Manager, self.manager.as_deref().unwrap_or_default())?;
        match &self.password {
            Some(password) => password.check(self.login.as_str())?,
            None if self.reachable && self.email.is_none() => {
                return Err(Violation::new(Field::Password, Rule::Empty).into());
            }
            None => {}
        }
        Ok(())
    }

    async fn joined(&self, context: &Context, tx: &mut Tx) -> Result<Vec<Group>> {
        let mut joined: Vec<Group> = Vec::with_capacity(self.groups.len());
        for id in &self.groups {
            let Some(group) = groups::by_id(tx, context.tenant_id(), id.as_str()).await? else {
                return Err(Error::Unknown(Noun::Group).about(id.as_str()));
            };
            if !policy::administers(context, tx, &group).await? {
                return Err(Error::Forbidden(Denial::GroupNotAdministered).about(id.as_str()));
            }
            if group.is_administrators() {
                context.require(TokenScope::Admin)?;
            }
            if !joined.contains(&group) {
                joined.push(group);
            }
        }
        Ok(joined)
    }

    async fn administered(&self, context: &Context, tx: &mut Tx) -> Result<Vec<Group>> {
        let mut administered = Vec::with_capacity(self.administers.len());
        for id in &self.administers {
            let group = appointable(context, tx, id).await?;
            if !administered.contains(&group) {
                administered.push(group);
            }
        }
        Ok(administered)
    }
}

impl Command for CreateUser {
    type Outcome = CreatedUser;

    fn password(&mut self) -> Option<&mut NewPassword> {
        self.password.as_mut()
    }

    fn makes_user(&self) -> bool {
        true
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        let administrator = policy::administrator_or_group_administrator(context, tx).await?;
        if self.operator {
            policy::command_line(context)?;
        }
        let own = self.check_alone();
        let only_the_login_can_be_refused = administrator
            && self.groups.is_empty()
            && self.administers.is_empty()
            && self.password.is_none()
            && own.is_ok();
        // then that is found out when its rows are written, and need not be looked for before
        if !only_the_login_can_be_refused
            && names::holder(tx, context.tenant_id(), &self.login.key())
                .await?
                .is_some()
        {
            return Err(Error::Taken(Noun::Login));
        }
        if self.groups.is_empty() && !administrator {
            return Err(Error::Forbidden(Denial::GroupRequired));
        }
        self.joined(context, tx).await?;
        self.administered(context, tx).await?;
        own
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<CreatedUser>> {
        let joined = self.joined(context, change).await?;
        let administered = self.administered(context, change).await?;
        let user = self.insert(context, change, &joined, &administered).await?;
        if self.welcome && user.email.is_some() {
            welcome_mails::insert(change, user.tenant, user.number, context.now).await?;
        }
        let mut entry = context.entry(Action::UserCreated, subject(&user));
        if !joined.is_empty() {
            entry.details.insert("groups".to_owned(), ids(&joined));
        }
        if !administered.is_empty() {
            entry
                .details
                .insert("administers".to_owned(), ids(&administered));
        }
        let outcome = CreatedUser {
            number: user.number,
            id: user.id,
        };
        change.record(entry, outcome).await
    }
}

impl CreateUser {
    /// Writes the user's rows.
    pub(crate) async fn insert(
        &self,
        context: &Context,
        change: &mut Change,
        joined: &[Group],
        administered: &[Group],
    ) -> Result<User> {
        let mut user = User {
            tenant: context.tenant_id(),
            number: next_number(context, change, joined).await?,
            id: UserId(context.new_id()),
            login: self.login.clone(),
            display_name: self.display_name.clone(),
            email: self.email.clone(),
            address: None,
            address_follows_email: false,
            aliases: Vec::new(),
            notify_email: None,
            password_hash: self
                .password
                .as_ref()
                .map(NewPassword::hashed)
                .transpose()?
                .map(str::to_owned),
            phone: None,
            quota: self.quota,
            language: self.language.clone(),
            locale: None,
            timezone: None,
            first_day_of_week: None,
            manager: self.manager.clone(),
            enabled: true,
            operator: self.operator,
            profile: Profile::default(),
            first_login_at: None,
            last_login_at: None,
            created_at: context.now,
            changed_at: context.now,
        };
        self.register(change, &mut user).await?;
        users::insert(change, &user).await?;
        search::put(change, &user).await?;
        if user.operator {
            super::set_operator::claim_name(change, &user).await?;
        }
        let mut placed: Vec<_> = (context.now.0..).zip(joined).collect();
        // all commands take the sizes of groups in this order, so that no two wait for each other
        placed.sort_by_key(|(_, group)| group.number);
        for (position, group) in placed {
            memberships::insert(change, group.number, &user, position).await?;
        }
        for (position, group) in (context.now.0..).zip(administered) {
            group_administrators::insert(change, user.tenant, group.number, user.number, position)
                .await?;
        }
        Ok(user)
    }
}

impl CreateUser {
    /// Takes the login, and the address if there is to be one.
    async fn register(&self, change: &mut Change, user: &mut User) -> Result<()> {
        let (wanted, follows) = match &self.identity {
            MailIdentity::Own(address) => (Some(address.clone()), false),
            MailIdentity::FromEmail => (address::from_email(user), true),
            MailIdentity::None => (None, false),
        };
        let registered = registrations::take(change, user, wanted.as_ref(), follows).await?;
        if !registered.login {
            return Err(Error::Taken(Noun::Login));
        }
        if registered.address {
            user.address = wanted;
            user.address_follows_email = follows;
        } else if wanted.is_some() && !follows {
            return Err(Error::Taken(Noun::Address));
        }
        Ok(())
    }
}

/// The tenant's first administrator, whenever it is made, has a number that is kept for it; all others count up.
async fn next_number(
    context: &Context,
    change: &mut Change,
    joined: &[Group],
) -> Result<UserNumber> {
    let tenant = context.tenant_id();
    if joined.iter().any(Group::is_administrators)
        && counters::take(change, tenant, Counter::FirstAdministrator).await? == 1
    {
        return Ok(UserNumber::FIRST_ADMINISTRATOR);
    }
    Ok(UserNumber(
        counters::take(change, tenant, Counter::Users).await?,
    ))
}

/// A user as the subject of an entry.
pub(crate) fn subject(user: &User) -> Subject {
    Subject {
        name: user.login.as_str().to_owned(),
        number: Some(user.number.0),
    }
}

pub(crate) fn ids(groups: &[Group]) -> serde_json::Value {
    groups.iter().map(|group| group.id.as_str()).collect()
}
