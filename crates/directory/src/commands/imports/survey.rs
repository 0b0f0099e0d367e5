//! What becomes of the lines of an import, as far as reading goes.

use super::{
    ImportUsers, ImportedUser, Matching,
    claims::{Claimed, Claims},
};
use crate::{
    Context,
    commands::{mail_services::check_services, users::MAX_ALIASES},
    policy,
    text::storable,
};
use provost_model::{
    Address, ContactEmail, Denial, DomainName, Error, Field, Group, GroupId, Login,
    MailboxSettings, Noun, Patch, Profile, Protection, Quota, Result, Rule, TenantId, User, UserId,
    UserNumber, Violation,
};
use provost_store::{
    Tx,
    tables::{addresses, domains, groups, msisdns, names, users},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What becomes of a line.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// A user is made.
    Create(Box<NewUser>),
    /// This user is changed.
    Update(Box<User>),
    /// Nothing is done.
    Refuse(Vec<Error>),
}

/// A user that is to be made. Its number and id are given later.
#[derive(Debug)]
pub(crate) struct NewUser {
    pub(crate) user: User,
    pub(crate) joins: Vec<Group>,
    pub(crate) administers: Vec<Group>,
}

/// What the directory knows of what a batch of lines names, read in as few statements as can be.
#[derive(Default)]
struct Known {
    names: HashMap<String, UserNumber>,
    addresses: HashMap<String, (TenantId, UserNumber)>,
    users: HashMap<UserNumber, User>,
    groups: HashMap<String, Group>,
    owners: HashMap<DomainName, Option<TenantId>>,
    msisdns: HashMap<String, (TenantId, UserNumber)>,
}

/// What becomes of each of these lines, and what they claim. `earlier` is what lines before them claimed that is not in the directory.
pub(crate) async fn survey(
    context: &Context,
    tx: &mut Tx,
    import: &ImportUsers,
    earlier: &Claims,
) -> Result<(Vec<Verdict>, Claims)> {
    let lines = &import.users;
    let mut surveyor = Surveyor {
        context,
        known: Known::read(context, tx, import).await?,
        matching: import.matching,
        earlier,
        claims: Claims::default(),
    };
    let verdicts = lines.iter().map(|line| surveyor.judge(line)).collect();
    Ok((verdicts, surveyor.claims))
}

impl Known {
    async fn read(context: &Context, tx: &mut Tx, import: &ImportUsers) -> Result<Self> {
        let tenant = context.tenant_id();
        let lines = &import.users;
        let wanted: Vec<Address> = lines
            .iter()
            .filter_map(ImportedUser::wanted_address)
            .collect();
        let mut known = if import.expects_new {
            // the names are claimed next, which finds them taken if they are
            Self::default()
        } else {
            Self::read_users(tx, tenant, lines, &wanted).await?
        };
        let ids: HashSet<&str> = lines
            .iter()
            .flat_map(|line| [&line.patch.groups, &line.patch.administers])
            .flatten()
            .flatten()
            .map(GroupId::as_str)
            .collect();
        for id in ids {
            if let Some(group) = groups::by_id(tx, tenant, id).await? {
                known.groups.insert(id.to_owned(), group);
            }
        }
        for domain in wanted.iter().map(Address::domain).collect::<HashSet<_>>() {
            let owner = domains::owner(tx, &domain).await?;
            known.owners.insert(domain, owner);
        }
        for msisdn in lines.iter().filter_map(ImportedUser::wanted_msisdn) {
            if let Some(holder) = msisdns::holder(tx, msisdn).await? {
                known.msisdns.insert(msisdn.digits().to_owned(), holder);
            }
        }
        Ok(known)
    }

