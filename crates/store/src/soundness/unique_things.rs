//! What is unique in the deployment agrees with whose it is.

use crate::{Sql, statements};

statements! {
    SLUG_UNCLAIMED = "SELECT 'tenant ' || CAST(t.id AS TEXT), COUNT(*) OVER () FROM tenants t WHERE NOT EXISTS (SELECT 1 FROM tenant_slugs s WHERE s.slug_key = lower(t.slug) AND s.tenant = t.id) LIMIT $1";
    SLUG_ASTRAY = "SELECT 'tenant ' || CAST(s.tenant AS TEXT), COUNT(*) OVER () FROM tenant_slugs s WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = s.tenant AND lower(t.slug) = s.slug_key) LIMIT $1";
    CONTEXT_UNCLAIMED = "SELECT 'tenant ' || CAST(t.id AS TEXT), COUNT(*) OVER () FROM tenants t \
        WHERE NOT EXISTS (SELECT 1 FROM tenant_contexts c WHERE c.context_id = t.context_id AND c.tenant = t.id) LIMIT $1";
    CONTEXT_ASTRAY = "SELECT 'tenant ' || CAST(c.tenant AS TEXT), COUNT(*) OVER () FROM tenant_contexts c \
        WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = c.tenant AND t.context_id = c.context_id) LIMIT $1";
    HOST_ASTRAY = "SELECT h.host, COUNT(*) OVER () FROM tenant_hosts h WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = h.tenant) LIMIT $1";
    DOMAIN_ASTRAY = "SELECT d.domain, COUNT(*) OVER () FROM domains d WHERE d.tenant <> 0 AND NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = d.tenant) LIMIT $1";
    CUSTOMER_ASTRAY = "SELECT 'tenant ' || CAST(c.tenant AS TEXT), COUNT(*) OVER () FROM customers c WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = c.tenant) LIMIT $1";
    RESELLER_TENANT_ASTRAY = "SELECT 'reseller ' || CAST(r.reseller AS TEXT) || ', tenant ' || CAST(r.tenant AS TEXT), COUNT(*) OVER () FROM reseller_tenants r \
        WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = r.tenant) OR NOT EXISTS (SELECT 1 FROM resellers p WHERE p.id = r.reseller) LIMIT $1";
    SHARED_DOMAIN_ASTRAY = "SELECT s.domain, COUNT(*) OVER () FROM shared_mail_domains s \
        WHERE s.reseller IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resellers p WHERE p.id = s.reseller) LIMIT $1";
    RESELLER_UNNAMED = "SELECT 'reseller ' || CAST(p.id AS TEXT), COUNT(*) OVER () FROM resellers p WHERE NOT EXISTS (SELECT 1 FROM account_names a WHERE a.reseller = p.id) LIMIT $1";
    OPERATOR_UNNAMED = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM users u WHERE u.operator = 1 \
        AND NOT EXISTS (SELECT 1 FROM account_names a WHERE a.tenant = u.tenant AND a.user_number = u.number AND a.name_key = u.login_key) LIMIT $1";
    ACCOUNT_NAME_ASTRAY = "SELECT a.name_key, COUNT(*) OVER () FROM account_names a WHERE NOT EXISTS (SELECT 1 FROM resellers p WHERE p.id = a.reseller) \
        AND NOT EXISTS (SELECT 1 FROM users u WHERE u.tenant = a.tenant AND u.number = a.user_number AND u.operator = 1 AND u.login_key = a.name_key) LIMIT $1";
    MSISDN_UNCLAIMED = "SELECT 'tenant ' || CAST(m.tenant AS TEXT) || ', user ' || CAST(m.user_number AS TEXT), COUNT(*) OVER () FROM mail_services m \
        WHERE m.msisdn_digits IS NOT NULL AND NOT EXISTS (SELECT 1 FROM msisdns d WHERE d.digits = m.msisdn_digits AND d.tenant = m.tenant AND d.user_number = m.user_number) LIMIT $1";
    MSISDN_ASTRAY = "SELECT 'tenant ' || CAST(d.tenant AS TEXT) || ', user ' || CAST(d.user_number AS TEXT), COUNT(*) OVER () FROM msisdns d \
        WHERE NOT EXISTS (SELECT 1 FROM mail_services m WHERE m.tenant = d.tenant AND m.user_number = d.user_number AND m.msisdn_digits = d.digits) LIMIT $1";
}

/// What must not be found, and where it is looked for.
pub(super) static RULES: &[(&str, &Sql)] = &[
    ("a tenant that is not found by its slug", &SLUG_UNCLAIMED),
    ("a slug of no tenant", &SLUG_ASTRAY),
    (
        "a tenant that is not found by its context id",
        &CONTEXT_UNCLAIMED,
    ),
    ("a context id of no tenant", &CONTEXT_ASTRAY),
    ("a host of no tenant", &HOST_ASTRAY),
    ("a domain of no tenant", &DOMAIN_ASTRAY),
    (
        "a customer of a partner without its tenant",
        &CUSTOMER_ASTRAY,
    ),
    (
        "a tenant of a reseller, one of which is not there",
        &RESELLER_TENANT_ASTRAY,
    ),
    (
        "a shared mail domain of a reseller that is not there",
        &SHARED_DOMAIN_ASTRAY,
    ),
    ("a reseller without its name", &RESELLER_UNNAMED),
    ("an operator without its name", &OPERATOR_UNNAMED),
    (
        "a name of neither a reseller nor an operator",
        &ACCOUNT_NAME_ASTRAY,
    ),
    (
        "a user whose msisdn is not its own among all msisdns",
        &MSISDN_UNCLAIMED,
    ),
    ("an msisdn of a user that has another", &MSISDN_ASTRAY),
];
