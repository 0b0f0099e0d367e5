-- The index of substrings, filled anew with grams of four digits: three digits of a number are in thousands of others. And the places hold
-- what a search compares and a list shows, so that a user whose grams only stand apart costs no look at its row, which is large and lies
-- anywhere. The rows are written by the program, which alone knows the grams and the places.
INSERT INTO user_search (user_search) VALUES ('delete-all');
DROP TABLE user_search_places;
CREATE TABLE user_search_places (
    place INTEGER PRIMARY KEY,
    tenant BIGINT NOT NULL,
    user_number BIGINT NOT NULL,
    -- as it is written, where that is not as it is folded
    login TEXT,
    login_key TEXT NOT NULL,
    display_key TEXT NOT NULL,
    email_key TEXT
);
CREATE UNIQUE INDEX user_search_places_by_user ON user_search_places (tenant, user_number);
-- A sixty-fourth of the users, in the order of a number that is as good as drawn, so that the first of a tenant tell a search which grams are rare.
CREATE INDEX user_search_sample ON user_search_places (tenant, user_number * 1779033703 % 4294967296, login_key, display_key, email_key)
    WHERE user_number * 1779033703 % 4294967296 < 67108864;
