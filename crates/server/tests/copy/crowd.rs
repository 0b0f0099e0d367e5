//! A tenant with many users, written past the program since making them one by one is not what is tried here.

use crate::{done, provost};
use provost_testkit::TestDatabase;

/// How many users there are.
pub(crate) const USERS: usize = 100_000;

/// The users of a tenant with the domain `crowd.example` and the group `staff`: each with an address, a preference, a webmail account, an
/// app password and an audit entry; two of three are in the group; one of a hundred is disabled. The counts are kept as the program does.
const CROWD: &str = "
    CREATE TABLE crowd AS WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 100 + {USERS} - 1)
        SELECT i, printf('user%06d', i) AS login, CASE WHEN i % 100 = 0 THEN 0 ELSE 1 END AS enabled,
            (SELECT tenant FROM tenant_slugs WHERE slug_key = 'crowd') AS tenant FROM n;
    INSERT INTO users (tenant, number, id, login, login_key, display_name, display_key, email, email_key, address, address_follows_email,
        password_hash, quota, language, enabled, operator, profile, created_at, changed_at)
        SELECT tenant, i, CAST(printf('%016d', i) AS BLOB), login, login, 'Prénom Nom ' || i, 'prénom nom ' || i,
            login || '@crowd.example', login || '@crowd.example', login || '@crowd.example', 1,
            '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU', -2, 'fr', enabled, 0,
            CASE WHEN i % 7 = 0 THEN '{\"website\":[\"https://example.org/\\\\t\",null]}' END, 1700000000000000 + i, 1700000000000000 + i FROM crowd;
    INSERT INTO names (tenant, name_key, user_number) SELECT tenant, login, i FROM crowd;
    INSERT INTO names (tenant, name_key, user_number) SELECT tenant, login || '@crowd.example', i FROM crowd;
    INSERT INTO addresses (domain, local_part, tenant, user_number, follows_email, quota) SELECT 'crowd.example', login, tenant, i, 1, -2 FROM crowd;
    INSERT INTO mailbox_counts (domain, shard, mailboxes, defaults, quota_mb) SELECT 'crowd.example', i % 16, COUNT(*), COUNT(*), 0 FROM crowd GROUP BY i % 16;
    UPDATE counters SET next = 1000000 WHERE kind = 'users' AND tenant = (SELECT tenant FROM crowd LIMIT 1);
    INSERT INTO counters (tenant, kind, next) SELECT tenant, 'users', 1000000 FROM crowd LIMIT 1 ON CONFLICT DO NOTHING;
    INSERT INTO memberships (tenant, group_number, login_key, user_number, position)
        SELECT c.tenant, g.number, c.login, c.i, 1 FROM crowd c JOIN user_groups g ON g.tenant = c.tenant AND g.group_id = 'staff' WHERE c.i % 3 > 0;
    DELETE FROM group_counts WHERE tenant = (SELECT tenant FROM crowd LIMIT 1)
        AND group_number = (SELECT number FROM user_groups WHERE group_id = 'staff');
    INSERT INTO group_counts (tenant, group_number, shard, members, disabled)
        SELECT c.tenant, g.number, c.i % 16, COUNT(*), SUM(1 - c.enabled) FROM crowd c
        JOIN user_groups g ON g.tenant = c.tenant AND g.group_id = 'staff' WHERE c.i % 3 > 0 GROUP BY c.tenant, g.number, c.i % 16;
    INSERT INTO preferences (tenant, user_number, app, name, content) SELECT tenant, i, 'core', 'lang', 'fr' FROM crowd;
    INSERT INTO webmail_accounts (tenant, user_number, domain, kind, allow_upgrade, reset_password, created_at)
        SELECT tenant, i, 'crowd.example', 'basic', 1, 0, 1700000000000000 FROM crowd;
    INSERT INTO webmail_counts (domain, kind, accounts) SELECT 'crowd.example', 'basic', COUNT(*) FROM crowd;
    INSERT INTO tokens (secret_hash, id, tenant, user_number, name, scope, former, created_at)
        SELECT CAST(printf('%032d', i * 7919 % 1000003) AS BLOB), CAST(printf('%016d', i) AS BLOB), tenant, i, 'phone', 'provision', 0, 1700000000000000 FROM crowd;
    INSERT INTO audit_entries (tenant, id, at, actor, action, subject, subject_number, details, request, noted)
        SELECT tenant, CAST(printf('%016d', i) AS BLOB), 1700000000000000, 'command line', 'user.created', login, i, '{}', 'cli', 1 FROM crowd;
    INSERT INTO events (tenant, id, at, action, subject, subject_number, details)
        SELECT tenant, CAST(printf('%016d', i) AS BLOB), 1700000000000000, 'user.created', login, i, '{}' FROM crowd;
    INSERT INTO audit_unsealed (tenant, id) SELECT tenant, CAST(printf('%016d', i) AS BLOB) FROM crowd;
    DROP TABLE crowd";

/// Makes the tenant and its users in a new SQLite database.
pub(crate) fn fill(database: &TestDatabase) {
    let tenant = ["tenant", "create", "crowd", "--domain", "crowd.example"];
    done(&provost(database, &tenant));
    done(&provost(
        database,
        &["group", "create", "staff", "--tenant", "crowd"],
    ));
    database.rows(&CROWD.replace("{USERS}", &USERS.to_string()));
}
