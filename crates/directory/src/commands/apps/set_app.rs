//! Enabling and disabling an app.

use crate::{Command, Context, policy};
use provost_model::{Action, AppId, Result, Subject, TokenScope};
use provost_store::{Change, Recorded, Tx, tables::apps};

/// Enables or disables an app of the tenant. Administrators may. Which apps there are, and which are always on, a dialect knows.
#[derive(Clone, Debug)]
pub struct SetApp {
    /// The app.
    pub app: AppId,
    /// Whether it is to be enabled.
    pub enabled: bool,
}

impl Command for SetApp {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        context.require(TokenScope::Admin)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        if !apps::set(change, context.tenant_id(), self.app.as_str(), self.enabled).await? {
            return change.unchanged(());
        }
        let mut entry = context.entry(Action::AppChanged, Subject::named(self.app.as_str()));
        entry
            .details
            .insert("enabled".to_owned(), self.enabled.into());
        change.record(entry, ()).await
    }
}
