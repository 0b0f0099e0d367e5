//! The mails that wait in the database.

use crate::welcomer::Welcomer;
use provost_directory::{
    Actor, Context, NotWelcomed,
    commands::{
        password_links::PrunePasswordLinks,
        welcome_mails::{ClaimWelcomeMail, SettleWelcomeMail, Settlement},
    },
    queries::WaitingMail,
};
use provost_model::{Error, Noun, Result, Tenant, TenantId, UserNumber};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout};

/// How long the look for mails that wait is put off while nobody tells of one: other nodes and the command line do not.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// How often links that have expired are swept.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(60 * 60);

/// How many mails are looked for at once.
const PAGE: i64 = 20;

/// How long the first pause after a failure is; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(6 * 60 * 60);

/// How often a mail is tried: over two and a half days.
const TRIES: i64 = 20;

/// The pause after this many failures.
fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    FIRST_PAUSE
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(LONGEST_PAUSE)
}

impl Welcomer {
    /// Sends the mails that wait, and those to come, for as long as it is polled.
    pub async fn work(self) {
        let mut swept = None::<Instant>;
        loop {
            if let Err(error) = self.send_waiting().await {
                tracing::warn!(%error, "the waiting welcome mails cannot be read");
            }
            if swept.is_none_or(|at| at.elapsed() >= BETWEEN_SWEEPS) {
                swept = Some(Instant::now());
                if let Err(error) = self.sweep().await {
                    tracing::warn!(%error, "expired links are not swept");
                }
            }
            // whether it was woken or time passed, it looks again
            let _ = timeout(BETWEEN_LOOKS, self.inner.woken.notified()).await;
        }
    }

    async fn send_waiting(&self) -> Result<()> {
        loop {
            let due = self.inner.directory.due_welcome_mails(PAGE).await?;
            for mail in &due {
                // why it was not sent is in the log, and it waits
                let _ = self.try_one(*mail).await?;
            }
            if i64::try_from(due.len()).is_ok_and(|found| found < PAGE) {
                return Ok(());
            }
        }
    }

    /// Sends the mail that waits for this user now, if one does and nobody else has taken it.
    ///
    /// # Errors
    /// Those of the store; [`NotWelcomed`] if it was not sent: then it waits on.
    pub async fn send_waiting_for(
        &self,
        tenant: TenantId,
        user: UserNumber,
    ) -> Result<Result<(), NotWelcomed>> {
        let waiting = self
            .inner
            .directory
            .waiting_welcome_mail(tenant, user)
            .await?;
        match waiting {
            Some(mail) => self.try_one(mail).await,
            None => Ok(Ok(())),
        }
    }

    async fn try_one(&self, mail: WaitingMail) -> Result<Result<(), NotWelcomed>> {
        let directory = &self.inner.directory;
        let Some(context) = self.context(mail.tenant).await? else {
            // its rows are swept with the tenant
            return Ok(Ok(()));
        };
        let claim = ClaimWelcomeMail {
            mail,
            // the sending ends before, so no two nodes send one mail
            time: self.inner.patience.saturating_mul(2) + FIRST_PAUSE,
        };
        let Some(mail) = directory.execute(context.clone(), claim).await? else {
            return Ok(Ok(()));
        };
        let user = directory.user_by_number(mail.tenant, mail.user).await?;
        let wanted = user.is_some_and(|user| user.enabled && user.password_hash.is_none());
        let outcome = if wanted {
            let fresh = self.fresh(&context)?;
            self.send(fresh, mail.user).await
        } else {
            Ok(())
        };
        let settlement = match &outcome {
            Ok(()) => Settlement::Done,
            Err(reason) if mail.attempts >= TRIES || is_final(reason) => {
                tracing::warn!(tenant = %context.tenant.slug, user = mail.user.0, %reason, "a welcome mail is given up");
                Settlement::Done
            }
            Err(reason) => {
                let again = pause(mail.attempts);
                tracing::warn!(tenant = %context.tenant.slug, user = mail.user.0, %reason, ?again, "a welcome mail waits");
                Settlement::Again(again)
            }
        };
        let settle = SettleWelcomeMail { mail, settlement };
        directory.execute(self.fresh(&context)?, settle).await?;
        Ok(outcome)
    }

    async fn sweep(&self) -> Result<()> {
        let Some(context) = self.default_context().await? else {
            return Ok(());
        };
        while self
            .inner
            .directory
            .execute(self.fresh(&context)?, PrunePasswordLinks)
            .await?
        {}
        Ok(())
    }

    async fn default_context(&self) -> Result<Option<Context>> {
        let tenant = self.inner.directory.tenant_by_slug(Tenant::DEFAULT).await?;
        tenant
            .map(|tenant| self.context_in(Arc::new(tenant)))
            .transpose()
    }

    async fn context(&self, tenant: TenantId) -> Result<Option<Context>> {
        let tenant = self.inner.directory.tenant_by_id(tenant).await?;
        tenant
            .map(|tenant| self.context_in(Arc::new(tenant)))
            .transpose()
    }

    /// Surroundings with a time and randomness of their own.
    fn fresh(&self, context: &Context) -> Result<Context> {
        self.context_in(Arc::clone(&context.tenant))
    }

    fn context_in(&self, tenant: Arc<Tenant>) -> Result<Context> {
        let actor = Arc::new(Actor::SERVER);
        self.inner.directory.context(actor, tenant, "welcome-mail")
    }
}

/// Whether trying again cannot help.
fn is_final(reason: &NotWelcomed) -> bool {
    match reason {
        NotWelcomed::SwitchedOff
        | NotWelcomed::NoAddress
        | NotWelcomed::Directory(Error::Unknown(Noun::User)) => true,
        NotWelcomed::Directory(_) | NotWelcomed::NotSent(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_bound() {
        assert_eq!(pause(1), Duration::from_secs(5));
        assert_eq!(pause(2), Duration::from_secs(10));
        assert_eq!(pause(1000), LONGEST_PAUSE);
        let total: Duration = (1..TRIES).map(pause).sum();
        assert!(total > Duration::from_secs(36 * 60 * 60), "{total:?}");
    }
}
