-- Partners' customers and orders, and what dialects keep of users for themselves.

-- What one dialect alone knows of a user: a JSON object.
CREATE TABLE dialect_values (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    dialect TEXT /* postgres: COLLATE "C" */ NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (tenant, user_number, dialect)
) /* sqlite: WITHOUT ROWID */;

-- The tenants that partners had made, by the partner's own id. A partner is a tenant too: that of its key.
CREATE TABLE customers (
    partner BIGINT NOT NULL,
    remote_id TEXT /* postgres: COLLATE "C" */ NOT NULL,
    tenant BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (partner, remote_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX customers_by_tenant ON customers (tenant);

-- What partners ordered for their customers.
CREATE TABLE orders (
    partner BIGINT NOT NULL,
    remote_id TEXT /* postgres: COLLATE "C" */ NOT NULL,
    number BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    customer_id TEXT NOT NULL,
    parent TEXT,
    product TEXT NOT NULL,
    licenses BIGINT NOT NULL,
    term TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (partner, remote_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX orders_by_number ON orders (partner, number);
CREATE INDEX orders_by_customer ON orders (customer);
