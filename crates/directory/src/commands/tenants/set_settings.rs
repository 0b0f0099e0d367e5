//! Changing a tenant's settings.

use crate::{Command, Context, policy};
use provost_model::{
    Action, Error, Field, Noun, Patch, Quota, Result, Rule, Subject, TenantSettings,
    TenantSettingsPatch, Violation,
};
use provost_store::{Change, Recorded, Tx, tables::tenants};

/// Changes some settings of a tenant and leaves the others as they are. Operators may. Running servers obey at their next request.
///
/// # Errors
/// [`Field::Quota`] or [`Field::Password`] out of range.
#[derive(Clone, Debug)]
pub struct SetTenantSettings {
    /// What is to change.
    pub patch: TenantSettingsPatch,
}

impl Command for SetTenantSettings {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        const LENGTHS: std::ops::RangeInclusive<usize> =
            TenantSettings::MIN_PASSWORD_LENGTH..=TenantSettings::MAX_PASSWORD_LENGTH;
        policy::operator(context)?;
        if let Patch::Set(bytes) = self.patch.default_quota {
            Quota::bytes(bytes)?;
        }
        match self.patch.password_min_length {
            Patch::Set(length) if !LENGTHS.contains(&length) => {
                Err(Violation::new(Field::Password, Rule::OutOfRange).into())
            }
            Patch::Set(_) | Patch::Keep | Patch::Clear => Ok(()),
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut tenant = tenants::locked(change, context.tenant_id())
            .await?
            .ok_or(Error::Unknown(Noun::Tenant))?;
        let before = tenant.settings.clone();
        self.patch.clone().apply(&mut tenant.settings);
        let changed = tenant.settings.differing(&before);
        if changed.is_empty() {
            return change.unchanged(());
        }
        tenants::update(change, &tenant).await?;
        let mut entry = context.entry(Action::TenantChanged, Subject::named(tenant.slug.as_str()));
        entry.details.insert("settings".to_owned(), changed.into());
        change.record(entry, ()).await
    }
}
