-- Webmail accounts, what a mailbox does with its mail, and what lists and counts of a domain's mailboxes need.

-- A mailbox is a user with an address in a domain. The quota of its user stands beside the address, so that a domain's mailboxes can be
-- walked in its order.
ALTER TABLE addresses ADD COLUMN quota BIGINT NOT NULL DEFAULT -2;
UPDATE addresses SET quota = COALESCE(
    (SELECT u.quota FROM users u WHERE u.tenant = addresses.tenant AND u.number = addresses.user_number), -2);
CREATE INDEX addresses_by_quota ON addresses (domain, quota, local_part);

-- How many mailboxes a domain has, how many of them have the default quota, and the sum of the others' quotas in MB, each rounded up;
-- in sixteen shards by user number, so that making mailboxes does not queue behind one row.
CREATE TABLE mailbox_counts (
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL,
    shard BIGINT NOT NULL,
    mailboxes BIGINT NOT NULL,
    defaults BIGINT NOT NULL,
    quota_mb BIGINT NOT NULL,
    PRIMARY KEY (domain, shard)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO mailbox_counts (domain, shard, mailboxes, defaults, quota_mb)
    SELECT domain, user_number % 16, COUNT(*), SUM(CASE WHEN quota = -2 THEN 1 ELSE 0 END),
        SUM(CASE WHEN quota > 0 THEN quota / 1048576 + CASE WHEN quota % 1048576 > 0 THEN 1 ELSE 0 END ELSE 0 END)
    FROM addresses GROUP BY domain, user_number % 16;

-- The webmail account of a mailbox. The domain is the one that it is counted in.
CREATE TABLE webmail_accounts (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL,
    kind TEXT /* postgres: COLLATE "C" */ NOT NULL,
    allow_upgrade BIGINT NOT NULL,
    reset_password BIGINT NOT NULL,
    theme TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, user_number)
) /* sqlite: WITHOUT ROWID */;

-- How many webmail accounts of each type a domain has: what a limit is held against, so that nobody counts accounts.
CREATE TABLE webmail_counts (
    domain TEXT /* postgres: COLLATE "C" */ NOT NULL,
    kind TEXT /* postgres: COLLATE "C" */ NOT NULL,
    accounts BIGINT NOT NULL,
    PRIMARY KEY (domain, kind)
) /* sqlite: WITHOUT ROWID */;

-- What a mailbox does with its mail: at most one row each. Senders and forwards are JSON lists.
CREATE TABLE mailboxes (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    master BIGINT NOT NULL,
    usage_bytes BIGINT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    responding BIGINT NOT NULL,
    senders TEXT NOT NULL,
    forwards TEXT NOT NULL,
    PRIMARY KEY (tenant, user_number)
) /* sqlite: WITHOUT ROWID */;

-- Users that have further addresses.
CREATE INDEX users_with_aliases ON users (tenant, number) WHERE aliases IS NOT NULL;

-- Keys of the deployment, made at their first need.
CREATE TABLE server_keys (
    name TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

-- authTokens that were redeemed, until they would have expired anyway.
CREATE TABLE spent_auth_tokens (
    tenant BIGINT NOT NULL,
    nonce BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, nonce)
);
CREATE INDEX spent_auth_tokens_by_expiry ON spent_auth_tokens (expires_at);
