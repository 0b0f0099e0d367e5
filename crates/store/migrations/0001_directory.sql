-- The directory. Keys of a tenant's tables begin with the tenant; what is unique in the whole deployment has a table of its own, keyed by the unique thing.
-- Text that is compared is folded by the program into *_key columns. Times are microseconds since 1970 UTC, ids of 16 bytes are UUIDs, booleans are 0 and 1.

CREATE TABLE counters (
    tenant BIGINT NOT NULL,
    kind TEXT NOT NULL,
    next BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind)
);

CREATE TABLE tenants (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    context_id BIGINT NOT NULL,
    suspended BIGINT NOT NULL,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE tenant_slugs (
    slug_key TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL
);

CREATE TABLE tenant_contexts (
    context_id BIGINT NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL
);

CREATE TABLE tenant_hosts (
    host TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL
);
CREATE INDEX tenant_hosts_by_tenant ON tenant_hosts (tenant, host);

CREATE TABLE domains (
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX domains_by_tenant ON domains (tenant, domain);

-- Mail identities of the whole deployment; the key is domain first so that the addresses of a domain stand together.
CREATE TABLE addresses (
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL,
    local_part TEXT /* postgres: COLLATE "C" */ NOT NULL,
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    follows_email BIGINT NOT NULL,
    PRIMARY KEY (domain, local_part)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE users (
    tenant BIGINT NOT NULL,
    number BIGINT NOT NULL,
    id BYTEA NOT NULL,
    login TEXT NOT NULL,
    login_key TEXT /* postgres: COLLATE "C" */ NOT NULL,
    display_name TEXT,
    display_key TEXT /* postgres: COLLATE "C" */ NOT NULL,
    email TEXT,
    email_key TEXT /* postgres: COLLATE "C" */,
    address TEXT,
    address_follows_email BIGINT NOT NULL,
    aliases TEXT,
    notify_email TEXT,
    password_hash TEXT,
    phone TEXT,
    quota BIGINT NOT NULL,
    language TEXT,
    locale TEXT,
    timezone TEXT,
    first_day_of_week BIGINT,
    manager TEXT,
    enabled BIGINT NOT NULL,
    operator BIGINT NOT NULL,
    profile TEXT,
    first_login_at BIGINT,
    last_login_at BIGINT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, number)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX users_by_login ON users (tenant, login_key);
CREATE INDEX users_by_display_name ON users (tenant, display_key, login_key);
CREATE INDEX users_by_email ON users (tenant, email_key);
CREATE INDEX users_disabled ON users (tenant, login_key) WHERE enabled = 0;
CREATE INDEX users_recent ON users (tenant, last_login_at, number) WHERE last_login_at IS NOT NULL;
CREATE INDEX users_by_phone ON users (tenant, phone, number) WHERE phone IS NOT NULL;
CREATE INDEX users_operating ON users (tenant, number) WHERE operator = 1;

-- The names by which a user of a tenant is found without doubt: logins and addresses share one space.
CREATE TABLE names (
    tenant BIGINT NOT NULL,
    name_key TEXT /* postgres: COLLATE "C" */ NOT NULL,
    user_number BIGINT NOT NULL,
    PRIMARY KEY (tenant, name_key)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE user_groups (
    tenant BIGINT NOT NULL,
    number BIGINT NOT NULL,
    group_id TEXT /* postgres: COLLATE "C" */ NOT NULL,
    group_id_key TEXT NOT NULL,
    display_name TEXT NOT NULL,
    display_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, number)
);
CREATE UNIQUE INDEX user_groups_by_id ON user_groups (tenant, group_id);

-- Members of a group stand in the order of their logins, so that a page of them is one walk of the key.
CREATE TABLE memberships (
    tenant BIGINT NOT NULL,
    group_number BIGINT NOT NULL,
    login_key TEXT /* postgres: COLLATE "C" */ NOT NULL,
    user_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (tenant, group_number, login_key)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX memberships_by_user ON memberships (tenant, user_number, position);

-- Sizes of groups in sixteen shards by user number, so that joining one large group does not queue behind one row.
CREATE TABLE group_counts (
    tenant BIGINT NOT NULL,
    group_number BIGINT NOT NULL,
    shard BIGINT NOT NULL,
    members BIGINT NOT NULL,
    disabled BIGINT NOT NULL,
    PRIMARY KEY (tenant, group_number, shard)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE group_administrators (
    tenant BIGINT NOT NULL,
    group_number BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (tenant, group_number, user_number)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX group_administrators_by_user ON group_administrators (tenant, user_number, position);

-- App passwords and API keys, found by the SHA-256 of their secret. An API key has no user. A token that was rotated has a second row
-- with the same id for its former secret, which holds until the new one is rotated.
CREATE TABLE tokens (
    secret_hash BYTEA NOT NULL PRIMARY KEY,
    id BYTEA NOT NULL,
    tenant BIGINT NOT NULL,
    user_number BIGINT,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    former BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX tokens_by_owner ON tokens (tenant, user_number, id);
CREATE INDEX tokens_by_id ON tokens (tenant, id);

CREATE TABLE preferences (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    app TEXT /* postgres: COLLATE "C" */ NOT NULL,
    name TEXT /* postgres: COLLATE "C" */ NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (tenant, user_number, app, name)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE app_settings (
    tenant BIGINT NOT NULL,
    app TEXT /* postgres: COLLATE "C" */ NOT NULL,
    name TEXT /* postgres: COLLATE "C" */ NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (tenant, app, name)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE apps (
    tenant BIGINT NOT NULL,
    app TEXT /* postgres: COLLATE "C" */ NOT NULL,
    enabled BIGINT NOT NULL,
    PRIMARY KEY (tenant, app)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE resellers (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE reseller_tenants (
    reseller BIGINT NOT NULL,
    tenant BIGINT NOT NULL,
    PRIMARY KEY (reseller, tenant)
);

-- Names of operators and resellers: unique in the deployment, since `name@@` finds them anywhere.
CREATE TABLE account_names (
    name_key TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    reseller BIGINT,
    tenant BIGINT,
    user_number BIGINT
);

CREATE TABLE audit_entries (
    tenant BIGINT NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_number BIGINT,
    details TEXT NOT NULL,
    request TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE events (
    tenant BIGINT NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_number BIGINT,
    details TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
) /* sqlite: WITHOUT ROWID */;
