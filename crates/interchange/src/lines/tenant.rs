//! A tenant's line.

use provost_model::{DomainName, Tenant, TenantSettings};
use serde::Serialize;

/// A tenant as it is written.
#[derive(Serialize)]
#[serde(tag = "type", rename = "tenant")]
pub(crate) struct TenantLine<'a> {
    slug: &'a str,
    name: &'a str,
    context_id: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    suspended: bool,
    hosts: &'a [String],
    domains: Vec<&'a str>,
    settings: &'a TenantSettings,
    facts: Facts,
}

/// What the server gave the tenant itself; imports pass over it.
#[derive(Serialize)]
struct Facts {
    id: i64,
    created_at: i64,
}

impl<'a> TenantLine<'a> {
    /// The line of a tenant with these hosts and mail domains.
    pub(crate) fn new(tenant: &'a Tenant, hosts: &'a [String], domains: &'a [DomainName]) -> Self {
        Self {
            slug: tenant.slug.as_str(),
            name: &tenant.name,
            context_id: tenant.context_id.get(),
            suspended: tenant.suspended,
            hosts,
            domains: domains.iter().map(DomainName::as_str).collect(),
            settings: &tenant.settings,
            facts: Facts {
                id: tenant.id.0,
                created_at: tenant.created_at.0,
            },
        }
    }
}
