//! The directory's front: it carries out commands and lends the store to queries.

use crate::{
    Actor, Clock, Context, DirectoryMetrics, Entropy, NewPassword, OperatingSystem, SystemClock,
    ThrottleSettings,
    credentials::{BySecret, Hasher, VerifiedPasswords},
    queries::AtHost,
    randomness::Randomness,
    throttle::Throttle,
};
use provost_model::{Error, Products, Result, Tenant, TenantId, Timestamp};
use provost_store::{
    Change, EngineKind, Gathering, Moment, Read, Recorded, Sharing, Store, StoreSettings, Tx,
    Write,
    tables::{counters::Counter, user_details},
};
use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

/// A change that can be asked for.
pub trait Command: Send + Sync + 'static {
    /// What the command tells when it is done.
    type Outcome: Send + 'static;

    /// The password that has to be hashed before the command runs, if it carries one.
    fn password(&mut self) -> Option<&mut NewPassword> {
        None
    }

    /// Whether the command takes a user's number.
    fn makes_user(&self) -> bool {
        false
    }

    /// Authorises and validates as far as reading goes. Runs before a password is hashed, so that a refusal costs little.
    fn check(&self, context: &Context, tx: &mut Tx) -> impl Future<Output = Result<()>> + Send;

    /// Authorises, validates and carries out, in one transaction. It waits for nothing but the transaction.
    fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> impl Future<Output = Result<Recorded<Self::Outcome>>> + Send;
}

/// How a directory is set up.
pub struct DirectorySettings {
    /// Where it is stored.
    pub store: StoreSettings,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Arc<dyn Entropy>,
    /// How many passwords may wait to be hashed; more are refused as unavailable.
    pub hashing_queue: usize,
    /// How guesses of passwords are throttled, if they are.
    pub throttle: Option<ThrottleSettings>,
    /// What the site sells.
    pub products: Products,
}

impl DirectorySettings {
    /// The usual settings over this store.
    #[must_use]
    pub fn new(store: StoreSettings) -> Self {
        Self {
            store,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(OperatingSystem),
            hashing_queue: 256,
            throttle: None,
            products: Products::default(),
        }
    }
}

/// The directory. Clones share it.
#[derive(Clone)]
pub struct Directory {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    /// Where the same is asked by many at once.
    pub(crate) at_host: Option<Sharing<AtHost>>,
    pub(crate) by_secret: Option<Sharing<BySecret>>,
    /// Where several users are found at once sooner than one after another.
    pub(crate) by_names: Option<Gathering<user_details::ByNames>>,
    pub(crate) hasher: Hasher,
    pub(crate) verified: Arc<VerifiedPasswords>,
    pub(crate) throttle: Option<Arc<Throttle>>,
    pub(crate) clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    products: Arc<Products>,
    /// The key of authTokens, once it was needed.
    pub(crate) sealing_key: OnceLock<[u8; 32]>,
}

impl Directory {
    /// Opens the directory, making and migrating its database where needed.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub async fn open(settings: DirectorySettings) -> Result<Self> {
        let mut key = [0; 32];
        settings.entropy.fill(&mut key)?;
        let store = Store::open(&settings.store).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                at_host: Sharing::over(&store),
                by_secret: Sharing::over(&store),
                by_names: Gathering::over(&store),
                store,
                hasher: Hasher::start(settings.hashing_queue)?,
                verified: Arc::new(VerifiedPasswords::new(key)),
                throttle: settings
                    .throttle
                    .map(|settings| Arc::new(Throttle::new(settings))),
                clock: settings.clock,
                entropy: settings.entropy,
                products: Arc::new(settings.products),
                sealing_key: OnceLock::new(),
            }),
        })
    }

    /// The surroundings for a command of this actor.
    ///
    /// # Errors
    /// [`Error::Internal`] if there is no randomness.
    pub fn context(
        &self,
        actor: Arc<Actor>,
        tenant: Arc<Tenant>,
        request: impl Into<Arc<str>>,
    ) -> Result<Context> {
        Ok(Context {
            actor,
            tenant,
            now: self.now(),
            request: request.into(),
            products: Arc::clone(&self.inner.products),
            random: Randomness::draw(&*self.inner.entropy)?,
        })
    }

    /// Bytes that nobody can guess.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.inner.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// What the site sells.
    #[must_use]
    pub fn products(&self) -> &Products {
        &self.inner.products
    }

    /// Now, by the directory's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Carries out a command and answers when it is durable.
    ///
    /// # Errors
    /// The command's; [`Error::Unavailable`] if the store or the hashing is too busy.
    pub async fn execute<C: Command>(
        &self,
        context: Context,
        mut command: C,
    ) -> Result<C::Outcome> {
        if command
            .password()
            .is_some_and(|password| !password.is_hashed())
        {
            let preflight = Preflight {
                context: &context,
                command: &command,
            };
            self.inner.store.read(&preflight).await?;
            if let Some(password) = command.password() {
                let mut salt = [0; 16];
                self.inner.entropy.fill(&mut salt)?;
                password.hash(&self.inner.hasher, salt).await?;
            }
        }
        self.inner.store.write(Execution { context, command }).await
    }

    pub(crate) async fn read<R: Read>(&self, query: &R) -> Result<R::Output> {
        self.inner.store.read(query).await
    }

    /// What was remembered and holds still; see [`Store::recall`].
    pub(crate) async fn recall<T: Any + Send + Sync>(
        &self,
        key: &[u8; 32],
    ) -> Result<(Option<Arc<T>>, Moment)> {
        self.inner.store.recall(key).await
    }

    /// Runs a query of a list, which a replica may answer: of nothing that depends on what the actor may see.
    pub(crate) async fn read_list<R: Read>(&self, query: &R) -> Result<R::Output> {
        self.inner.store.read_list(query).await
    }

    /// Whether the directory can serve.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Internal`] if it cannot.
    pub async fn ready(&self) -> Result<()> {
        self.inner.store.ready().await
    }

    /// Which engine its store has.
    #[must_use]
    pub fn engine(&self) -> EngineKind {
        self.inner.store.engine()
    }

    /// What the directory and its store have done since they were opened.
    #[must_use]
    pub fn metrics(&self) -> DirectoryMetrics {
        DirectoryMetrics {
            store: self.inner.store.metrics(),
            hashing: self.inner.hasher.metrics(),
            throttle: self.inner.throttle.as_ref().map(|it| it.metrics()),
        }
    }

    /// Closes in order: what was accepted is carried out.
    pub async fn close(&self) {
        self.inner.store.clone().close().await;
    }
}

struct Preflight<'a, C> {
    context: &'a Context,
    command: &'a C,
}

impl<C: Command> Read for Preflight<'_, C> {
    type Output = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.command.check(self.context, tx).await
    }
}

struct Execution<C> {
    context: Context,
    command: C,
}

impl<C: Command> Write for Execution<C> {
    type Output = C::Outcome;

    fn reserves(&self) -> Option<(TenantId, Counter)> {
        self.command
            .makes_user()
            .then_some((self.context.tenant_id(), Counter::Users))
    }

    async fn run(&self, change: &mut Change) -> Result<Recorded<C::Outcome>> {
        self.command.check(&self.context, change).await?;
        self.command.run(&self.context, change).await
    }
}

/// A fault that says which promise of the store was broken.
pub(crate) fn broken(promise: &'static str) -> Error {
    Error::Internal(promise.to_owned())
}
