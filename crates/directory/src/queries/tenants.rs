//! Tenants.

use crate::{Context, Directory, commands::tenants::SweepTenant, text::is_storable};
use provost_model::{ContextId, Result, Slug, Tenant, TenantId};
use provost_store::{Moment, Read, Tx, tables::tenants};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// The tenant that a request is for, where its path holds no name of the dialect's own for it.
#[derive(Clone)]
pub struct AddressedTenant {
    /// The tenant, if there is such a one.
    pub tenant: Option<Arc<Tenant>>,
    /// Whether the request named it, by path or host; else it is the default one.
    pub named: bool,
    /// When it was looked for, if what was found since then may be told from memory.
    pub(crate) moment: Option<Moment>,
}

impl AddressedTenant {
    /// The tenant that a request named, in a dialect's own way, or got.
    #[must_use]
    pub const fn new(tenant: Option<Arc<Tenant>>, named: bool) -> Self {
        Self {
            tenant,
            named,
            moment: None,
        }
    }
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
        if let Some(slug) = slug {
            let tenant = self.tenant_by_slug(slug).await?.map(Arc::new);
            return Ok(AddressedTenant::new(tenant, true));
        }
        let host = host.filter(|host| is_storable(host)).unwrap_or_default();
        // hosts are public, so that it may show which were asked lately; slugs are not
        let key = Sha256::new_with_prefix("host\0")
            .chain_update(host)
            .finalize()
            .into();
        let (found, moment) = self.recall::<Hosted>(&key).await?;
        let hosted = match found {
            Some(found) => found,
            None => {
                let question = AtHost {
                    host: host.to_owned(),
                };
                let hosted = match &self.inner.at_host {
                    Some(at_host) => at_host.read(&question).await?,
                    None => self.read(&question).await?,
                };
                moment.remember(key, Arc::clone(&hosted));
                hosted
            }
        };
        let Hosted { tenant, named } = &*hosted;
        Ok(AddressedTenant {
            moment: Some(moment),
            ..AddressedTenant::new(tenant.clone(), *named)
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
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        match self {
            Self::Id(id) => tenants::by_id(tx, *id).await,
            Self::Slug(key) => tenants::by_slug(tx, key).await,
            Self::Context(context) => tenants::by_context(tx, *context).await,
            Self::Host(host) => tenants::by_host(tx, host).await,
        }
    }
}

/// Who answers at a host.
pub(crate) struct Hosted {
    tenant: Option<Arc<Tenant>>,
    named: bool,
}

/// The tenant that lists a host, else the default one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AtHost {
    host: String,
}

impl Read for AtHost {
    type Output = Arc<Hosted>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let found = tenants::by_host_or_slug(tx, &self.host, Tenant::DEFAULT).await?;
        let (tenant, named) = found.unzip();
        Ok(Arc::new(Hosted {
            tenant: tenant.map(Arc::new),
            named: named.unwrap_or_default(),
        }))
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
