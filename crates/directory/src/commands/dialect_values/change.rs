//! Setting and unsetting values.

use crate::{
    Command, Context,
    commands::users::subject,
    policy,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{Action, Denial, Dialect, Error, Result, TokenScope, User, UserNumber};
use provost_store::{
    Change, Recorded, Tx,
    tables::{dialect_values, users},
};
use serde_json::Value;

/// A value's name, and what it is to be; none unsets it.
pub type ValueChange = (String, Option<Value>);

/// Sets or unsets values of a user that one dialect alone knows; those that are not named stay. Administrators may, and group
/// administrators for users they reach.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach; [`Denial::Field`] for one's own; values that are too large or too deep.
#[derive(Clone, Debug)]
pub struct ChangeDialectValues {
    /// The user.
    pub user: UserNumber,
    /// The dialect.
    pub dialect: Dialect,
    /// What is to change.
    pub changes: Vec<ValueChange>,
}

impl Command for ChangeDialectValues {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        if policy::reach(context, tx, &user).await?.over {
            Ok(())
        } else {
            Err(Error::Forbidden(Denial::Field))
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut user = locked_user(context, change, self.user).await?;
        if !put(change, &user, self.dialect, &self.changes).await? {
            return change.unchanged(());
        }
        user.changed_at = context.now;
        users::update(change, &user).await?;
        let mut entry = context.entry(Action::UserChanged, subject(&user));
        let fields: Value = self
            .changes
            .iter()
            .map(|(name, _)| format!("{}.{name}", self.dialect.name()))
            .collect();
        entry.details.insert("fields".to_owned(), fields);
        change.record(entry, ()).await
    }
}

/// Changes values of a user that the caller keeps from others; whether that changed any.
pub(crate) async fn put(
    change: &mut Change,
    user: &User,
    dialect: Dialect,
    changes: &[ValueChange],
) -> Result<bool> {
    let before = dialect_values::get(change, user.tenant, user.number, dialect).await?;
    let mut after = before.clone();
    after.apply(changes)?;
    if after == before {
        return Ok(false);
    }
    dialect_values::set(change, user.tenant, user.number, dialect, &after).await?;
    Ok(true)
}
