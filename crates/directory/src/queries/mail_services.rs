//! What mail services know of users.

use crate::{Context, Directory};
use provost_model::{
    Denial, Error, ExternalId, ExternalIdKind, MailServices, Noun, Result, TokenScope, User,
    UserNumber,
};
use provost_store::{
    Read, Tx,
    tables::{external_ids, mail_services, users},
};

/// A user with what mail services know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserServices {
    /// The user.
    pub user: User,
    /// What mail services know of it.
    pub services: MailServices,
}

impl UserServices {
    /// The name by which mail services know the user: its address, else its login.
    #[must_use]
    pub fn uidname(&self) -> &str {
        match &self.user.address {
            Some(address) => address.as_str(),
            None => self.user.login.as_str(),
        }
    }
}

impl Directory {
    /// A user of the tenant with what mail services know of it, for administrators of the tenant.
    ///
    /// # Errors
    /// [`Noun::User`] unknown; [`Denial::NotAdministrator`]; [`Denial::Scope`].
    pub async fn user_services(
        &self,
        context: &Context,
        number: UserNumber,
    ) -> Result<UserServices> {
        administrator(context)?;
        self.read(&OfUser { context, number }).await
    }

    /// The ids of a kind that others gave a user of the tenant, in the order they were given, for administrators of the tenant.
    ///
    /// # Errors
    /// [`Noun::User`] unknown; [`Denial::NotAdministrator`]; [`Denial::Scope`].
    pub async fn external_ids(
        &self,
        context: &Context,
        number: UserNumber,
        kind: ExternalIdKind,
    ) -> Result<Vec<ExternalId>> {
        administrator(context)?;
        self.read(&IdsOfUser {
            context,
            number,
            kind,
        })
        .await
    }
}

fn administrator(context: &Context) -> Result<()> {
    context.require(TokenScope::Read)?;
    if context.actor.is_administrator(context.tenant_id()) {
        Ok(())
    } else {
        Err(Error::Forbidden(Denial::NotAdministrator))
    }
}

struct OfUser<'a> {
    context: &'a Context,
    number: UserNumber,
}

impl Read for OfUser<'_> {
    type Output = UserServices;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let tenant = self.context.tenant_id();
        let user = users::by_number(tx, tenant, self.number)
            .await?
            .ok_or(Error::Unknown(Noun::User))?;
        let services = mail_services::get(tx, tenant, user.number).await?;
        Ok(UserServices { user, services })
    }
}

struct IdsOfUser<'a> {
    context: &'a Context,
    number: UserNumber,
    kind: ExternalIdKind,
}

impl Read for IdsOfUser<'_> {
    type Output = Vec<ExternalId>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let tenant = self.context.tenant_id();
        users::by_number(tx, tenant, self.number)
            .await?
            .ok_or(Error::Unknown(Noun::User))?;
        external_ids::of_user(tx, tenant, self.number, self.kind).await
    }
}
