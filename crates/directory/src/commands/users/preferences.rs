//! Setting and deleting preferences.

use super::create::subject;
use crate::{Command, Context, policy, text::storable, user_by_number::user_by_number};
use provost_model::{Action, AppId, Field, Result, SettingKey, TokenScope, UserNumber};
use provost_store::{Change, Recorded, Tx, tables::preferences};

/// Sets or deletes preferences of a user for one app; deleting one that is not set is fine.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach.
#[derive(Clone, Debug)]
pub struct ChangePreferences {
    /// The user.
    pub user: UserNumber,
    /// The app.
    pub app: AppId,
    /// Each key with its new content; none deletes it.
    pub changes: Vec<(SettingKey, Option<String>)>,
}

impl Command for ChangePreferences {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        policy::reach(context, tx, &user).await?;
        for (_, content) in &self.changes {
            storable(Field::Value, content.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let user = user_by_number(context, change, self.user).await?;
        let mut keys = Vec::new();
        for (key, content) in &self.changes {
            let (app, name) = (self.app.as_str(), key.as_str());
            let old = preferences::get(change, user.tenant, user.number, app, name).await?;
            if old == *content {
                continue;
            }
            match content {
                Some(content) => {
                    preferences::set(change, user.tenant, user.number, app, name, content).await?
                }
                None => {
                    preferences::delete(change, user.tenant, user.number, app, name).await?;
                }
            }
            keys.push(name);
        }
        if keys.is_empty() {
            return change.unchanged(());
        }
        let mut entry = context.entry(Action::PreferenceChanged, subject(&user));
        entry
            .details
            .insert("app".to_owned(), self.app.as_str().into());
        entry.details.insert("keys".to_owned(), keys.into());
        change.record(entry, ()).await
    }
}
