-- How far imports have come that are not finished, by a digest of what they read and how. Written with each batch of lines, so that one that
-- was ended in the middle goes on behind the last line that was taken.
CREATE TABLE unfinished_imports (
    source BYTEA NOT NULL PRIMARY KEY,
    line BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused BIGINT NOT NULL
);
