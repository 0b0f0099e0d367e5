//! Devices that are to clear themselves, and show a secret that opens nothing any more.

use super::{
    Secret,
    authenticate::{BySecret, Owner},
};
use crate::{Account, Actor, ActorKind, Directory, Via, commands::tokens::FinishWipe};
use provost_model::{Error, Noun, Result, Tenant, Token, TokenScope, User};
use std::sync::Arc;

/// A device that is to clear itself: its app password and whose it is.
struct Device {
    token: Token,
    tenant: Tenant,
    user: Box<User>,
}

impl Directory {
    /// Whether the device with this app password is to clear itself. A tenant that the request named must be the password's own; none
    /// stands for one that does not exist.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn is_to_be_wiped(
        &self,
        tenant: Option<&Tenant>,
        named: bool,
        secret: &str,
    ) -> Result<bool> {
        Ok(self.device(tenant, named, secret).await?.is_some())
    }

    /// Ends the app password of a device that was to clear itself and has done so; false if it was not to, for a tenant as above.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn finish_wipe(
        &self,
        tenant: Option<&Tenant>,
        named: bool,
        secret: &str,
        request: impl Into<Arc<str>>,
    ) -> Result<bool> {
        let Some(device) = self.device(tenant, named, secret).await? else {
            return Ok(false);
        };
        let actor = Actor {
            kind: ActorKind::Account(Account {
                tenant: device.tenant.id,
                number: device.user.number,
                login: device.user.login.as_str().to_owned(),
                administrator: false,
                operator: false,
            }),
            scope: TokenScope::Read,
            via: Via::AppPassword(device.token.id),
        };
        let context = self.context(Arc::new(actor), Arc::new(device.tenant), request)?;
        match self.execute(context, FinishWipe).await {
            // it was told twice at once
            Err(Error::Unknown(Noun::Token)) => Ok(false),
            ended => ended.map(|()| true),
        }
    }

    async fn device(
        &self,
        tenant: Option<&Tenant>,
        named: bool,
        secret: &str,
    ) -> Result<Option<Device>> {
        let by_secret = BySecret {
            hash: Secret::hash(secret),
        };
        let found = self.read(&by_secret).await?;
        Ok(found.and_then(|(token, Owner { tenant: own, user })| {
            let here = !named || tenant.is_some_and(|tenant| tenant.id == own.id);
            let open = here && token.wiped_at.is_some() && !own.suspended;
            user.filter(|_| open).map(|(user, _)| Device {
                token,
                tenant: own,
                user,
            })
        }))
    }
}
