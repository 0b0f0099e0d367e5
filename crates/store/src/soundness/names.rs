//! Users are found by their names and addresses, and in searches; and what is found is theirs.

use crate::{Sql, statements};

// Addresses are kept as written and claimed folded; they are ASCII, which the engines fold as we do.

statements! {
    LOGIN_UNCLAIMED = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM users u WHERE NOT EXISTS (SELECT 1 FROM names n \
        WHERE n.tenant = u.tenant AND n.name_key = u.login_key AND n.user_number = u.number) LIMIT $1";
    ADDRESS_UNFOUND = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM users u WHERE u.address IS NOT NULL AND NOT EXISTS (SELECT 1 FROM names n \
        WHERE n.tenant = u.tenant AND n.name_key = lower(u.address) AND n.user_number = u.number) LIMIT $1";
    NAME_ASTRAY = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number \
        WHERE u.login_key <> n.name_key AND (u.address IS NULL OR lower(u.address) <> n.name_key) LIMIT $1";
    /// By EXCEPT, which sorts: no index leads from a user to its address, so looking each one up would read all addresses for it.
    ADDRESS_UNCLAIMED = "SELECT 'tenant ' || CAST(x.tenant AS TEXT) || ', user ' || CAST(x.number AS TEXT), COUNT(*) OVER () FROM \
        (SELECT u.tenant, u.number, lower(u.address) FROM users u WHERE u.address IS NOT NULL \
        EXCEPT SELECT a.tenant, a.user_number, a.local_part || '@' || a.domain FROM addresses a) x LIMIT $1";
    ADDRESS_ASTRAY = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM addresses a JOIN users u ON u.tenant = a.tenant AND u.number = a.user_number \
        WHERE u.address IS NULL OR lower(u.address) <> a.local_part || '@' || a.domain LIMIT $1";
    ADDRESS_QUOTA = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM addresses a JOIN users u ON u.tenant = a.tenant AND u.number = a.user_number \
        WHERE u.quota <> a.quota LIMIT $1";
    MEMBERSHIP_LOGIN = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM memberships m JOIN users u ON u.tenant = m.tenant AND u.number = m.user_number \
        WHERE u.login_key <> m.login_key LIMIT $1";
    UNSEARCHABLE = sqlite
        "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM users u WHERE NOT EXISTS \
         (SELECT 1 FROM user_search_places p CROSS JOIN user_search s ON s.rowid = p.place WHERE p.tenant = u.tenant AND p.user_number = u.number \
         AND COALESCE(p.login, p.login_key) = u.login AND p.login_key = u.login_key AND p.display_key = u.display_key AND p.email_key IS u.email_key) LIMIT $1"
        postgres
        "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM users u WHERE NOT EXISTS (SELECT 1 FROM user_search s WHERE s.tenant = u.tenant AND s.user_number = u.number) LIMIT $1";
    FOUND_FOR_NOTHING = sqlite
        "SELECT 'place ' || CAST(s.rowid AS TEXT), COUNT(*) OVER () FROM user_search s WHERE NOT EXISTS (SELECT 1 FROM user_search_places p \
         JOIN users u ON u.tenant = p.tenant AND u.number = p.user_number WHERE p.place = s.rowid) LIMIT $1"
        postgres
        "SELECT 'tenant ' || CAST(s.tenant AS TEXT) || ', user ' || CAST(s.user_number AS TEXT), COUNT(*) OVER () FROM user_search s \
         WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.tenant = s.tenant AND u.number = s.user_number) LIMIT $1";
}

/// What must not be found, and where it is looked for.
pub(super) static RULES: &[(&str, &Sql)] = &[
    ("a user that is not found by its login", &LOGIN_UNCLAIMED),
    ("a user that is not found by its address", &ADDRESS_UNFOUND),
    ("a name of a user that has another", &NAME_ASTRAY),
    (
        "a user whose address is not its own among all addresses",
        &ADDRESS_UNCLAIMED,
    ),
    ("an address of a user that has another", &ADDRESS_ASTRAY),
    (
        "an address with another quota than its user",
        &ADDRESS_QUOTA,
    ),
    (
        "a membership under another login than its user's",
        &MEMBERSHIP_LOGIN,
    ),
    ("a user that no search finds", &UNSEARCHABLE),
    (
        "an entry of the search's index for a user that is not there",
        &FOUND_FOR_NOTHING,
    ),
];
