//! A hundred thousand users from SQLite to PostgreSQL and back, each way killed once.

use crate::{command, copy, crowd, done, provost, refused};
use provost_testkit::{Engine, TestDatabase};
use std::path::Path;
use std::thread;
use std::time::Duration;

#[test]
fn a_directory_comes_back_byte_for_byte_though_each_way_was_killed() {
    let first = TestDatabase::fresh(Engine::Sqlite);
    crowd::fill(&first);
    let server = TestDatabase::fresh(Engine::Postgres);
    kill_midway(&first, &server, || users(&server) > crowd::USERS / 3);
    assert!(users(&server) < crowd::USERS, "it was killed too late");
    let there = sum(&done(&copy(&first, &server)));

    let second = TestDatabase::fresh(Engine::Sqlite);
    kill_midway(&server, &second, || megabytes(&second) > 40);
    assert!(users(&second) > 0, "it was killed too early");
    let back = sum(&done(&copy(&server, &second)));

    assert_eq!(there, back);
    assert_eq!(export(&first), export(&second));
    differences(&first, &second);
    for database in [&server, &second] {
        done(&provost(database, &["check"]));
    }
}

/// Ends a copy as a power cut would as soon as it is so far. What it leaves is no directory.
fn kill_midway(from: &TestDatabase, to: &TestDatabase, so_far: impl Fn() -> bool) {
    let mut process = command(to, &["copy", "--from", from.url(), "--to", to.url()])
        .spawn()
        .expect("the binary runs");
    while !so_far() {
        let ended = process.try_wait().expect("the state of a process of ours");
        assert_eq!(ended, None, "it ended before it was killed");
        thread::sleep(Duration::from_millis(10));
    }
    process.kill().expect("a process of ours can be killed");
    process.wait().expect("a killed process ends");
    for arguments in [&["user", "list", "--tenant", "crowd"][..], &["serve"]] {
        let why = refused(&provost(to, arguments));
        assert!(why.contains("unfinished copy of "), "{why}");
    }
}

/// How many users a database has; none while it has no tables.
fn users(database: &TestDatabase) -> usize {
    let is_made = match database.engine() {
        Engine::Sqlite => "SELECT 1 FROM sqlite_schema WHERE name = 'users'",
        Engine::Postgres => "SELECT 1 FROM pg_tables WHERE tablename = 'users'",
    };
    if database.rows(is_made).is_empty() {
        return 0;
    }
    let rows = database.rows("SELECT COUNT(*) FROM users");
    rows[0][0].parse().expect("a number")
}

/// The size of a SQLite database with its log, which is told without touching it.
fn megabytes(database: &TestDatabase) -> u64 {
    let size = |name: &str| {
        let file = database.directory().join(name);
        file.metadata().map_or(0, |file| file.len())
    };
    (size("provost.db") + size("provost.db-wal")) >> 20
}

/// The checksum that a copy ends with.
fn sum(told: &str) -> String {
    let line = told.lines().last().expect("a line");
    let (_, sum) = line.split_once("SHA-256 of all rows: ").expect("a sum");
    assert_eq!(sum.len(), 64, "{sum}");
    sum.to_owned()
}

fn export(database: &TestDatabase) -> Vec<u8> {
    let file = database.directory().join("export");
    let path = file.to_str().expect("a path in UTF-8");
    done(&provost(
        database,
        &["export", "--with-hashes", "--output", path],
    ));
    let lines = std::fs::read(&file).expect("the export");
    let users = lines.split(|byte| *byte == b'\n').count();
    assert!(users > crowd::USERS, "{users} lines");
    lines
}

/// Compares two files table by table past the program.
fn differences(one: &TestDatabase, other: &TestDatabase) {
    let tables = one.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'user_search%' AND name <> 'schema_migrations'",
    );
    assert!(tables.len() > 40, "{tables:?}");
    let file = other.directory().join("provost.db");
    let attach = format!("ATTACH '{}' AS other", Path::display(&file));
    for table in tables.iter().map(|row| &row[0]) {
        let differ = |ours, theirs| {
            format!(
                "SELECT COUNT(*) FROM (SELECT * FROM {ours}.{table} EXCEPT SELECT * FROM {theirs}.{table})"
            )
        };
        let found = one.rows(&format!(
            "{attach}; {}; {}",
            differ("main", "other"),
            differ("other", "main")
        ));
        assert_eq!(found, [["0"], ["0"]], "{table}");
    }
}
