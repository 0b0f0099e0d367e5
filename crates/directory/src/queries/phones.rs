//! Telephone numbers.

use crate::Directory;
use provost_model::{Result, TenantId};
use provost_store::{Read, Tx, tables::user_lists};

impl Directory {
    /// For each of these telephone numbers, in E.164 form, that a user has: the number, and the login of the first user that has it, in
    /// the order in which the users were made. Asks once; the caller bounds how many it asks for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn phone_holders(
        &self,
        tenant: TenantId,
        numbers: &[String],
    ) -> Result<Vec<(String, String)>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        self.read(&Holders { tenant, numbers }).await
    }
}

struct Holders<'a> {
    tenant: TenantId,
    numbers: &'a [String],
}

impl Read for Holders<'_> {
    type Output = Vec<(String, String)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        user_lists::by_phones(tx, self.tenant, self.numbers).await
    }
}
