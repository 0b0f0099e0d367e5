//! Changing what mail services know of a user.

use super::patch::{MailServicesPatch, differing};
use crate::{Command, Context, commands::users::subject, policy, user_by_number::locked_user};
use provost_model::{
    Action, Error, Field, MailServices, Msisdn, Noun, Patch, Result, Rule, User, UserNumber,
    Violation,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{mail_services, msisdns, users},
};

/// Changes what mail services know of a user. Administrators of the tenant may.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`provost_model::Denial::OperatorAccount`] for the msisdn of an operator;
/// [`Field::ClassOfService`] unknown to the site, or none; [`Noun::Msisdn`] taken.
#[derive(Clone, Debug)]
pub struct EditMailServices {
    /// The user.
    pub user: UserNumber,
    /// What is to change.
    pub patch: MailServicesPatch,
}

impl Command for EditMailServices {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        let user = policy::administered_user(context, tx, self.user).await?;
        if !self.patch.msisdn.is_keep() {
            policy::operator_account(context, &user)?;
        }
        check_services(context, &self.patch)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut user = locked_user(context, change, self.user).await?;
        let before = mail_services::get(change, user.tenant, user.number).await?;
        let mut after = before.clone();
        self.patch.clone().apply(&mut after);
        let fields = differing(&before, &after);
        if fields.is_empty() {
            return change.unchanged(());
        }
        move_msisdn(change, &user, &before, &after).await?;
        mail_services::put(change, user.tenant, user.number, &after).await?;
        let mut entry = context.entry(Action::UserChanged, subject(&user));
        entry.details.insert("fields".to_owned(), fields.into());
        user.changed_at = context.now;
        users::update(change, &user).await?;
        change.record(entry, ()).await
    }
}

/// Refuses classes of service that the site does not have, and none where some are to be set.
pub(crate) fn check_services(context: &Context, patch: &MailServicesPatch) -> Result<()> {
    if let Patch::Set(classes) = &patch.classes {
        if classes.is_empty() {
            return Err(Violation::new(Field::ClassOfService, Rule::Empty).into());
        }
        for class in classes {
            context.products.class(class.as_str())?;
        }
    }
    Ok(())
}

/// Takes the new msisdn in the deployment and gives the old one back. Written otherwise it is still the same number.
async fn move_msisdn(
    change: &mut Change,
    user: &User,
    before: &MailServices,
    after: &MailServices,
) -> Result<()> {
    let (old, new) = (before.msisdn.as_ref(), after.msisdn.as_ref());
    if old.map(Msisdn::digits) == new.map(Msisdn::digits) {
        return Ok(());
    }
    if let Some(new) = new
        && !msisdns::claim(change, new, user.tenant, user.number).await?
    {
        return Err(Error::Taken(Noun::Msisdn));
    }
    match old {
        Some(old) => msisdns::release(change, old, user.tenant, user.number).await,
        None => Ok(()),
    }
}
