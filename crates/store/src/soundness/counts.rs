//! What is counted along with each change is what counting gives, and counters are above what they gave. SQLite looks at its own pages too.

use crate::{Sql, statements};

statements! {
    GROUP_SIZES = "SELECT 'tenant ' || CAST(y.tenant AS TEXT) || ', group ' || CAST(y.group_number AS TEXT), COUNT(*) OVER () FROM (SELECT x.tenant, x.group_number, \
        SUM(x.members) AS members, SUM(x.disabled) AS disabled FROM (SELECT c.tenant, c.group_number, c.shard, c.members, c.disabled FROM group_counts c \
        UNION ALL SELECT m.tenant, m.group_number, m.user_number % 16, -1, CASE WHEN u.enabled = 0 THEN -1 ELSE 0 END FROM memberships m \
        JOIN users u ON u.tenant = m.tenant AND u.number = m.user_number) x GROUP BY x.tenant, x.group_number, x.shard) y \
        WHERE (y.members <> 0 OR y.disabled <> 0) AND EXISTS (SELECT 1 FROM tenants t WHERE t.id = y.tenant) LIMIT $1";
    MAILBOXES = "SELECT y.domain, COUNT(*) OVER () FROM (SELECT x.domain, SUM(x.mailboxes) AS mailboxes, SUM(x.defaults) AS defaults, SUM(x.quota_mb) AS quota_mb FROM \
        (SELECT c.domain, c.shard, c.mailboxes, c.defaults, c.quota_mb FROM mailbox_counts c UNION ALL \
        SELECT a.domain, a.user_number % 16, -1, CASE WHEN a.quota = -2 THEN -1 ELSE 0 END, \
        CASE WHEN a.quota > 0 THEN -(a.quota / 1048576) - CASE WHEN a.quota % 1048576 > 0 THEN 1 ELSE 0 END ELSE 0 END FROM addresses a) x \
        GROUP BY x.domain, x.shard) y WHERE y.mailboxes <> 0 OR y.defaults <> 0 OR y.quota_mb <> 0 LIMIT $1";
    WEBMAIL = "SELECT y.domain || ', ' || y.kind, COUNT(*) OVER () FROM (SELECT x.domain, x.kind, SUM(x.accounts) AS accounts FROM \
        (SELECT c.domain, c.kind, c.accounts FROM webmail_counts c UNION ALL SELECT w.domain, w.kind, -1 FROM webmail_accounts w) x \
        GROUP BY x.domain, x.kind) y WHERE y.accounts <> 0 LIMIT $1";
    USER_NUMBERS = "SELECT 'tenant ' || CAST(u.tenant AS TEXT) || ', user ' || CAST(u.number AS TEXT), COUNT(*) OVER () FROM users u \
        WHERE u.number >= COALESCE((SELECT c.next FROM counters c WHERE c.tenant = u.tenant AND c.kind = 'users'), 3) \
        AND EXISTS (SELECT 1 FROM tenants t WHERE t.id = u.tenant) LIMIT $1";
    GROUP_NUMBERS = "SELECT 'tenant ' || CAST(g.tenant AS TEXT) || ', group ' || CAST(g.number AS TEXT), COUNT(*) OVER () FROM user_groups g \
        WHERE g.number >= COALESCE((SELECT c.next FROM counters c WHERE c.tenant = g.tenant AND c.kind = 'groups'), 1) \
        AND EXISTS (SELECT 1 FROM tenants t WHERE t.id = g.tenant) LIMIT $1";
    TENANT_IDS = "SELECT 'tenant ' || CAST(t.id AS TEXT), COUNT(*) OVER () FROM tenants t WHERE t.id >= (SELECT COALESCE(MAX(c.next), 1) FROM counters c WHERE c.kind = 'tenants') LIMIT $1";
    RESELLER_IDS = "SELECT 'reseller ' || CAST(p.id AS TEXT), COUNT(*) OVER () FROM resellers p \
        WHERE p.id >= (SELECT COALESCE(MAX(c.next), 1) FROM counters c WHERE c.kind = 'resellers') LIMIT $1";
    ORDER_NUMBERS = "SELECT 'partner ' || CAST(o.partner AS TEXT) || ', order ' || CAST(o.number AS TEXT), COUNT(*) OVER () FROM orders o \
        WHERE o.number >= COALESCE((SELECT c.next FROM counters c WHERE c.tenant = o.partner AND c.kind = 'orders'), 1) \
        AND EXISTS (SELECT 1 FROM tenants t WHERE t.id = o.partner) LIMIT $1";
    PAGES = sqlite
        "SELECT quick_check, COUNT(*) OVER () FROM pragma_quick_check WHERE quick_check <> 'ok' LIMIT $1"
        postgres
        "SELECT 'none', CAST(0 AS BIGINT) WHERE 1 = 0 LIMIT $1";
}

/// What must not be found, and where it is looked for.
pub(super) static RULES: &[(&str, &Sql)] = &[
    (
        "a size of a group that is not the number of its members",
        &GROUP_SIZES,
    ),
    (
        "a count of a domain's mailboxes that is not theirs",
        &MAILBOXES,
    ),
    (
        "a count of a domain's webmail accounts that is not theirs",
        &WEBMAIL,
    ),
    (
        "a user with a number that is still to be given",
        &USER_NUMBERS,
    ),
    (
        "a group with a number that is still to be given",
        &GROUP_NUMBERS,
    ),
    ("a tenant with an id that is still to be given", &TENANT_IDS),
    (
        "a reseller with an id that is still to be given",
        &RESELLER_IDS,
    ),
    (
        "an order with a number that is still to be given",
        &ORDER_NUMBERS,
    ),
    ("damage of the file", &PAGES),
];
