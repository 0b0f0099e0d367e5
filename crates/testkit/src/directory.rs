//! A directory to test, and who works in it.

use std::sync::Arc;

use provost_directory::{
    Account, Actor, ActorKind, Clock as _, Command, Context, Directory, DirectorySettings,
    FirstAdministrator, NewPassword, StoreSettings, ThrottleSettings, Via,
    commands::{
        groups::{AddMember, AppointGroupAdministrator, CreateGroup},
        resellers::{AssignTenant, CreateReseller},
        tenants::CreateTenant,
        tokens::CreateToken,
        users::CreateUser,
    },
};
use provost_model::{
    ContactEmail, DisplayName, EntryId, GroupId, Login, PasswordPolicy, Result, Slug, StoredEntry,
    Tenant, TenantId, Timestamp, TokenScope, User, UserNumber,
};
use uuid::Uuid;

use crate::{CountingEntropy, TestClock, TestDatabase, TestSleeper};

/// The password of everybody in the tests who has one.
pub const PASSWORD: &str = "Correct-Horse-77";

/// A directory that was started for the first time: it has the tenant `default` and its administrator `admin`, an operator.
#[derive(Clone)]
pub struct TestDirectory {
    /// The directory itself.
    pub directory: Directory,
    /// Its clock.
    pub clock: Arc<TestClock>,
}

impl TestDirectory {
    /// The directory on this database.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open(database: &TestDatabase) -> Self {
        Self::open_with(database.settings()).await
    }

    /// The directory with these settings of its store.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open_with(store: StoreSettings) -> Self {
        Self::set_up(DirectorySettings::new(store)).await
    }

    /// The directory with these settings of its store that throttles guesses. The sleeper notes how long it lets them wait, and
    /// no time passes.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open_throttled(store: StoreSettings) -> (Self, Arc<TestSleeper>) {
        let sleeper = Arc::new(TestSleeper::default());
        let settings = DirectorySettings {
            throttle: Some(ThrottleSettings {
                sleeper: sleeper.clone(),
            }),
            ..DirectorySettings::new(store)
        };
        (Self::set_up(settings).await, sleeper)
    }

    async fn set_up(settings: DirectorySettings) -> Self {
        let clock = Arc::new(TestClock::default());
        let directory = Directory::open(DirectorySettings {
            clock: clock.clone(),
            entropy: Arc::new(CountingEntropy),
            ..settings
        })
        .await
        .expect("the directory opens");
        let administrator = FirstAdministrator {
            login: login("admin"),
            password: password(PASSWORD),
            email: None,
        };
        directory
            .bootstrap(administrator)
            .await
            .expect("the first start");
        Self { directory, clock }
    }

    /// The tenant with this slug.
    ///
    /// # Panics
    /// If there is none.
    pub async fn tenant(&self, slug: &str) -> Arc<Tenant> {
        let tenant = self
            .directory
            .tenant_by_slug(slug)
            .await
            .expect("an answer");
        Arc::new(tenant.expect("the tenant is there"))
    }

    /// The command line in the tenant `default`.
    pub async fn shell(&self) -> Seat {
        self.seat(Actor::COMMAND_LINE, self.tenant(Tenant::DEFAULT).await)
    }

    /// The command line in a new tenant.
    ///
    /// # Panics
    /// If the slug is taken.
    pub async fn new_tenant(&self, slug: &str) -> Seat {
        let command = CreateTenant {
            slug: Slug::parse(slug).expect("a slug"),
            name: None,
            context_id: None,
            domains: Vec::new(),
            hosts: Vec::new(),
        };
        let tenant = self.shell().await.run(command).await.expect("a tenant");
        self.seat(Actor::COMMAND_LINE, Arc::new(tenant))
    }

    /// An actor in a tenant.
    pub fn seat(&self, actor: Actor, tenant: Arc<Tenant>) -> Seat {
        Seat {
            directory: self.clone(),
            actor: Arc::new(actor),
            tenant,
        }
    }

    /// All audit entries of a tenant, oldest first.
    ///
    /// # Panics
    /// If they cannot be read.
    pub async fn entries(&self, tenant: TenantId) -> Vec<StoredEntry> {
        let first = EntryId(Uuid::nil());
        let entries = self.directory.audit(tenant, first, i64::MAX).await;
        entries.expect("entries")
    }

    /// All events of a tenant, oldest first.
    ///
    /// # Panics
    /// If they cannot be read.
    pub async fn events(&self, tenant: TenantId) -> Vec<StoredEntry> {
        let first = EntryId(Uuid::nil());
        let events = self.directory.events(tenant, first, i64::MAX).await;
        events.expect("events")
    }

    /// Now, by the directory's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// An actor at work in a tenant.
#[derive(Clone)]
pub struct Seat {
    /// The directory.
    pub directory: TestDirectory,
    /// Who works.
    pub actor: Arc<Actor>,
    /// Where.
    pub tenant: Arc<Tenant>,
}

impl Seat {
    /// The tenant's id.
    pub fn tenant_id(&self) -> TenantId {
        self.tenant.id
    }

    /// The surroundings of a command.
    ///
    /// # Panics
    /// Never: the tests' randomness does not end.
    pub fn context(&self) -> Context {
        self.directory
            .directory
            .context(Arc::clone(&self.actor), Arc::clone(&self.tenant), "test")
            .expect("a context")
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// The command's.
    pub async fn run<C: Command>(&self, command: C) -> Result<C::Outcome> {
        self.directory
            .directory
            .execute(self.context(), command)
            .await
    }

    /// Makes a user that has nothing but a login.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn user(&self, name: &str) -> UserNumber {
        let user = self.run(CreateUser::new(login(name))).await;
        user.expect("a user").number
    }

