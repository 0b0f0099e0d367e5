-- An app password whose device is to clear itself opens nothing any more; it is kept so that the device can be told.
ALTER TABLE tokens ADD COLUMN wiped_at BIGINT;
