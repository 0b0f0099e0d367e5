//! Bringing blocks into the audit, apart from the logins that they come from.

use crate::{Actor, Directory, commands::throttle::RecordBlock};
use provost_model::{Error, Noun, Result, Tenant};
use std::sync::Arc;

/// What stands for the request in the audit.
const REQUEST: &str = "throttle";

impl Directory {
    /// Writes the beginnings and ends of blocks into the audit that are not there yet. To be asked every second or so, by one caller
    /// at a time.
    ///
    /// # Errors
    /// Those of the store; what could not be written is tried again the next time.
    pub async fn record_blocks(&self) -> Result<()> {
        let Some(throttle) = &self.inner.throttle else {
            return Ok(());
        };
        let Some(mut block) = throttle.blocks().next(self.now()) else {
            return Ok(());
        };
        // it stands for the deployment
        let tenant = self.tenant_by_slug(Tenant::DEFAULT).await?;
        let tenant = Arc::new(tenant.ok_or(Error::Unknown(Noun::Tenant))?);
        let actor = Arc::new(Actor::SERVER);
        loop {
            let context = self.context(Arc::clone(&actor), Arc::clone(&tenant), REQUEST)?;
            self.execute(context, RecordBlock { block }).await?;
            throttle.blocks().done(&block);
            match throttle.blocks().next(self.now()) {
                Some(next) => block = next,
                None => return Ok(()),
            }
        }
    }

    /// As [`Directory::record_blocks`], for the last time: with the process all blocks end.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn record_end_of_blocks(&self) -> Result<()> {
        if let Some(throttle) = &self.inner.throttle {
            throttle.blocks().end_all(self.now());
        }
        self.record_blocks().await
    }
}