    /// Who holds the names and addresses.
    async fn read_users(
        tx: &mut Tx,
        tenant: TenantId,
        lines: &[ImportedUser],
        wanted: &[Address],
    ) -> Result<Self> {
        let keys: HashSet<String> = lines
            .iter()
            .filter_map(|line| line.login.as_ref().map(Login::key))
            .chain(wanted.iter().map(Address::key))
            .collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let names = HashMap::from_iter(names::holders(tx, tenant, &keys).await?);
        let addresses: HashMap<_, _> = addresses::holders(tx, wanted)
            .await?
            .into_iter()
            .map(|(address, tenant, user)| (address, (tenant, user)))
            .collect();
        let numbers: HashSet<UserNumber> = names
            .values()
            .copied()
            .chain(
                addresses
                    .values()
                    .filter(|(holder, _)| *holder == tenant)
                    .map(|(_, user)| *user),
            )
            .collect();
        let numbers: Vec<UserNumber> = numbers.into_iter().collect();
        let users = users::by_numbers(tx, tenant, &numbers)
            .await?
            .into_iter()
            .map(|user| (user.number, user))
            .collect();
        Ok(Self {
            names,
            addresses,
            users,
            ..Self::default()
        })
    }
}

struct Surveyor<'a> {
    context: &'a Context,
    known: Known,
    matching: Matching,
    earlier: &'a Claims,
    claims: Claims,
}

