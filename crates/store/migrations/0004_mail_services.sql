-- Phone login aliases, ids that partners gave, classes of service, and where mail is delivered.

-- What mail services know of a user: at most one row each. The classes are a JSON list.
CREATE TABLE mail_services (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    classes TEXT,
    msisdn TEXT,
    msisdn_digits TEXT /* postgres: COLLATE "C" */,
    delivery_status TEXT,
    delivery_status_key TEXT /* postgres: COLLATE "C" */,
    anti_phishing BIGINT,
    spam_level TEXT,
    PRIMARY KEY (tenant, user_number)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX mail_services_by_msisdn ON mail_services (msisdn_digits, tenant, user_number);
CREATE INDEX mail_services_by_delivery_status ON mail_services (delivery_status_key, tenant, user_number);

-- Phone login aliases of the whole deployment, by their digits.
CREATE TABLE msisdns (
    digits TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;

-- Ids by which others know users: not unique, and a user may have several of a kind, in the order they were given.
CREATE TABLE external_ids (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    kind TEXT /* postgres: COLLATE "C" */ NOT NULL,
    position BIGINT NOT NULL,
    external_id TEXT NOT NULL,
    id_key TEXT /* postgres: COLLATE "C" */ NOT NULL,
    PRIMARY KEY (tenant, user_number, kind, position)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX external_ids_by_key ON external_ids (kind, id_key, tenant, user_number);

-- Logins and addresses, looked for in all tenants at once.
CREATE INDEX names_anywhere ON names (name_key, tenant, user_number);

-- Mail domains that stay nobody's, so that users of many tenants may have addresses in them, and who asked for that: a reseller, a tenant
-- through its own credential, or, if neither is there, an operator.
CREATE TABLE shared_mail_domains (
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    reseller BIGINT,
    tenant BIGINT,
    created_at BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX shared_mail_domains_by_reseller ON shared_mail_domains (reseller, domain);
CREATE INDEX shared_mail_domains_by_tenant ON shared_mail_domains (tenant, domain);

-- Where mail to addresses of a tenant's domains goes besides a mailbox. The targets are a JSON list.
CREATE TABLE context_forwards (
    tenant BIGINT NOT NULL,
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL,
    local_part TEXT /* postgres: COLLATE "C" */ NOT NULL,
    alias TEXT NOT NULL,
    targets TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, domain, local_part)
) /* sqlite: WITHOUT ROWID */;
