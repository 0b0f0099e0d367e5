-- Substring search, made anew so that its documents stand in the order of the lists: a search meets the first page first, and stops.
-- A document's number is the place that user_search_places gives its user; no positions are kept (detail = none), since grams say all there is.
-- The rows are written by the program, which alone knows the grams and the places.
DROP TABLE user_search;
CREATE VIRTUAL TABLE user_search USING fts5 (
    grams,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'ascii'
);
CREATE TABLE user_search_places (
    place INTEGER PRIMARY KEY,
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL
);
CREATE UNIQUE INDEX user_search_places_by_user ON user_search_places (tenant, user_number);
-- All that a list shows and searches, so that a walk through it reads this index alone.
DROP INDEX users_by_display_name;
CREATE INDEX users_by_display_name ON users (tenant, display_key, login_key, email_key, login);
