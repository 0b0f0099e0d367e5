//! Nothing half is in the database.

use crate::wanted::Wanted;
use provost_testkit::{Engine, TestDatabase, TestServer};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What must find no row: what it would show, and the question.
const HALVES: &[(&str, &str)] = &[
    (
        "a user without its audit entry",
        "SELECT u.login FROM users u WHERE u.login LIKE 'r%-c%' AND NOT EXISTS (SELECT 1 FROM audit_entries a \
         WHERE a.tenant = u.tenant AND a.action = 'user.created' AND a.subject_number = u.number AND a.subject = u.login)",
    ),
    (
        "a user with two audit entries of its creation",
        "SELECT subject FROM audit_entries WHERE action = 'user.created' GROUP BY tenant, subject HAVING COUNT(*) > 1",
    ),
    (
        "an audit entry of a user that is not there",
        "SELECT a.subject FROM audit_entries a WHERE a.action = 'user.created' AND NOT EXISTS \
         (SELECT 1 FROM users u WHERE u.tenant = a.tenant AND u.number = a.subject_number AND u.login = a.subject)",
    ),
    (
        "an audit entry without its event",
        "SELECT a.subject FROM audit_entries a WHERE a.action = 'user.created' AND NOT EXISTS \
         (SELECT 1 FROM events e WHERE e.tenant = a.tenant AND e.id = a.id AND e.subject_number = a.subject_number)",
    ),
    (
        "an event without its audit entry",
        "SELECT e.subject FROM events e WHERE NOT EXISTS (SELECT 1 FROM audit_entries a WHERE a.tenant = e.tenant AND a.id = e.id)",
    ),
    (
        "a user that is not found by its login",
        "SELECT u.login FROM users u WHERE NOT EXISTS \
         (SELECT 1 FROM names n WHERE n.tenant = u.tenant AND n.name_key = u.login_key AND n.user_number = u.number)",
    ),
    (
        "a user that is not found by its address",
        "SELECT u.login FROM users u WHERE u.address IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM names n WHERE n.tenant = u.tenant AND n.name_key = u.address AND n.user_number = u.number)",
    ),
    (
        "a name that leads to no user, or to one that has it not",
        "SELECT n.name_key FROM names n WHERE NOT EXISTS (SELECT 1 FROM users u \
         WHERE u.tenant = n.tenant AND u.number = n.user_number AND (u.login_key = n.name_key OR u.address = n.name_key))",
    ),
    (
        "a user whose address nobody claimed for it",
        "SELECT u.login FROM users u WHERE u.address IS NOT NULL AND NOT EXISTS (SELECT 1 FROM addresses a \
         WHERE a.tenant = u.tenant AND a.user_number = u.number AND a.local_part || '@' || a.domain = u.address)",
    ),
    (
        "an address that is claimed for no user, or for one that has it not",
        "SELECT a.local_part FROM addresses a WHERE NOT EXISTS (SELECT 1 FROM users u \
         WHERE u.tenant = a.tenant AND u.number = a.user_number AND u.address = a.local_part || '@' || a.domain)",
    ),
    (
        "a membership without its user or group",
        "SELECT m.login_key FROM memberships m WHERE NOT EXISTS \
         (SELECT 1 FROM users u WHERE u.tenant = m.tenant AND u.number = m.user_number AND u.login_key = m.login_key) \
         OR NOT EXISTS (SELECT 1 FROM user_groups g WHERE g.tenant = m.tenant AND g.number = m.group_number)",
    ),
    (
        "a group administrator without its user or group",
        "SELECT a.user_number FROM group_administrators a WHERE NOT EXISTS \
         (SELECT 1 FROM users u WHERE u.tenant = a.tenant AND u.number = a.user_number) \
         OR NOT EXISTS (SELECT 1 FROM user_groups g WHERE g.tenant = a.tenant AND g.number = a.group_number)",
    ),
    (
        "a group whose size is not the number of its members",
        "SELECT g.group_id FROM user_groups g WHERE \
         (SELECT COUNT(*) FROM memberships m WHERE m.tenant = g.tenant AND m.group_number = g.number) <> \
         (SELECT COALESCE(SUM(c.members), 0) FROM group_counts c WHERE c.tenant = g.tenant AND c.group_number = g.number)",
    ),
    (
        "a number that two users have",
        "SELECT number FROM users GROUP BY tenant, number HAVING COUNT(*) > 1",
    ),
];

