//! Making a reseller.

use crate::{Command, Context, NewPassword, policy};
use provost_model::{Action, Entry, Error, Login, Noun, Reseller, ResellerId, Result, Subject};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        account_names::{self, Account},
        counters::{self, Counter},
        resellers,
    },
};

/// Makes a reseller. Operators may.
///
/// # Errors
/// [`Noun::AccountName`] taken by a reseller or an operator.
#[derive(Clone, Debug)]
pub struct CreateReseller {
    /// Its name.
    pub name: Login,
    /// Its password.
    pub password: NewPassword,
}

impl Command for CreateReseller {
    type Outcome = ResellerId;

    fn password(&mut self) -> Option<&mut NewPassword> {
        Some(&mut self.password)
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::operator(context)?;
        if account_names::holder(tx, &self.name.key()).await?.is_some() {
            return Err(Error::Taken(Noun::AccountName));
        }
        self.password.check(self.name.as_str()).map_err(Error::from)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<ResellerId>> {
        let id = ResellerId(counters::take(change, Entry::DEPLOYMENT, Counter::Resellers).await?);
        if !account_names::claim(change, &self.name.key(), Account::Reseller(id)).await? {
            return Err(Error::Taken(Noun::AccountName));
        }
        let reseller = Reseller {
            id,
            name: self.name.as_str().to_owned(),
            password_hash: Some(self.password.hashed()?.to_owned()),
            created_at: context.now,
        };
        resellers::insert(change, &reseller).await?;
        change
            .record(entry(context, Action::ResellerCreated, &reseller.name), id)
            .await
    }
}

/// An entry about a reseller, which belongs to no tenant.
pub(super) fn entry(context: &Context, action: Action, name: &str) -> Entry {
    let mut entry = context.entry(action, Subject::named(name));
    entry.tenant = Entry::DEPLOYMENT;
    entry
}
