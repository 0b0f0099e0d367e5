//! `provost check`.

use crate::place::{Place, everywhere, provost, refusal};
use provost_testkit::{Engine, TestDatabase};
use std::process::Command;

everywhere! {
    fn a_sound_database_passes(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        place.done(&["user", "create", "Grace", "--tenant", "acme", "--email", "Grace.Hopper@Navy.Example"]);
        let found = place.done(&["user", "show", "grace.hopper@navy.example", "--tenant", "acme"]);
        assert!(found.contains("Grace.Hopper@Navy.Example"), "{found}");
        assert!(place.done(&["check"]).contains("sound"));
    }
}

#[test]
fn a_file_that_is_no_database_does_not_pass() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let path = database.directory().join("provost.db");
    let text = "no database at all, whatever its name says\n".repeat(100);
    std::fs::write(&path, &text).expect("a file");
    refusal(&provost(&database, &[], &["check"], ""));
    assert_eq!(
        std::fs::read_to_string(&path).expect("the file"),
        text,
        "it is left as it was"
    );
}

#[test]
fn a_lost_table_does_not_pass() {
    let place = Place::alone(Engine::Postgres);
    place.done(&["tenant", "create", "acme"]);
    place.done(&["check"]);
    let dropped = Command::new("psql")
        .args([
            place.database().url(),
            "--quiet",
            "--command",
            "DROP TABLE preferences",
        ])
        .status()
        .expect("psql runs");
    assert!(dropped.success());
    let refused = place.refused(&["check"]);
    assert!(refused.contains("preferences"), "{refused}");
}

#[test]
fn a_server_that_is_not_there_does_not_pass() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let nowhere = [(
        "PROVOST_DATABASE",
        "postgres://nobody:Sesame-77@127.0.0.1:1/none",
    )];
    let refused = refusal(&provost(&database, &nowhere, &["check"], ""));
    assert!(!refused.contains("Sesame"), "{refused}");
}

/// What is done to a database that holds the user `ada` with a number of its own, in the group `staff`, and what `check` then says.
const DAMAGES: &[(&str, &str)] = &[
    (
        "DELETE FROM names WHERE name_key = 'ada'",
        "not found by its login",
    ),
    (
        "DELETE FROM names WHERE name_key = 'ada@acme.example'",
        "not found by its address",
    ),
    (
        "UPDATE names SET name_key = 'eve' WHERE name_key = 'ada'",
        "a name of a user that has another",
    ),
    (
        "DELETE FROM addresses WHERE local_part = 'ada'",
        "not its own among all addresses",
    ),
    (
        "UPDATE addresses SET quota = 5 WHERE local_part = 'ada'",
        "another quota than its user",
    ),
    (
        "DELETE FROM users WHERE login = 'ada'",
        "a row of memberships for a user that is not there",
    ),
    (
        "DELETE FROM users WHERE login = 'ada'",
        "a row of tokens for a user that is not there",
    ),
    (
        "DELETE FROM user_groups WHERE group_id = 'staff'",
        "a row of memberships for a group that is not there",
    ),
    (
        "UPDATE group_counts SET members = members + 1",
        "a size of a group",
    ),
    ("DELETE FROM mailbox_counts", "mailboxes that is not theirs"),
    (
        "INSERT INTO webmail_counts (domain, kind, accounts) VALUES ('acme.example', 'free', 1)",
        "webmail accounts that is not theirs",
    ),
    (
        "UPDATE counters SET next = 3 WHERE kind = 'users'",
        "a user with a number that is still to be given",
    ),
    (
        "DELETE FROM counters WHERE kind = 'groups'",
        "a group with a number that is still to be given",
    ),
    (
        "DELETE FROM tenant_slugs WHERE slug_key = 'acme'",
        "not found by its slug",
    ),
    (
        "UPDATE tenant_contexts SET context_id = context_id + 1000",
        "a context id of no tenant",
    ),
    ("UPDATE domains SET tenant = 999", "a domain of no tenant"),
    ("DELETE FROM account_names", "an operator without its name"),
    ("DELETE FROM user_search", "a user that no search finds"),
    (
        "INSERT INTO preferences (tenant, user_number, app, name, content) VALUES (1, 999, 'a', 'b', 'c')",
        "a row of preferences",
    ),
    (
        "INSERT INTO apps (tenant, app, enabled) VALUES (999, 'a', 1)",
        "a row of apps for a tenant that never was",
    ),
    (
        "UPDATE audit_entries SET subject = 'eve' WHERE subject = 'ada'",
        "an event that differs from its audit entry",
    ),
    ("DELETE FROM events", "an audit entry without its event"),
    (
        "DELETE FROM audit_entries WHERE subject = 'ada'",
        "an event without its audit entry",
    ),
    (
        "DELETE FROM audit_entries WHERE subject = 'ada'",
        "a row of audit_unsealed for an audit entry that is not there",
    ),
    (
        "DELETE FROM audit_unsealed",
        "an audit entry that is neither sealed nor waits for it",
    ),
    (
        "INSERT INTO msisdns (digits, tenant, user_number) VALUES ('49', 1, 2)",
        "an msisdn of a user that has another",
    ),
];

