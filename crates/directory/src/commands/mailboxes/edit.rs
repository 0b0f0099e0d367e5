//! Changing a mailbox.

use crate::{
    Command, Context, NewPassword,
    commands::{
        users::{EditUser, claim_address, release_address_of, subject},
        webmail::{self, NewWebmail},
    },
    policy,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{Action, Address, ContactEmail, Patch, Result, User, WebmailTypeName};
use provost_store::{
    Change, Recorded, Tx,
    tables::{mailboxes, search, users, webmail_accounts},
};

/// Changes the user of a mailbox, in one step with what belongs to a mailbox. Administrators of the tenant may.
///
/// # Errors
/// Those of [`EditUser`]; [`provost_model::Noun::Address`] taken; with a type those of
/// [`EditWebmail`](super::super::webmail::EditWebmail), or of making the account where there is none.
#[derive(Clone, Debug)]
pub struct EditMailbox {
    /// What changes of the user itself.
    pub user: EditUser,
    /// Its other address. A contact e-mail that was the address before goes along.
    pub address: Option<Address>,
    /// Whether it is called a master account.
    pub master: Option<bool>,
    /// The type of its webmail account, which is made if there is none.
    pub webmail: Option<WebmailTypeName>,
}

impl Command for EditMailbox {
    type Outcome = ();

    fn password(&mut self) -> Option<&mut NewPassword> {
        self.user.password()
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        if self.address.is_some() {
            let user = user_by_number(context, tx, self.user.user).await?;
            policy::operator_account(context, &user)?;
            policy::administrator_account(context, tx, &user).await?;
        }
        self.user.check(context, tx).await
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let edited = self.user.run(context, change).await?;
        let mut user = locked_user(context, change, self.user.user).await?;
        let mut fields = Vec::new();
        if self.rename(context, change, &mut user).await? {
            fields.push("address");
        }
        if self.set_master(change, &user).await? {
            fields.push("master");
        }
        if self.set_type(context, change, &mut user).await? {
            fields.push("type");
        }
        if fields.is_empty() {
            return Ok(edited);
        }
        let mut entry = context.entry(Action::MailboxChanged, subject(&user));
        // the user's own change has written the first entry
        entry.id = context.further_entry_id(1);
        entry.details.insert("fields".to_owned(), fields.into());
        change.record(entry, ()).await
    }
}

impl EditMailbox {
    async fn rename(
        &self,
        context: &Context,
        change: &mut Change,
        user: &mut User,
    ) -> Result<bool> {
        let Some(wanted) = &self.address else {
            return Ok(false);
        };
        let Some(old) = user.address.take_if(|old| old != wanted) else {
            return Ok(false);
        };
        release_address_of(change, user, &old).await?;
        claim_address(change, user, wanted.clone()).await?;
        if user
            .email
            .as_ref()
            .is_some_and(|email| email.key() == old.key())
        {
            Patch::Set(ContactEmail::parse(wanted.as_str())?).apply(&mut user.email);
            search::put(change, user).await?;
        }
        user.changed_at = context.now;
        users::update(change, user).await?;
        Ok(true)
    }

    async fn set_master(&self, change: &mut Change, user: &User) -> Result<bool> {
        let Some(master) = self.master else {
            return Ok(false);
        };
        let mut settings = mailboxes::get(change, user.tenant, user.number).await?;
        if settings.master == master {
            return Ok(false);
        }
        settings.master = master;
        mailboxes::put(change, user.tenant, user.number, &settings).await?;
        Ok(true)
    }

    async fn set_type(
        &self,
        context: &Context,
        change: &mut Change,
        user: &mut User,
    ) -> Result<bool> {
        let Some(kind) = &self.webmail else {
            return Ok(false);
        };
        let found = webmail_accounts::locked(change, user.tenant, user.number).await?;
        let Some(mut account) = found else {
            let new = NewWebmail {
                kind: Some(kind),
                allow_upgrade: true,
                theme: None,
            };
            webmail::make(context, change, user, new).await?;
            user.changed_at = context.now;
            users::update(change, user).await?;
            return Ok(true);
        };
        if account.kind == *kind {
            return Ok(false);
        }
        webmail::move_to_type(context, change, user, &mut account, kind).await?;
        webmail_accounts::update(change, user.tenant, user.number, &account).await?;
        Ok(true)
    }
}
