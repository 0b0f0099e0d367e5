//! Setting and deleting a setting of an app.

use crate::{Command, Context, policy, text::storable};
use provost_model::{Action, AppId, Field, Result, SettingKey, Subject, TokenScope};
use provost_store::{Change, Recorded, Tx, tables::app_settings};

/// Sets or deletes a setting of an app; deleting one that is not set is fine. Administrators may.
#[derive(Clone, Debug)]
pub struct ChangeSetting {
    /// The app.
    pub app: AppId,
    /// The setting's key.
    pub key: SettingKey,
    /// Its new content; none deletes it.
    pub content: Option<String>,
}

impl Command for ChangeSetting {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        context.require(TokenScope::Admin)?;
        storable(Field::Value, self.content.as_deref().unwrap_or_default())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let (tenant, app, key) = (context.tenant_id(), self.app.as_str(), self.key.as_str());
        if app_settings::get(change, tenant, app, key).await? == self.content {
            return change.unchanged(());
        }
        match &self.content {
            Some(content) => app_settings::set(change, tenant, app, key, content).await?,
            None => {
                app_settings::delete(change, tenant, app, key).await?;
            }
        }
        let mut entry = context.entry(Action::SettingChanged, Subject::named(app));
        entry.details.insert("key".to_owned(), key.into());
        change.record(entry, ()).await
    }
}
