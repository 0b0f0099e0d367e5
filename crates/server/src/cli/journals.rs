//! Whose entries are read: those of the deployment and of its tenants, one after another.

use super::session::{PAGE, Session};
use crate::failure::Result;
use provost_model::{Entry, TenantId};

/// The entries of one tenant, or of the deployment.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    /// The tenant, or [`Entry::DEPLOYMENT`].
    pub(crate) tenant: TenantId,
    /// The tenant's slug; none for the deployment.
    pub(crate) slug: Option<String>,
}

/// A walk over journals.
pub(crate) enum Journals {
    /// This one.
    One(Journal),
    /// That of the deployment, then those of all tenants.
    All,
    /// Those of the tenants after this slug.
    After(String),
    /// No more.
    Done,
}

impl Journals {
    /// The journal of the named tenant, or all of them.
    pub(crate) async fn of(session: &Session, tenant: Option<&str>) -> Result<Self> {
        let Some(slug) = tenant else {
            return Ok(Self::All);
        };
        let tenant = session.tenant(slug).await?;
        Ok(Self::One(Journal {
            tenant: tenant.id,
            slug: Some(tenant.slug.to_string()),
        }))
    }

    /// Some further journals; none at the end.
    pub(crate) async fn next(&mut self, session: &Session) -> Result<Vec<Journal>> {
        let after = match std::mem::replace(self, Self::Done) {
            Self::Done => return Ok(Vec::new()),
            Self::One(journal) => return Ok(vec![journal]),
            Self::All => {
                *self = Self::After(String::new());
                let deployment = Journal {
                    tenant: Entry::DEPLOYMENT,
                    slug: None,
                };
                return Ok(vec![deployment]);
            }
            Self::After(slug) => slug,
        };
        let page = session.directory.tenants(&after, PAGE).await?;
        if let Some(last) = page.last() {
            *self = Self::After(last.slug.to_string());
        }
        Ok(page
            .into_iter()
            .map(|tenant| Journal {
                tenant: tenant.id,
                slug: Some(tenant.slug.to_string()),
            })
            .collect())
    }
}
