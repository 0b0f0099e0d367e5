//! Setting a password by a link.

use super::issue::void_links;
use crate::{
    Command, Context, NewPassword, Secret,
    commands::users::{ended_app_passwords, subject},
};
use provost_model::{Action, Error, Noun, Result, User};
use provost_store::{
    Change, Recorded, Tx,
    tables::{password_links, tenants, users},
};

/// Sets the password of the user that a link was made for. The link's secret is the credential, whoever shows it; after it the link is void.
///
/// # Errors
/// [`Noun::Token`] unknown if the link is none of this tenant, was used or replaced, has expired, or its user is disabled or its tenant
/// suspended; a password that breaks its policy, which leaves the link as it is.
#[derive(Clone, Debug)]
pub struct RedeemPasswordLink {
    secret_hash: [u8; 32],
    password: NewPassword,
}

impl RedeemPasswordLink {
    /// The link with this secret, and the password to be set.
    #[must_use]
    pub fn new(secret: &str, password: NewPassword) -> Self {
        Self {
            secret_hash: Secret::hash(secret),
            password,
        }
    }

    async fn user(&self, context: &Context, tx: &mut Tx) -> Result<User> {
        holder(tx, context, &self.secret_hash)
            .await?
            .ok_or(Error::Unknown(Noun::Token))
    }
}

/// The user that a link would let set its password now, if it is one of the context's tenant.
pub(crate) async fn holder(
    tx: &mut Tx,
    context: &Context,
    secret_hash: &[u8; 32],
) -> Result<Option<User>> {
    let Some(link) = password_links::by_secret(tx, secret_hash).await? else {
        return Ok(None);
    };
    if link.tenant != context.tenant_id() || link.expires_at <= context.now {
        return Ok(None);
    }
    match tenants::by_id(tx, link.tenant).await? {
        Some(tenant) if !tenant.suspended => {}
        Some(_) | None => return Ok(None),
    }
    let user = users::by_number(tx, link.tenant, link.user).await?;
    Ok(user.filter(|user| user.enabled))
}

impl Command for RedeemPasswordLink {
    type Outcome = ();

    fn password(&mut self) -> Option<&mut NewPassword> {
        Some(&mut self.password)
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        let user = self.user(context, tx).await?;
        self.password.check(user.login.as_str())?;
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let number = self.user(context, change).await?.number;
        let mut user = users::locked(change, context.tenant_id(), number)
            .await?
            .ok_or(Error::Unknown(Noun::Token))?;
        // of two that use it at once, the one that takes it away wins
        if !user.enabled || !password_links::delete(change, &self.secret_hash).await? {
            return Err(Error::Unknown(Noun::Token));
        }
        void_links(change, &user).await?;
        user.password_hash = Some(self.password.hashed()?.to_owned());
        user.changed_at = context.now;
        users::update(change, &user).await?;
        let ended = ended_app_passwords(context, change, &user).await?;
        let mut entry = context.entry(Action::UserPasswordChanged, subject(&user));
        entry.details.insert("by_link".to_owned(), true.into());
        if ended {
            entry
                .details
                .insert("app_passwords".to_owned(), "revoked".into());
        }
        change.record(entry, ()).await
    }
}
