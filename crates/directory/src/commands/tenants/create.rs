//! Making a tenant.

use crate::{Command, Context, commands::domains, policy, text::storable};
use provost_model::{
    Action, ContextId, DisplayName, DomainName, Entry, Error, Field, Group, GroupId, GroupNumber,
    HostName, Noun, Protection, Result, Slug, Subject, Tenant, TenantId, TenantSettings,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        addresses,
        counters::{self, Counter},
        groups, tenants,
    },
};
use std::sync::Arc;

/// Makes a tenant with its group of administrators. Operators may.
///
/// # Errors
/// [`Noun::Slug`], [`Noun::ContextId`], [`Noun::Host`] or [`Noun::Domain`] taken; [`Protection::DomainInUse`] while users of other
/// tenants hold addresses in a domain.
#[derive(Clone, Debug)]
pub struct CreateTenant {
    /// Its slug.
    pub slug: Slug,
    /// Its name; without one the slug.
    pub name: Option<String>,
    /// Its context id; without one the next after the highest.
    pub context_id: Option<ContextId>,
    /// Its mail domains.
    pub domains: Vec<DomainName>,
    /// Its hosts.
    pub hosts: Vec<HostName>,
}

/// A tenant that was made.
pub type CreatedTenant = Tenant;

impl Command for CreateTenant {
    type Outcome = CreatedTenant;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)?;
        storable(Field::DisplayName, self.name.as_deref().unwrap_or_default())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<CreatedTenant>> {
        let tenant = create(self, context, change).await?;
        let own = Context {
            tenant: Arc::new(tenant.clone()),
            ..context.clone()
        };
        for domain in &self.domains {
            domains::free(&own, change, domain)
                .await
                .map_err(|error| match error {
                    Error::Taken(_) => error.about(domain.as_str()),
                    fault => fault,
                })?;
            if !addresses::foreign(change, domain, tenant.id, 1)
                .await?
                .is_empty()
            {
                return Err(Error::Protected(Protection::DomainInUse).about(domain.as_str()));
            }
            domains::add(&own, change, domain).await?;
        }
        let mut entry = own.entry(Action::TenantCreated, Subject::named(tenant.slug.as_str()));
        entry
            .details
            .insert("context_id".to_owned(), tenant.context_id.get().into());
        change.record(entry, tenant).await
    }
}

/// Makes a tenant's rows, with its group of administrators.
pub(crate) async fn create(
    command: &CreateTenant,
    context: &Context,
    change: &mut Change,
) -> Result<Tenant> {
    let id = TenantId(counters::take(change, Entry::DEPLOYMENT, Counter::Tenants).await?);
    if !tenants::claim_slug(change, &command.slug, id).await? {
        return Err(Error::Taken(Noun::Slug));
    }
    let context_id = match command.context_id {
        Some(wanted) => wanted,
        None => {
            let highest = tenants::highest_context(change).await?.unwrap_or(0);
            // beyond the last there is none, and the last is taken
            ContextId::new(highest.saturating_add(1))?
        }
    };
    if !tenants::claim_context(change, context_id, id).await? {
        return Err(Error::Taken(Noun::ContextId));
    }
    for host in &command.hosts {
        if !tenants::claim_host(change, host, id).await? {
            return Err(Error::Taken(Noun::Host).about(host.as_str()));
        }
    }
    let tenant = Tenant {
        id,
        slug: command.slug.clone(),
        name: command
            .name
            .clone()
            .unwrap_or_else(|| command.slug.as_str().to_owned()),
        context_id,
        suspended: false,
        settings: TenantSettings::default(),
        created_at: context.now,
    };
    tenants::insert(change, &tenant).await?;
    let administrators = Group {
        tenant: id,
        number: GroupNumber(counters::take(change, id, Counter::Groups).await?),
        id: GroupId::parse(Group::ADMINISTRATORS)?,
        display_name: DisplayName::parse(Group::ADMINISTRATORS)?,
        created_at: context.now,
    };
    groups::insert(change, &administrators).await?;
    Ok(tenant)
}
