-- The audit's chains: after their commit entries are sealed, tenant by tenant, by one holder of a lease.

-- What tells unsealed entries that no transaction noted in audit_unsealed: those from before this version, and those of nodes of the release before while such still run.
ALTER TABLE audit_entries ADD COLUMN noted BIGINT;
CREATE INDEX audit_entries_unnoted ON audit_entries (tenant, id) WHERE noted IS NULL;

-- Entries that no seal holds yet: written with each entry, taken away with its seal.
CREATE TABLE audit_unsealed (
    tenant BIGINT NOT NULL,
    id BYTEA NOT NULL,
    PRIMARY KEY (tenant, id)
) /* sqlite: WITHOUT ROWID */;

-- The links of each tenant's chain. Entries are counted from 1 without a gap: a seal holds as many as it says, from first_entry on. The content is, for each of them in its order, the 16
-- bytes of its id and the SHA-256 of its columns. The hash is over the hash of the seal before, the other columns and the content. Once its entries are pruned, content is NULL, and the
-- seals before are gone.
CREATE TABLE audit_seals (
    tenant BIGINT NOT NULL,
    first_entry BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    newest_at BIGINT NOT NULL,
    content BYTEA,
    hash BYTEA NOT NULL,
    PRIMARY KEY (tenant, first_entry)
);
CREATE INDEX audit_seals_by_age ON audit_seals (newest_at, tenant, first_entry) WHERE content IS NOT NULL;

-- Work that one node does for all, until the time the lease ends.
CREATE TABLE leases (
    name TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    holder BYTEA NOT NULL,
    until BIGINT NOT NULL
);
