//! Whether the database takes writes now.

use std::time::Duration;

use provost_model::{Error, Result};
use tokio::time::timeout;

use super::{fault, hosts::Purpose, pool::Connections};
use crate::{StoreSettings, fault::Fault};

/// How long the database may take to say so.
const PATIENCE: Duration = Duration::from_secs(2);

/// A connection of its own for the question, so that load alone, with which the pool is busy, takes no node out of service.
pub(super) struct Readiness(Connections);

impl Readiness {
    /// The connection is made when it is first asked.
    pub(super) fn of(settings: &StoreSettings) -> Result<Self> {
        Connections::new(&settings.url, Purpose::Writing, 1, PATIENCE).map(Self)
    }

    /// Asks the database.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if it does not answer in time or takes no writes.
    pub(super) async fn check(&self) -> Result<()> {
        let asked = async {
            match self.ask().await {
                // the connection may have been lost long ago, unnoticed while nobody used it
                Err(Fault::ConnectionLost) => self.ask().await,
                answer => answer,
            }
        };
        match timeout(PATIENCE, asked).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Error::Unavailable("the database does not answer")),
        }
    }

    pub(super) fn close(&self) {
        self.0.close();
    }

    async fn ask(&self) -> Result<(), Fault> {
        const READ_ONLY: &str = "SHOW transaction_read_only";
        let connection = self.0.get().await?;
        let answer = connection.query_one(READ_ONLY, &[]).await;
        match answer.and_then(|row| row.try_get::<_, String>(0)) {
            Ok(read_only) if read_only == "off" => Ok(()),
            Ok(_) => {
                // another server may take writes by now
                connection.give_up();
                Err(Fault::Unavailable("the database takes no writes"))
            }
            Err(cause) => {
                connection.give_up();
                Err(fault::of(READ_ONLY, &cause))
            }
        }
    }
}
