//! Giving a tenant another slug or name.

use crate::{Command, Context, policy, text::storable};
use provost_model::{Action, Error, Field, Noun, Protection, Result, Slug, Subject, Tenant};
use provost_store::{Change, Recorded, Tx, tables::tenants};

/// Gives a tenant another slug, name or both. Operators may. Paths with the old slug lead nowhere from then on.
///
/// # Errors
/// [`Noun::Slug`] taken; the slug `default` stays where it is.
#[derive(Clone, Debug)]
pub struct RenameTenant {
    /// Its new slug.
    pub slug: Option<Slug>,
    /// Its new name.
    pub name: Option<String>,
}

impl Command for RenameTenant {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)?;
        storable(Field::DisplayName, self.name.as_deref().unwrap_or_default())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut tenant = tenants::locked(change, context.tenant_id())
            .await?
            .ok_or(Error::Unknown(Noun::Tenant))?;
        let before = tenant.clone();
        let old = before.slug.clone();
        if let Some(slug) = self.slug.clone() {
            if old.key() != slug.key() {
                if old.key() == Tenant::DEFAULT {
                    return Err(Error::Protected(Protection::DefaultTenant));
                }
                tenants::release_slug(change, &old, tenant.id).await?;
                if !tenants::claim_slug(change, &slug, tenant.id).await? {
                    return Err(Error::Taken(Noun::Slug));
                }
            }
            tenant.slug = slug;
        }
        if let Some(name) = &self.name {
            tenant.name.clone_from(name);
        }
        if tenant == before {
            return change.unchanged(());
        }
        tenants::update(change, &tenant).await?;
        let mut entry = context.entry(Action::TenantChanged, Subject::named(tenant.slug.as_str()));
        entry
            .details
            .insert("before".to_owned(), old.as_str().into());
        change.record(entry, ()).await
    }
}
