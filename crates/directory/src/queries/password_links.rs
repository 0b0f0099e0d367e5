//! Setting a password by a link, and the welcome mails that wait.

use crate::{
    Account, Actor, ActorKind, Directory, NewPassword, Secret, Via,
    commands::password_links::RedeemPasswordLink,
};
use provost_model::{
    Error, Noun, PasswordPolicy, Result, Slug, Tenant, TenantId, Timestamp, TokenScope, User,
    UserNumber,
};
use provost_store::{
    Read, Tx,
    tables::{
        password_links, tenants, users,
        welcome_mails::{self, WaitingMail},
    },
};
use std::sync::Arc;

impl Directory {
    /// Sets the password of the user that the link with this secret was made for, and gives that user's login. `slug` is the tenant that the
    /// request names, if it names one. The password is held against the tenant's policy, else OCS's.
    ///
    /// # Errors
    /// Those of [`RedeemPasswordLink`]; [`Error::Unavailable`].
    pub async fn redeem_password_link(
        &self,
        slug: Option<&str>,
        secret: &str,
        password: String,
        request: impl Into<Arc<str>>,
    ) -> Result<String> {
        let unknown = || Error::Unknown(Noun::Token);
        let find = Find {
            secret_hash: Secret::hash(secret),
        };
        let (tenant, user) = self.read(&find).await?.ok_or_else(unknown)?;
        let elsewhere =
            |slug| Slug::parse(slug).map_or(true, |slug| slug.key() != tenant.slug.key());
        if slug.is_some_and(elsewhere) {
            return Err(unknown());
        }
        let policy = PasswordPolicy {
            min_length: tenant
                .settings
                .password_min_length
                .unwrap_or(PasswordPolicy::OCS.min_length),
            ..PasswordPolicy::OCS
        };
        let login = user.login.as_str().to_owned();
        let actor = Actor {
            kind: ActorKind::Account(Account {
                tenant: tenant.id,
                number: user.number,
                login: login.clone(),
                administrator: false,
                operator: false,
            }),
            scope: TokenScope::Read,
            via: Via::Nothing,
        };
        let context = self.context(Arc::new(actor), Arc::new(tenant), request)?;
        let command = RedeemPasswordLink::new(secret, NewPassword::plain(password, policy));
        self.execute(context, command).await?;
        Ok(login)
    }

    /// Up to `limit` welcome mails of all tenants that are due, those that wait longest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn due_welcome_mails(&self, limit: i64) -> Result<Vec<WaitingMail>> {
        let now = self.now();
        self.read(&Due { now, limit }).await
    }

    /// How many welcome mails wait in the deployment, due or not; never more than `most`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn count_welcome_mails(&self, most: i64) -> Result<i64> {
        self.read(&Count { most }).await
    }

    /// The welcome mail that waits for a user, if one does.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn waiting_welcome_mail(
        &self,
        tenant: TenantId,
        user: UserNumber,
    ) -> Result<Option<WaitingMail>> {
        self.read(&Waiting { tenant, user }).await
    }

    /// The user with this number.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn user_by_number(
        &self,
        tenant: TenantId,
        number: UserNumber,
    ) -> Result<Option<User>> {
        self.read(&ByNumber { tenant, number }).await
    }
}

/// Whose link this is, whether it still holds or not.
struct Find {
    secret_hash: [u8; 32],
}

impl Read for Find {
    type Output = Option<(Tenant, User)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let Some(link) = password_links::by_secret(tx, &self.secret_hash).await? else {
            return Ok(None);
        };
        let Some(tenant) = tenants::by_id(tx, link.tenant).await? else {
            return Ok(None);
        };
        let user = users::by_number(tx, link.tenant, link.user).await?;
        Ok(user.map(|user| (tenant, user)))
    }
}

struct Due {
    now: Timestamp,
    limit: i64,
}

impl Read for Due {
    type Output = Vec<WaitingMail>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        welcome_mails::due(tx, self.now, self.limit).await
    }
}

struct Count {
    most: i64,
}

impl Read for Count {
    type Output = i64;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        welcome_mails::count(tx, self.most).await
    }
}

struct Waiting {
    tenant: TenantId,
    user: UserNumber,
}

impl Read for Waiting {
    type Output = Option<WaitingMail>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        welcome_mails::of_user(tx, self.tenant, self.user).await
    }
}

struct ByNumber {
    tenant: TenantId,
    number: UserNumber,
}

impl Read for ByNumber {
    type Output = Option<User>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        users::by_number(tx, self.tenant, self.number).await
    }
}
