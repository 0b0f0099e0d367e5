-- Substring search: each document is the list of a user's trigrams, each with its tenant in front, so that a search touches its own tenant's postings alone.
-- The document's number is tenant * 2^32 + user number. The table keeps no text (content=''), only the index.
CREATE VIRTUAL TABLE user_search USING fts5 (
    grams,
    content = '',
    contentless_delete = 1,
    tokenize = 'ascii'
);
