//! Setting what a mailbox does with its mail.

use crate::{
    Command, Context,
    commands::users::subject,
    policy,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{
    Action, Address, Autoresponder, Denial, Error, Field, MailboxSettings, Noun, Result, Rule,
    Sender, TokenScope, UserNumber, Verdict, Violation,
};
use provost_store::{Change, Recorded, Tx, tables::mailboxes};

/// Sets one thing that a mailbox does with its mail. Administrators of the tenant may, and the user itself; how much it holds, only
/// administrators tell.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Noun::Forward`] unknown; [`Rule::OutOfRange`] for more senders or forwards than a mailbox may
/// have.
#[derive(Clone, Debug)]
pub struct SetMailbox {
    /// The user.
    pub user: UserNumber,
    /// What is to change.
    pub change: MailboxChange,
}

/// One thing that a mailbox does with its mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailboxChange {
    /// What is answered to incoming mail.
    Autoresponder(Autoresponder),
    /// These senders' mail is always taken or never, from now on; other senders stay as they are.
    Senders(Vec<(Sender, Verdict)>),
    /// These senders' mail is always taken or never, and no others'.
    AllSenders(Vec<(Sender, Verdict)>),
    /// No sender's mail is treated otherwise than others'.
    NoSenders,
    /// Mail goes to these addresses besides, and to no others.
    Forwards(Vec<Address>),
    /// Mail no longer goes to this address.
    RemoveForward(String),
    /// How many bytes the mailbox holds.
    Usage(u64),
}

impl MailboxChange {
    const fn field(&self) -> &'static str {
        match self {
            Self::Autoresponder(_) => "autoresponder",
            Self::Senders(_) | Self::AllSenders(_) | Self::NoSenders => "senders",
            Self::Forwards(_) | Self::RemoveForward(_) => "forwards",
            Self::Usage(_) => "usage",
        }
    }

    fn apply(&self, settings: &mut MailboxSettings) -> Result<()> {
        match self {
            Self::Autoresponder(responder) => settings.autoresponder = responder.clone(),
            Self::Senders(senders) => {
                for (sender, verdict) in senders {
                    let key = sender.key();
                    let mut known = settings.senders.iter_mut();
                    match known.find(|(known, _)| known.key() == key) {
                        Some(known) => known.1 = *verdict,
                        None => settings.senders.push((sender.clone(), *verdict)),
                    }
                }
                bounded(Field::Sender, settings.senders.len())?;
            }
            Self::AllSenders(senders) => {
                settings.senders.clear();
                Self::Senders(senders.clone()).apply(settings)?;
            }
            Self::NoSenders => settings.senders.clear(),
            Self::Forwards(forwards) => {
                settings.forwards.clear();
                for forward in forwards {
                    let key = forward.key();
                    if !settings.forwards.iter().any(|known| known.key() == key) {
                        settings.forwards.push(forward.clone());
                    }
                }
                bounded(Field::Targets, settings.forwards.len())?;
            }
            Self::RemoveForward(target) => {
                let key = provost_model::fold(target);
                let before = settings.forwards.len();
                settings.forwards.retain(|known| known.key() != key);
                if settings.forwards.len() == before {
                    return Err(Error::Unknown(Noun::Forward));
                }
            }
            Self::Usage(bytes) => settings.usage = *bytes,
        }
        Ok(())
    }
}

fn bounded(field: Field, count: usize) -> Result<()> {
    if count > MailboxSettings::MAX_LISTED {
        Err(Violation::new(field, Rule::OutOfRange).into())
    } else {
        Ok(())
    }
}

impl Command for SetMailbox {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        let reach = policy::reach(context, tx, &user).await?;
        let own = reach.own && !matches!(self.change, MailboxChange::Usage(_));
        if own || reach.administrator {
            Ok(())
        } else {
            Err(Error::Forbidden(Denial::NotAdministrator))
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        // the user's row is what two changes of its mailbox meet at
        let user = locked_user(context, change, self.user).await?;
        let before = mailboxes::get(change, user.tenant, user.number).await?;
        let mut settings = before.clone();
        self.change.apply(&mut settings)?;
        if settings == before {
            return change.unchanged(());
        }
        mailboxes::put(change, user.tenant, user.number, &settings).await?;
        let mut entry = context.entry(Action::MailboxChanged, subject(&user));
        entry
            .details
            .insert("fields".to_owned(), vec![self.change.field()].into());
        change.record(entry, ()).await
    }
}