/// The same where the engines keep the search index differently.
const UNSEARCHABLE: (&str, &str) = (
    "SELECT u.login FROM users u WHERE NOT EXISTS (SELECT 1 FROM user_search_places p \
     JOIN user_search s ON s.rowid = p.place WHERE p.tenant = u.tenant AND p.user_number = u.number)",
    "SELECT u.login FROM users u WHERE NOT EXISTS \
     (SELECT 1 FROM user_search s WHERE s.tenant = u.tenant AND s.user_number = u.number)",
);
const FOUND_FOR_NOTHING: (&str, &str) = (
    "SELECT s.rowid FROM user_search s WHERE NOT EXISTS (SELECT 1 FROM user_search_places p \
     JOIN users u ON u.tenant = p.tenant AND u.number = p.user_number WHERE p.place = s.rowid)",
    "SELECT s.user_number FROM user_search s WHERE NOT EXISTS \
     (SELECT 1 FROM users u WHERE u.tenant = s.tenant AND u.number = s.user_number)",
);

/// Looks for halves. The server must not run.
pub(crate) fn nothing_is_half(database: &TestDatabase) {
    let engine = database.engine();
    let spelt = |(sqlite, postgres): (&'static str, &'static str)| match engine {
        Engine::Sqlite => sqlite,
        Engine::Postgres => postgres,
    };
    let index = [
        ("a user that no search finds", spelt(UNSEARCHABLE)),
        (
            "an entry of the index for no user",
            spelt(FOUND_FOR_NOTHING),
        ),
    ];
    for (half, sql) in HALVES.iter().copied().chain(index) {
        let found = database.rows(sql);
        assert!(found.is_empty(), "{half}: {found:?}");
    }
    if engine == Engine::Sqlite {
        assert_eq!(database.rows("PRAGMA integrity_check"), [["ok"]]);
    }
}

/// Every acknowledged user has all its fields, groups and claims in the database. The server must not run.
pub(crate) fn all_are_whole(database: &TestDatabase, acknowledged: &[Wanted]) {
    let users = database.rows(
        "SELECT login, display_name, email, address, address_follows_email, quota, language, enabled, \
         CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END FROM users WHERE login LIKE 'r%-c%'",
    );
    let users: HashMap<&str, &[String]> = users
        .iter()
        .map(|row| (row[0].as_str(), &row[1..]))
        .collect();
    let pairs = |table: &str| {
        let sql = format!(
            "SELECT u.login, g.group_id FROM {table} t JOIN users u ON u.tenant = t.tenant AND u.number = t.user_number \
             JOIN user_groups g ON g.tenant = t.tenant AND g.number = t.group_number WHERE u.login LIKE 'r%-c%' \
             ORDER BY t.position, g.number"
        );
        let mut pairs: HashMap<String, Vec<String>> = HashMap::new();
        for mut row in database.rows(&sql) {
            let group = row.pop().unwrap();
            pairs.entry(row.pop().unwrap()).or_default().push(group);
        }
        pairs
    };
    let (groups, administers) = (pairs("memberships"), pairs("group_administrators"));
    for wanted in acknowledged {
        let (login, email) = (wanted.login(), wanted.email());
        let whole = [
            wanted.display_name(),
            email.clone(),
            email,
            "1".to_owned(),
            (5_u64 << 30).to_string(),
            "de".to_owned(),
            "1".to_owned(),
            u8::from(wanted.with_password).to_string(),
        ];
        let there = users.get(login.as_str());
        assert_eq!(there, Some(&&whole[..]), "{login} was acknowledged");
        let of =
            |pairs: &HashMap<String, Vec<String>>| pairs.get(&login).cloned().unwrap_or_default();
        assert_eq!(of(&groups), wanted.groups(), "{login}");
        assert_eq!(of(&administers), wanted.administers(), "{login}");
    }
}

/// Every acknowledged user is in the audit and among the events, as the command line shows them.
pub(crate) fn all_are_told_of(server: &TestServer, acknowledged: &[Wanted]) {
    let output = server.cli(&["audit", "list", "--tenant", "default", "--json"]);
    let audit: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let output = server.cli(&[
        "events", "tail", "--tenant", "default", "--since", "1d", "--json",
    ]);
    let events: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (entries, what) in [(audit, "the audit"), (events, "the events")] {
        let told: HashSet<&str> = entries
            .iter()
            .filter(|entry| entry["action"] == "user.created")
            .filter_map(|entry| entry["subject"].as_str())
            .collect();
        for wanted in acknowledged {
            assert!(
                told.contains(wanted.login().as_str()),
                "{wanted:?} is not in {what}"
            );
        }
    }
}
