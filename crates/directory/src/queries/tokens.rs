//! App passwords and API keys.

use crate::Directory;
use provost_model::{Result, TenantId, Token, TokenId, UserNumber};
use provost_store::{Read, Tx, tables::tokens};

impl Directory {
    /// Up to `limit` app passwords of a user, or API keys of the tenant, in the order they were made, after the id `after`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tokens(
        &self,
        tenant: TenantId,
        user: Option<UserNumber>,
        after: Option<TokenId>,
        limit: i64,
    ) -> Result<Vec<Token>> {
        let after = after.unwrap_or(TokenId(uuid::Uuid::nil()));
        self.read(&Page {
            tenant,
            user,
            after,
            limit,
        })
        .await
    }
}

struct Page {
    tenant: TenantId,
    user: Option<UserNumber>,
    after: TokenId,
    limit: i64,
}

impl Read for Page {
    type Output = Vec<Token>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        match self.user {
            Some(user) => tokens::of_user(tx, self.tenant, user, self.after, self.limit).await,
            None => tokens::keys(tx, self.tenant, self.after, self.limit).await,
        }
    }
}
