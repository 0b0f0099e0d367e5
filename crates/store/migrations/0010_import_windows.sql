-- Imports take the users of many lines in the order of their names, which writes far fewer pages: up to which line they are in work, and how many of them are done.
ALTER TABLE unfinished_imports ADD COLUMN window_end BIGINT NOT NULL DEFAULT 0;
ALTER TABLE unfinished_imports ADD COLUMN window_done BIGINT NOT NULL DEFAULT 0;
