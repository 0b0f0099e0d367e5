//! authTokens, by which a webmail front end learns who logs in.

use crate::{
    Context, Directory,
    commands::auth_tokens::{AuthTokenOwner, MakeSealingKey, RedeemAuthToken},
    credentials::{AuthToken, NONCE},
};
use provost_model::{Error, Result, User};
use provost_store::{Read, Tx, tables::server_keys};

/// The name of the key that they are sealed with.
const KEY: &str = "auth tokens";

impl Directory {
    /// A fresh authToken for a user. Nothing is written, but for the deployment's key at its first need.
    ///
    /// # Errors
    /// Those of the store; [`Error::Internal`] if there is no randomness.
    pub async fn auth_token(&self, context: &Context, user: &User) -> Result<String> {
        let key = self.sealing_key(context).await?;
        let nonce = self.random::<NONCE>()?;
        AuthToken::new(user, self.now(), nonce).seal(&key)
    }

    /// Redeems an authToken, once: while it has not expired, the user is enabled and has the password that it had. API keys of the user's
    /// tenant may.
    ///
    /// # Errors
    /// [`provost_model::Noun::AuthToken`] unknown, whatever is wrong with it.
    pub async fn redeem_auth_token(&self, context: Context, text: &str) -> Result<AuthTokenOwner> {
        let key = self.sealing_key(&context).await?;
        let token = AuthToken::open(&key, text);
        self.execute(context, RedeemAuthToken { token }).await
    }

    async fn sealing_key(&self, context: &Context) -> Result<[u8; 32]> {
        if let Some(key) = self.inner.sealing_key.get() {
            return Ok(*key);
        }
        let key = match self.read(&SealingKey).await? {
            Some(key) => key,
            None => {
                self.execute(context.clone(), MakeSealingKey { name: KEY })
                    .await?;
                // another node may have been first
                self.read(&SealingKey)
                    .await?
                    .ok_or_else(|| Error::internal("the key of authTokens was not kept"))?
            }
        };
        Ok(*self.inner.sealing_key.get_or_init(|| key))
    }
}

struct SealingKey;

impl Read for SealingKey {
    type Output = Option<[u8; 32]>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        server_keys::get(tx, KEY).await
    }
}
