//! Renewing hashes of other systems, once their passwords are known.

use super::scheme;
use crate::{Actor, Directory, commands::users::RenewHash};
use provost_model::{Error, Noun, Result, User};
use std::sync::Arc;

impl Directory {
    /// Gives a user who just showed its password a hash of ours in the place of one that was imported. What hinders it does not hinder the
    /// login: the next one tries again.
    pub(super) async fn renew_hash(&self, user: &User, password: &str) {
        let outdated = user
            .password_hash
            .as_deref()
            .filter(|hash| scheme::is_outdated(hash));
        if let Some(old) = outdated
            && let Err(cause) = self.renew(user, password, old).await
        {
            tracing::warn!(%cause, "the hash of an imported password was not renewed");
        }
    }

    async fn renew(&self, user: &User, password: &str, old: &str) -> Result<()> {
        let salt = self.random::<16>()?;
        let new = self.inner.hasher.hash(password.to_owned(), salt).await?;
        let home = self
            .tenant_by_id(user.tenant)
            .await?
            .ok_or(Error::Unknown(Noun::Tenant))?;
        let context = self.context(Arc::new(Actor::SERVER), Arc::new(home), "")?;
        let command = RenewHash {
            user: user.number,
            old: old.to_owned(),
            new: new.clone(),
        };
        let renewed = self.execute(context, command).await?;
        // what was just checked against the old hash need not be hashed once more for the new one
        let verified = &self.inner.verified;
        if renewed {
            let fingerprint = verified.fingerprint(user.tenant, user.number, password, &new);
            verified.insert(fingerprint, user.tenant, user.number, self.now());
        }
        Ok(())
    }
}
