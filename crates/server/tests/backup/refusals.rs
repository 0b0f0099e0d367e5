//! What is not overwritten, and what is not taken.

use crate::{done, file, names, provost, refused, set_up, text};
use provost_testkit::{Engine, TestDatabase, TestServer};

#[test]
fn a_backup_overwrites_nothing() {
    let database = set_up();
    let there = database.directory().join("there");
    std::fs::write(&there, "mine").expect("a file");
    let why = refused(&provost(&database, &["backup", "there"]));
    assert!(why.contains("exists already"), "{why}");
    assert_eq!(std::fs::read_to_string(&there).expect("the file"), "mine");
    refused(&provost(&database, &["backup", "provost.db"]));
    refused(&provost(&database, &["backup", "no/such/folder/file"]));
}

#[test]
fn a_database_that_is_not_there_has_no_backup() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    refused(&provost(&database, &["backup", "file"]));
    assert_eq!(names(&database), Vec::<String>::new());
}

#[test]
fn a_restore_overwrites_no_database_and_no_log_of_one() {
    let database = set_up();
    done(&provost(&database, &["backup", "backup"]));
    let why = refused(&provost(&database, &["restore", "backup"]));
    assert!(why.contains("exists already"), "{why}");
    done(&provost(&database, &["check"]));

    let other = TestDatabase::fresh(Engine::Sqlite);
    std::fs::write(other.directory().join("provost.db-wal"), "log").expect("a file");
    let backup = database.directory().join("backup");
    refused(&provost(&other, &["restore", text(&backup)]));
    assert_eq!(names(&other), ["provost.db-wal"]);
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let made = set_up();
    done(&provost(&made, &["backup", "newer"]));
    let sql = |path: &std::path::Path, sql: &str| {
        let status = std::process::Command::new("sqlite3")
            .arg(path)
            .arg(sql)
            .status();
        assert!(status.expect("sqlite3 runs").success());
    };
    let newer = made.directory().join("newer");
    sql(
        &newer,
        "INSERT INTO schema_migrations VALUES (999, 'later', 'x', 0)",
    );
    let foreign = made.directory().join("foreign");
    sql(&foreign, "CREATE TABLE notes (note TEXT)");
    let garbage = made.directory().join("garbage");
    std::fs::write(&garbage, "no database at all\n".repeat(500)).expect("a file");
    let absent = made.directory().join("absent");

    let target = TestDatabase::fresh(Engine::Sqlite);
    for (file, because) in [
        (&newer, "schema version 999"),
        (&foreign, "no Provost backup"),
        (&garbage, "no Provost backup"),
        (&absent, "no such file"),
    ] {
        let why = refused(&provost(&target, &["restore", text(file)]));
        assert!(why.contains(because), "{why}");
        assert_eq!(names(&target), Vec::<String>::new(), "nothing was touched");
    }
}

#[test]
fn nothing_is_restored_under_a_server() {
    let made = set_up();
    done(&provost(&made, &["backup", "backup"]));
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    for suffix in ["", "-wal", "-shm"] {
        let name = format!("{}{suffix}", text(&file(server.database())));
        std::fs::remove_file(name).expect("the server had it");
    }
    let backup = made.directory().join("backup");
    let why = refused(&server.cli(&["restore", text(&backup)]));
    assert!(why.contains("another server runs"), "{why}");
    assert!(!file(server.database()).exists());
}

#[test]
fn postgres_has_tools_of_its_own() {
    let server = TestDatabase::fresh(Engine::Sqlite);
    for verb in ["backup", "restore"] {
        let url = "postgres://somebody:Sesame-77@127.0.0.1:1/none";
        let why = refused(&provost(&server, &[verb, "file", "--database", url]));
        assert!(why.contains("pg_dump") && !why.contains("Sesame"), "{why}");
    }
}