impl Surveyor<'_> {
    fn judge(&mut self, line: &ImportedUser) -> Verdict {
        let found = match self.find(line) {
            Ok(found) => found,
            Err(error) => return Verdict::Refuse(vec![error]),
        };
        let mut errors = Vec::new();
        let joins = self.groups(&line.patch.groups, Noun::Group, &mut errors);
        let administers = self.groups(
            &line.patch.administers,
            Noun::AdministeredGroup,
            &mut errors,
        );
        let holder = found.as_ref().map(|user| user.number);
        self.check_msisdn(line, holder, &mut errors);
        errors.extend(self.check_rest(line).err());
        errors.extend(self.check_operator(line, found.as_deref()).err());
        let verdict = match found {
            None => self.create(line, &mut errors).map(|user| {
                Verdict::Create(Box::new(NewUser {
                    user,
                    joins,
                    administers,
                }))
            }),
            Some(user) => {
                errors.extend(self.check_update(line, &user).err());
                Some(Verdict::Update(user))
            }
        };
        match verdict {
            Some(verdict) if errors.is_empty() => {
                self.claim(line, &verdict);
                verdict
            }
            Some(_) | None => Verdict::Refuse(errors),
        }
    }

    /// The user that a line is about, if there is one.
    fn find(&self, line: &ImportedUser) -> Result<Option<Box<User>>> {
        let by_name = |key: &str| -> Option<&User> {
            self.known
                .names
                .get(key)
                .and_then(|number| self.known.users.get(number))
        };
        let found = match (self.matching, &line.login, &line.address) {
            (Matching::Login, None, _) => {
                return Err(Violation::new(Field::Login, Rule::Empty).into());
            }
            (Matching::Login, Some(login), _) => {
                let key = login.key();
                // a login that is another user's address leads to nobody
                by_name(&key).filter(|user| user.login.key() == key)
            }
            (Matching::Address, login, Patch::Set(address)) => {
                let found = self
                    .known
                    .addresses
                    .get(&address.key())
                    .filter(|(tenant, _)| *tenant == self.context.tenant_id())
                    .and_then(|(_, number)| self.known.users.get(number));
                if let (Some(user), Some(login)) = (found, login)
                    && user.login.key() != login.key()
                {
                    return Err(Error::Taken(Noun::Address));
                }
                found
            }
            (Matching::Address, ..) => {
                return Err(Violation::new(Field::Address, Rule::Empty).into());
            }
        };
        Ok(found.cloned().map(Box::new))
    }

    fn groups(
        &self,
        wanted: &Option<Vec<GroupId>>,
        noun: Noun,
        errors: &mut Vec<Error>,
    ) -> Vec<Group> {
        let mut found: Vec<Group> = Vec::new();
        for id in wanted.iter().flatten() {
            match self.known.groups.get(id.as_str()) {
                Some(group) if noun == Noun::AdministeredGroup && group.is_administrators() => {
                    errors.push(Error::Protected(
                        Protection::AdministratorsGroupAdministration,
                    ));
                }
                Some(group) if !found.contains(group) => found.push(group.clone()),
                Some(_) => {}
                None if self.earlier.has(Claimed::Group(id.as_str())) => {}
                None => errors.push(Error::Unknown(noun).about(id.as_str())),
            }
        }
        found
    }

    fn check_msisdn(&self, line: &ImportedUser, user: Option<UserNumber>, errors: &mut Vec<Error>) {
        let Some(msisdn) = line.wanted_msisdn() else {
            return;
        };
        let digits = msisdn.digits();
        let elsewhere =
            self.known.msisdns.get(&*digits).is_some_and(|holder| {
                Some(*holder) != user.map(|it| (self.context.tenant_id(), it))
            });
        if elsewhere || self.is_claimed(Claimed::Msisdn(&digits)) {
            errors.push(Error::Taken(Noun::Msisdn));
        }
    }

    /// What belongs to a user besides, as far as its own commands look without the user.
    fn check_rest(&self, line: &ImportedUser) -> Result<()> {
        let Some(rest) = &line.rest else {
            return Ok(());
        };
        check_services(self.context, &rest.services)?;
        for (_, changes) in &rest.preferences {
            for (_, content) in changes {
                storable(Field::Value, content.as_deref().unwrap_or_default())?;
            }
        }
        if rest
            .external_ids
            .iter()
            .any(|(kind, ids)| ids.len() > crate::commands::mail_services::most_ids(*kind))
        {
            return Err(Violation::new(Field::ExternalId, Rule::OutOfRange).into());
        }
        let lengths = [
            (Field::Sender, rest.mailbox.senders.as_ref().map(Vec::len)),
            (Field::Targets, rest.mailbox.forwards.as_ref().map(Vec::len)),
        ];
        for (field, length) in lengths {
            if length.is_some_and(|length| length > MailboxSettings::MAX_LISTED) {
                return Err(Violation::new(field, Rule::OutOfRange).into());
            }
        }
        provost_model::DialectValues::default().apply(&rest.oneoffice)?;
        if let (Patch::Set(webmail), Some(address)) = (&rest.webmail, line.wanted_address())
            && let Some(kind) = &webmail.kind
        {
            self.context
                .products
                .webmail_type(&address.domain(), kind.as_str())?;
        }
        Ok(())
    }

    fn check_operator(&self, line: &ImportedUser, user: Option<&User>) -> Result<()> {
        let now = user.is_some_and(|user| user.operator);
        if line.operator.is_some_and(|wanted| wanted != now) {
            policy::command_line(self.context)?;
        }
        Ok(())
    }

    fn check_update(&self, line: &ImportedUser, user: &User) -> Result<()> {
        let mut after = user.clone();
        apply(line, &mut after)?;
        let differs = after != *user
            || line.enabled.is_some_and(|enabled| enabled != user.enabled)
            || line.rest.is_some();
        if differs || !line.address.is_keep() {
            policy::operator_account(self.context, user)?;
        }
        if line.enabled == Some(false)
            && user.enabled
            && self.context.actor.user_in(user.tenant) == Some(user.number)
        {
            return Err(Error::Forbidden(Denial::OwnAccount));
        }
        match &line.address {
            Patch::Set(address) if user.address.as_ref() != Some(address) => {
                if self.is_free(address, Some(user.number)) {
                    Ok(())
                } else {
                    Err(Error::Taken(Noun::Address))
                }
            }
            Patch::Set(_) | Patch::Keep | Patch::Clear => Ok(()),
        }
    }

    /// The new user of a line, but for its number and id.
    fn create(&self, line: &ImportedUser, errors: &mut Vec<Error>) -> Option<User> {
        let login = match (&line.login, &line.address) {
            (Some(login), _) => login.clone(),
            (None, Patch::Set(address)) => Login::from_stored(address.as_str().to_owned()),
            (None, Patch::Keep | Patch::Clear) => {
                errors.push(Violation::new(Field::Login, Rule::Empty).into());
                return None;
            }
        };
        let key = login.key();
        if self.known.names.contains_key(&key) || self.is_claimed(Claimed::Name(&key)) {
            errors.push(Error::Taken(Noun::Login));
        }
        let mut user = blank(self.context, login);
        if let Err(error) = apply(line, &mut user) {
            errors.push(error);
            return None;
        }
        user.enabled = line.enabled.unwrap_or(true);
        user.operator = line.operator.unwrap_or(false);
        match (&line.address, line.wanted_address()) {
            (Patch::Set(address), _) if self.is_free(address, None) => {
                user.address_follows_email =
                    line.address_follows_email && is_contact(&user, address);
                user.address = Some(address.clone());
            }
            (Patch::Set(_), _) => errors.push(Error::Taken(Noun::Address)),
            (Patch::Keep, Some(address)) if self.is_free(&address, None) => {
                user.address = Some(address);
                user.address_follows_email = true;
            }
            (Patch::Keep | Patch::Clear, _) => {}
        }
        Some(user)
    }

    /// Whether an address is nobody's, or this user's, and its domain the tenant's or nobody's.
    fn is_free(&self, address: &Address, user: Option<UserNumber>) -> bool {
        let key = address.key();
        let tenant = self.context.tenant_id();
        let held = self
            .known
            .addresses
            .get(&key)
            .is_some_and(|holder| Some(*holder) != user.map(|it| (tenant, it)));
        let named = self
            .known
            .names
            .get(&key)
            .is_some_and(|holder| Some(*holder) != user);
        let closed = self
            .known
            .owners
            .get(&address.domain())
            .copied()
            .flatten()
            .is_some_and(|owner| owner != tenant);
        !(held
            || named
            || closed
            || self.is_claimed(Claimed::Name(&key))
            || self.is_claimed(Claimed::Address(&key)))
    }

    fn is_claimed(&self, claimed: Claimed<'_>) -> bool {
        self.claims.has(claimed) || self.earlier.has(claimed)
    }

    fn claim(&mut self, line: &ImportedUser, verdict: &Verdict) {
        let address = match verdict {
            Verdict::Create(new) => {
                self.claims.add(Claimed::Name(&new.user.login.key()));
                new.user.address.clone()
            }
            Verdict::Update(user) => line
                .wanted_address()
                .filter(|address| user.address.as_ref().map(Address::key) != Some(address.key())),
            Verdict::Refuse(_) => return,
        };
        if let Some(key) = address.as_ref().map(Address::key) {
            self.claims.add(Claimed::Address(&key));
            self.claims.add(Claimed::Name(&key));
        }
        if let Some(msisdn) = line.wanted_msisdn() {
            self.claims.add(Claimed::Msisdn(&msisdn.digits()));
        }
    }
}

