-- Links by which a user sets a password, found by the SHA-256 of their secret. A user has one at most: a newer one takes the place of
-- the one before, and one that was used is gone.
CREATE TABLE password_links (
    secret_hash BYTEA NOT NULL PRIMARY KEY,
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX password_links_by_user ON password_links (tenant, user_number);
CREATE INDEX password_links_by_expiry ON password_links (expires_at);

-- Welcome mails that are still to be sent. They hold no link: it is made when the mail is. Whoever sends one moves its due time first, so
-- that no other node takes it meanwhile.
CREATE TABLE welcome_mails (
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, user_number)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX welcome_mails_due ON welcome_mails (due_at);
