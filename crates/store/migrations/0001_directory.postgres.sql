-- Substring search: each row is the list of a user's trigrams, each with its tenant in front, so that a search touches its own tenant's postings alone.
CREATE TABLE user_search (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    grams TSVECTOR NOT NULL,
    PRIMARY KEY (tenant, user_number)
);
-- Without the list of pending entries: every search reads it whole, and it holds those of all tenants.
CREATE INDEX user_search_by_grams ON user_search USING GIN (grams) WITH (fastupdate = off);
