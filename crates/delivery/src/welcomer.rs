//! Sending welcome mails.

use crate::{link::password_link, message::WelcomeMail, settings::MailSettings, smtp::Smtp};
use lettre::message::Mailbox;
use provost_directory::{
    Context, Directory, NotWelcomed, WelcomeMailer, commands::password_links::IssuePasswordLink,
};
use provost_model::{Error, Result, UserNumber};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// Sends welcome mails. Clones share the mail server's turns.
#[derive(Clone)]
pub struct Welcomer {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) directory: Directory,
    pub(crate) woken: Notify,
    pub(crate) patience: Duration,
    smtp: Smtp,
    sender: Mailbox,
    public_url: String,
    link_lifetime: Duration,
}

impl Welcomer {
    /// Prepares to send by these settings. Nothing is connected yet.
    ///
    /// # Errors
    /// [`Error::Internal`] if the sender is no address or a certificate cannot be read.
    pub fn new(directory: Directory, settings: &MailSettings) -> Result<Self> {
        let sender = settings.sender.parse().map_err(|error| {
            Error::internal(format_args!("the sender {:?}: {error}", settings.sender))
        })?;
        Ok(Self {
            inner: Arc::new(Inner {
                directory,
                woken: Notify::new(),
                patience: settings.timeout,
                smtp: Smtp::new(settings)?,
                sender,
                public_url: settings.public_url.clone(),
                link_lifetime: settings.link_lifetime,
            }),
        })
    }

    /// Sends a user a welcome mail with a new link, which takes the place of any before.
    ///
    /// # Errors
    /// [`NotWelcomed`], by what went wrong.
    pub async fn send(&self, context: Context, user: UserNumber) -> Result<(), NotWelcomed> {
        let inner = &*self.inner;
        let tenant = Arc::clone(&context.tenant);
        if tenant.settings.welcome_mail == Some(false) {
            return Err(NotWelcomed::SwitchedOff);
        }
        let command = IssuePasswordLink {
            user,
            lifetime: inner.link_lifetime,
        };
        let issued = inner.directory.execute(context, command).await?;
        let mail = WelcomeMail {
            sender: &inner.sender,
            tenant: &tenant,
            user: &issued.user,
            link: &password_link(&inner.public_url, &tenant.slug, &issued.secret),
            expires_at: issued.expires_at,
        };
        let message = mail.message().ok_or(NotWelcomed::NoAddress)?;
        inner.smtp.send(message).await.map_err(NotWelcomed::NotSent)
    }
}

impl WelcomeMailer for Welcomer {
    fn welcome(
        &self,
        context: Context,
        user: UserNumber,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotWelcomed>> + Send + '_>> {
        Box::pin(self.send(context, user))
    }

    fn wake(&self) {
        self.inner.woken.notify_one();
    }
}