    /// Makes a user with [`PASSWORD`].
    ///
    /// # Panics
    /// If that is refused.
    pub async fn user_with_password(&self, name: &str) -> UserNumber {
        let command = CreateUser {
            password: Some(password(PASSWORD)),
            ..CreateUser::new(login(name))
        };
        self.run(command).await.expect("a user").number
    }

    /// Makes a user with a contact e-mail.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn user_with_email(&self, name: &str, address: &str) -> UserNumber {
        let command = CreateUser {
            email: Some(email(address)),
            ..CreateUser::new(login(name))
        };
        self.run(command).await.expect("a user").number
    }

    /// Makes a user that is a member of groups.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn member(&self, name: &str, groups: &[&str]) -> UserNumber {
        let command = CreateUser {
            groups: groups.iter().map(|id| group_id(id)).collect(),
            ..CreateUser::new(login(name))
        };
        self.run(command).await.expect("a user").number
    }

    /// Makes a group.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn group(&self, id: &str) {
        let command = CreateGroup {
            id: group_id(id),
            display_name: DisplayName::parse(id).expect("a name"),
        };
        self.run(command).await.expect("a group");
    }

    /// Makes a user a member of a group.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn join(&self, group: &str, user: UserNumber) {
        let command = AddMember {
            group: group_id(group),
            user: Some(user),
        };
        self.run(command).await.expect("a membership");
    }

    /// Makes a user an administrator of a group.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn appoint(&self, group: &str, user: UserNumber) {
        let command = AppointGroupAdministrator {
            group: group_id(group),
            user: Some(user),
        };
        self.run(command).await.expect("an appointment");
    }

    /// The user with this number.
    ///
    /// # Panics
    /// If there is none.
    pub async fn read(&self, number: UserNumber) -> User {
        self.find(number).await.expect("the user is there")
    }

    /// The user with this number, if there is one.
    ///
    /// # Panics
    /// If the directory gives no answer.
    pub async fn find(&self, number: UserNumber) -> Option<User> {
        let details = self
            .directory
            .directory
            .details(self.tenant_id(), &[number])
            .await;
        details
            .expect("an answer")
            .pop()
            .map(|details| *details.user)
    }

    /// The ids of a user's groups in the order it joined them.
    ///
    /// # Panics
    /// If there is no such user.
    pub async fn groups_of(&self, number: UserNumber) -> Vec<String> {
        let details = self
            .directory
            .directory
            .details(self.tenant_id(), &[number])
            .await;
        let details = details.expect("an answer").pop();
        details.expect("the user is there").groups
    }

    /// The same actor in another tenant.
    #[must_use]
    pub fn in_tenant(&self, tenant: &Arc<Tenant>) -> Self {
        Self {
            tenant: Arc::clone(tenant),
            ..self.clone()
        }
    }

    /// Another actor in the same tenant.
    #[must_use]
    pub fn by(&self, actor: Actor) -> Self {
        Self {
            actor: Arc::new(actor),
            ..self.clone()
        }
    }

    /// A user of this tenant, as if it had shown its password.
    ///
    /// # Panics
    /// If there is no such user.
    pub async fn by_user(&self, number: UserNumber) -> Self {
        let user = self.read(number).await;
        let groups = self.groups_of(number).await;
        self.by(Actor {
            kind: ActorKind::Account(Account {
                tenant: user.tenant,
                number,
                login: user.login.as_str().to_owned(),
                administrator: groups.iter().any(|id| id == "admin"),
                operator: user.operator,
            }),
            scope: TokenScope::Operator,
            via: Via::Password,
        })
    }

    /// A new API key of this tenant.
    ///
    /// # Panics
    /// If it cannot be made.
    pub async fn by_key(&self, scope: TokenScope) -> Self {
        let command = CreateToken {
            user: None,
            name: format!("{} key", scope.name()),
            scope,
        };
        let key = self.run(command).await.expect("a key");
        self.by(Actor {
            kind: ActorKind::Key {
                id: key.id,
                name: format!("{} key", scope.name()),
            },
            scope,
            via: Via::ApiKey(key.id),
        })
    }

    /// A new reseller with [`PASSWORD`] that has this tenant.
    ///
    /// # Panics
    /// If it cannot be made.
    pub async fn by_reseller(&self, name: &str) -> Self {
        let command = CreateReseller {
            name: login(name),
            password: password(PASSWORD),
        };
        let id = self.run(command).await.expect("a reseller");
        let command = AssignTenant {
            reseller: id,
            assigned: true,
        };
        self.run(command).await.expect("an assignment");
        self.by(Actor {
            kind: ActorKind::Reseller {
                id,
                name: name.to_owned(),
            },
            scope: TokenScope::Admin,
            via: Via::Password,
        })
    }
}

/// A login that the test knows to be good.
///
/// # Panics
/// If it is not.
pub fn login(text: &str) -> Login {
    Login::parse(text).expect("a login")
}

/// A contact e-mail that the test knows to be good.
///
/// # Panics
/// If it is not.
pub fn email(text: &str) -> ContactEmail {
    ContactEmail::parse(text).expect("an e-mail")
}

/// A group's id that the test knows to be good.
///
/// # Panics
/// If it is not.
pub fn group_id(text: &str) -> GroupId {
    GroupId::parse(text).expect("a group's id")
}

/// A new password under the command line's policy.
pub fn password(text: &str) -> NewPassword {
    NewPassword::plain(text, PasswordPolicy::OCS)
}
