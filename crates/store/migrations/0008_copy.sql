-- One row while this database is being filled by `provost copy`: it is no directory until everything is there, so nothing else opens it.
CREATE TABLE unfinished_copies (
    id BIGINT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    begun_at BIGINT NOT NULL
);
