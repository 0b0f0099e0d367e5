//! Tenants.

use crate::{Context, Directory, commands::tenants::SweepTenant, text::is_storable};
use provost_model::{ContextId, Result, Slug, Tenant, TenantId};
use provost_store::{Read, Tx, tables::tenants};
use std::sync::Arc;

/// The tenant that a request is for, where its path holds no name of the dialect's own for it.
#[derive(Clone, Debug)]
pub struct AddressedTenant {
    /// The tenant, if there is such a one.
    pub tenant: Option<Arc<Tenant>>,
    /// Whether the request named it, by path or host; else it is the default one.
    pub named: bool,
}

impl Directory {
    /// The tenant that a request is for: the one of the slug in its path, else the one that lists its host, else the default one.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn addressed_tenant(
        &self,
        slug: Option<&str>,
        host: Option<&str>,
    ) -> Result<AddressedTenant> {
        let named = |tenant: Option<Tenant>| AddressedTenant {
            tenant: tenant.map(Arc::new),
            named: true,
        };
        if let Some(slug) = slug {
            return Ok(named(self.tenant_by_slug(slug).await?));
        }
        if let Some(host) = host
            && let Some(tenant) = self.tenant_by_host(host).await?
        {
            return Ok(named(Some(tenant)));
        }
        let tenant = self.tenant_by_slug(Tenant::DEFAULT).await?;
        Ok(AddressedTenant {
            tenant: tenant.map(Arc::new),
            named: false,
        })
    }

    /// The tenant with this id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenant_by_id(&self, id: TenantId) -> Result<Option<Tenant>> {
        self.read(&Find::Id(id)).await
    }

    /// The tenant with this slug, in whatever case.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenant_by_slug(&self, slug: &str) -> Result<Option<Tenant>> {
        match Slug::parse(slug) {
            Ok(slug) => self.read(&Find::Slug(slug.key())).await,
            Err(_) => Ok(None),
        }
    }

    /// The tenant with this context id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenant_by_context(&self, context: ContextId) -> Result<Option<Tenant>> {
        self.read(&Find::Context(context)).await
    }

    /// The tenant that lists this host, lower-cased and without port.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenant_by_host(&self, host: &str) -> Result<Option<Tenant>> {
        if !is_storable(host) {
            return Ok(None);
        }
        self.read(&Find::Host(host.to_owned())).await
    }

    /// Up to `limit` tenants after the slug `after`, in the order of slugs.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenants(&self, after: &str, limit: i64) -> Result<Vec<Tenant>> {
        self.read(&Page {
            after: provost_model::fold(after),
            limit,
        })
        .await
    }

    /// The hosts of a tenant.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn hosts_of(&self, tenant: TenantId) -> Result<Vec<String>> {
        self.read(&Hosts { tenant }).await
    }

    /// Clears away what a deleted tenant left behind, in small transactions.
    ///
    /// # Errors
    /// Those of the store; calling it again goes on.
    pub async fn sweep_tenant(&self, context: &Context, tenant: TenantId) -> Result<()> {
        while self
            .execute(context.clone(), SweepTenant { tenant })
            .await?
        {}
        Ok(())
    }
}

enum Find {
    Id(TenantId),
    Slug(String),
    Context(ContextId),
    Host(String),
}

impl Read for Find {
    type Output = Option<Tenant>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        match self {
            Self::Id(id) => tenants::by_id(tx, *id).await,
            Self::Slug(key) => tenants::by_slug(tx, key).await,
            Self::Context(context) => tenants::by_context(tx, *context).await,
            Self::Host(host) => tenants::by_host(tx, host).await,
        }
    }
}

struct Page {
    after: String,
    limit: i64,
}

impl Read for Page {
    type Output = Vec<Tenant>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        tenants::page(tx, &self.after, self.limit).await
    }
}

struct Hosts {
    tenant: TenantId,
}

impl Read for Hosts {
    type Output = Vec<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        tenants::hosts(tx, self.tenant).await
    }
}
