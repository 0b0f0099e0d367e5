//! `provost schema`, and the setting that leaves the schema to it.

use crate::place::{provost, refusal, text};
use provost_testkit::{ADMIN_PASSWORD, Engine, TestDatabase};
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// Runs SQL on a PostgreSQL database; its first error ends it.
fn psql(database: &TestDatabase, sql: &str) {
    let mut child = Command::new("psql")
        .args([database.url(), "--quiet", "--set=ON_ERROR_STOP=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("psql runs");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(sql.as_bytes())
        .expect("it reads");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn with_migrations_off_the_printed_schema_is_needed_and_is_enough() {
    let database = TestDatabase::fresh(Engine::Postgres);
    let settings = [
        ("PROVOST_MIGRATE", "off"),
        ("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD),
    ];
    let refused = refusal(&provost(&database, &settings, &["user", "list"], ""));
    assert!(
        refused.contains("version 1 (directory)") && refused.contains("provost schema --after 0"),
        "{refused}"
    );

    let printed = provost(&database, &[], &["schema", "--engine", "postgres"], "");
    assert!(printed.status.success());
    psql(&database, &text(&printed.stdout));
    let made = provost(&database, &settings, &["tenant", "create", "acme"], "");
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(
        provost(&database, &settings, &["check"], "")
            .status
            .success()
    );
}

#[test]
fn each_engine_is_told_where_tables_live_in_its_own_words() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let printed = |engine: &str| {
        let output = provost(&database, &[], &["schema", "--engine", engine], "");
        assert!(output.status.success());
        text(&output.stdout)
    };
    let citus = printed("citus");
    for line in [
        "SELECT create_distributed_table('users', 'tenant');",
        "SELECT create_distributed_table('addresses', 'domain');",
        "SELECT create_reference_table('domains');",
    ] {
        assert!(citus.contains(line), "{line}");
    }
    let cockroach = printed("cockroach");
    assert!(!cockroach.contains("COLLATE") && !cockroach.contains("BEGIN;"));
    assert!(printed("yugabyte").starts_with("SET yb_use_hash_splitting_by_default = off;"));
    assert!(
        !database.directory().join("provost.db").exists(),
        "no database is opened"
    );
}

#[test]
fn a_version_that_is_not_there_is_refused() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let arguments = ["schema", "--engine", "citus", "--after", "4711"];
    let refused = refusal(&provost(&database, &[], &arguments, ""));
    assert!(refused.contains("no version 4711"), "{refused}");
}
