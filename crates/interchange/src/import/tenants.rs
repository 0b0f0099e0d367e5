//! Tenants.

use super::Import;
use crate::read::TenantRecord;
use provost_directory::commands::{
    domains::{AddDomain, AddedDomain},
    tenants::{CreateTenant, RenameTenant, SetTenantSettings, SetTenantSuspended},
};
use provost_model::{DomainName, Error, HostName, Noun, Protection, Result, Tenant};
use std::sync::Arc;

impl Import {
    /// Makes a tenant, or brings one that is there to what its line says. Its context id and hosts stay.
    pub(super) async fn tenant(&mut self, record: &TenantRecord) -> Result<()> {
        let found = self
            .directory
            .tenant_by_slug(record.slug.as_str())
            .await?
            .map(Arc::new);
        if let Some(tenant) = &found {
            self.check_fixed(tenant, record).await?;
        }
        if self.settings.dry_run {
            if found.is_none() {
                self.planned.insert(record.slug.as_str().to_owned());
            }
            return Ok(());
        }
        let tenant = match found {
            Some(tenant) => tenant,
            None => Arc::new(self.create_tenant(record).await?),
        };
        if let Some(name) = record.name.as_ref().filter(|name| **name != tenant.name) {
            let command = RenameTenant {
                slug: None,
                name: Some(name.clone()),
            };
            self.directory
                .execute(self.context(&tenant)?, command)
                .await?;
        }
        for domain in &record.domains {
            self.add_domain(&tenant, domain).await?;
        }
        let command = SetTenantSettings {
            patch: record.settings.clone(),
        };
        self.directory
            .execute(self.context(&tenant)?, command)
            .await?;
        if tenant.suspended != record.suspended {
            let command = SetTenantSuspended {
                suspended: record.suspended,
            };
            self.directory
                .execute(self.context(&tenant)?, command)
                .await?;
        }
        // its settings may be others by now
        self.tenants.remove(record.slug.as_str());
        Ok(())
    }

    async fn check_fixed(&self, tenant: &Tenant, record: &TenantRecord) -> Result<()> {
        if record.context_id.is_some_and(|id| id != tenant.context_id) {
            return Err(Error::Taken(Noun::Slug));
        }
        let hosts = self.directory.hosts_of(tenant.id).await?;
        let missing = record
            .hosts
            .iter()
            .map(HostName::as_str)
            .find(|host| !hosts.iter().any(|known| known == host));
        match missing {
            Some(host) => Err(Error::Unknown(Noun::Host).about(host)),
            None => Ok(()),
        }
    }

    async fn create_tenant(&self, record: &TenantRecord) -> Result<Tenant> {
        let default = self
            .directory
            .tenant_by_slug(Tenant::DEFAULT)
            .await?
            .ok_or(Error::Unknown(Noun::Tenant))?;
        let command = CreateTenant {
            slug: record.slug.clone(),
            name: record.name.clone(),
            context_id: record.context_id,
            domains: record.domains.clone(),
            hosts: record.hosts.clone(),
        };
        let context = self.context(&Arc::new(default))?;
        self.directory.execute(context, command).await
    }

    async fn add_domain(&self, tenant: &Arc<Tenant>, domain: &DomainName) -> Result<()> {
        let page = self
            .directory
            .domains(Some(tenant.id), "", i64::MAX)
            .await?;
        if page.iter().any(|(known, _)| known == domain) {
            return Ok(());
        }
        let command = AddDomain {
            domain: domain.clone(),
            release: false,
        };
        match self
            .directory
            .execute(self.context(tenant)?, command)
            .await?
        {
            AddedDomain::Added => Ok(()),
            AddedDomain::Held(_) => {
                Err(Error::Protected(Protection::DomainInUse).about(domain.as_str()))
            }
        }
    }
}
