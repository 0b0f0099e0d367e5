-- The audit's chains: after their commit entries are sealed, tenant by tenant, by one holder of a lease.

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

-- One row, while entries from before this version are still to be sealed: those up to this one are.
CREATE TABLE audit_backlog (
    id BIGINT NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL,
    entry BYTEA NOT NULL
);
INSERT INTO audit_backlog (id, tenant, entry) SELECT 1, -1, /* sqlite: x'' */ /* postgres: decode('', 'hex') */ WHERE EXISTS (SELECT 1 FROM audit_entries);

-- Work that one node does for all, until the time the lease ends.
CREATE TABLE leases (
    name TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
    holder BYTEA NOT NULL,
    until BIGINT NOT NULL
);