fn every_damage_is_found(engine: Engine) {
    let mut missed = Vec::new();
    for (sql, defect) in DAMAGES {
        let place = Place::alone(engine);
        place.done(&["tenant", "create", "acme", "--domain", "acme.example"]);
        place.done(&["group", "create", "staff", "--tenant", "acme"]);
        place.done(&[
            "user",
            "create",
            "ada",
            "--tenant",
            "acme",
            "--email",
            "ada@acme.example",
            "--group",
            "staff",
        ]);
        // whose domain is nobody's
        let email = "bob@elsewhere.example";
        place.done(&[
            "user", "create", "bob", "--tenant", "acme", "--email", email,
        ]);
        place.done(&[
            "user",
            "app-password",
            "ada",
            "--name",
            "phone",
            "--tenant",
            "acme",
        ]);
        place.done(&["check"]);
        place.database().rows(sql);
        let output = place.run(&["check"], "");
        let told = crate::place::text(&output.stdout);
        if !told.contains(defect) || !refusal(&output).contains("not sound") {
            missed.push(format!("{sql}: {told}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn every_damage_is_found_on_sqlite() {
    every_damage_is_found(Engine::Sqlite);
}

#[test]
fn every_damage_is_found_on_postgres() {
    every_damage_is_found(Engine::Postgres);
}

#[test]
fn many_findings_are_counted_and_what_waits_for_the_sweep_is_none() {
    let place = Place::alone(Engine::Sqlite);
    place.done(&["tenant", "create", "acme"]);
    place.database().rows(
        "WITH RECURSIVE n (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM n WHERE n < 149) \
         INSERT INTO preferences (tenant, user_number, app, name, content) SELECT 1, n, 'a', 'b', 'c' FROM n",
    );
    let output = place.run(&["check"], "");
    let told = crate::place::text(&output.stdout);
    assert!(
        told.contains("40 more") && told.lines().count() == 12,
        "{told}"
    );
    // nobody serves
    assert!(
        told.contains("audit entries wait for a server to seal them"),
        "{told}"
    );
    assert!(refusal(&output).contains("50 defects"));

    let last = "SELECT next FROM counters WHERE kind = 'tenants'";
    let deleted = &place.database().rows(last)[0][0];
    place.database().rows(&format!(
        "UPDATE preferences SET tenant = {deleted}; UPDATE counters SET next = next + 1 WHERE kind = 'tenants'"
    ));
    assert!(
        place
            .done(&["check"])
            .contains("50 rows of deleted tenants wait")
    );
}

#[test]
fn a_database_of_an_older_schema_is_left_as_it_is() {
    let place = Place::alone(Engine::Sqlite);
    place.done(&["tenant", "create", "acme"]);
    let newest = "SELECT MAX(version) FROM schema_migrations";
    let version: i64 = place.database().rows(newest)[0][0]
        .parse()
        .expect("a number");
    place.database().rows(&format!(
        "DELETE FROM schema_migrations WHERE version = {version}"
    ));
    assert!(
        place
            .refused(&["check"])
            .contains(&format!("version {version}"))
    );
    assert_eq!(
        place.database().rows(newest)[0][0],
        (version - 1).to_string()
    );
}
