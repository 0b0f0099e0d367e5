//! Making a mailbox.

use crate::{
    Command, Context, NewPassword,
    commands::{
        users::{CreateUser, CreatedUser, subject},
        webmail::{self, NewWebmail},
    },
    policy,
};
use provost_model::{Action, MailboxSettings, Result, WebmailTypeName};
use provost_store::{
    Change, Recorded, Tx,
    tables::{mailboxes, users},
};

/// Makes a user whose address is a mailbox, in one step with what belongs to a mailbox. Administrators of the tenant may.
///
/// # Errors
/// Those of [`CreateUser`]; with a type those of [`CreateWebmail`](super::super::webmail::CreateWebmail).
#[derive(Clone, Debug)]
pub struct CreateMailbox {
    /// The user, with its own address as identity.
    pub user: CreateUser,
    /// Whether it is called a master account.
    pub master: bool,
    /// The type of its webmail account, if it gets one now.
    pub webmail: Option<WebmailTypeName>,
}

impl Command for CreateMailbox {
    type Outcome = CreatedUser;

    fn password(&mut self) -> Option<&mut NewPassword> {
        self.user.password()
    }

    fn makes_user(&self) -> bool {
        true
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        self.user.check(context, tx).await
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<CreatedUser>> {
        let mut user = self.user.insert(context, change, &[], &[]).await?;
        let mut entry = context.entry(Action::UserCreated, subject(&user));
        if self.master {
            let settings = MailboxSettings {
                master: true,
                ..MailboxSettings::default()
            };
            mailboxes::put(change, user.tenant, user.number, &settings).await?;
        }
        if let Some(kind) = &self.webmail {
            let new = NewWebmail {
                kind: Some(kind),
                allow_upgrade: true,
                theme: None,
            };
            webmail::make(context, change, &mut user, new).await?;
            users::update(change, &user).await?;
            entry
                .details
                .insert("webmail".to_owned(), kind.as_str().into());
        }
        let outcome = CreatedUser {
            number: user.number,
            id: user.id,
        };
        change.record(entry, outcome).await
    }
}