/// Whether an address is the user's contact e-mail.
pub(super) fn is_contact(user: &User, address: &Address) -> bool {
    user.email.as_ref().map(ContactEmail::key) == Some(address.key())
}

/// A user with this login and nothing else.
fn blank(context: &Context, login: Login) -> User {
    User {
        tenant: context.tenant_id(),
        number: UserNumber(0),
        id: UserId(Uuid::nil()),
        login,
        display_name: None,
        email: None,
        address: None,
        address_follows_email: false,
        aliases: Vec::new(),
        notify_email: None,
        password_hash: None,
        phone: None,
        quota: Quota::Default,
        language: None,
        locale: None,
        timezone: None,
        first_day_of_week: None,
        manager: None,
        enabled: true,
        operator: false,
        profile: Profile::default(),
        first_login_at: None,
        last_login_at: None,
        created_at: context.now,
        changed_at: context.now,
    }
}

/// Brings a user's own fields to what a line says; not its address and groups.
pub(super) fn apply(line: &ImportedUser, user: &mut User) -> Result<()> {
    if let Some(aliases) = &line.aliases {
        let mut seen = HashSet::new();
        for alias in aliases {
            storable(Field::Alias, &alias.value)?;
            if !seen.insert(&alias.value) {
                return Err(Violation::new(Field::Alias, Rule::Duplicate).into());
            }
        }
        if aliases.len() > MAX_ALIASES {
            return Err(Violation::new(Field::Alias, Rule::OutOfRange).into());
        }
        if user
            .notify_email
            .as_ref()
            .is_some_and(|notify| !seen.contains(&notify.as_str().to_owned()))
        {
            user.notify_email = None;
        }
        user.aliases.clone_from(aliases);
    }
    if let Patch::Set(manager) = &line.patch.manager {
        storable(Field::Manager, manager)?;
    }
    line.patch.clone().apply(user)
}
