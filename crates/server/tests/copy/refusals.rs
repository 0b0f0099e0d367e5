//! What is not copied.

use crate::{copy, done, provost, refused, set_up};
use provost_testkit::{Engine, TestDatabase, TestServer};

#[test]
fn a_target_with_a_directory_is_left_as_it_is() {
    let (source, target) = (set_up(), set_up());
    done(&provost(&target, &["tenant", "create", "mine"]));
    let why = refused(&copy(&source, &target));
    assert!(why.contains("not empty"), "{why}");
    let slugs = target.rows("SELECT slug FROM tenants ORDER BY id");
    assert_eq!(slugs, [["default"], ["acme"], ["mine"]]);
    done(&provost(&target, &["check"]));
}

#[test]
fn a_served_file_is_not_copied() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let target = TestDatabase::fresh(Engine::Sqlite);
    let why = refused(&copy(server.database(), &target));
    assert!(why.contains("stop it first"), "{why}");
    assert!(!target.directory().join("provost.db").exists());
}

#[test]
fn a_served_postgres_is_copied_but_not_finished_until_its_server_ends() {
    let mut server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Postgres);
    let target = TestDatabase::fresh(Engine::Sqlite);
    let why = refused(&copy(server.database(), &target));
    assert!(
        why.contains("not finished") && why.contains("stop its servers"),
        "{why}"
    );
    done(&server.cli(&["tenant", "create", "late"]));
    server.sigterm_and_wait();
    done(&copy(server.database(), &target));
    let slugs = target.rows("SELECT slug FROM tenants ORDER BY id");
    assert_eq!(slugs, [["default"], ["late"]]);
    done(&provost(&target, &["check"]));
}

#[test]
fn both_sides_are_databases_and_not_the_same() {
    let source = set_up();
    let target = TestDatabase::fresh(Engine::Sqlite);
    let why = refused(&copy(&source, &source));
    assert!(why.contains("same database"), "{why}");
    let absent = target.directory().join("absent.db");
    let absent = format!("sqlite:{}", absent.display());
    for (from, because) in [
        (
            "mysql://me:Sesame-77@host/db",
            "the source: a database URL is",
        ),
        (&absent, "the source: there is no database at"),
        ("postgres://me:Sesame-77@127.0.0.1:1/db", "lost"),
        (
            "postgres://me:Sesame-77@127.0.0.1:x/db",
            "the source: the database URL is wrong",
        ),
    ] {
        let why = refused(&provost(
            &target,
            &["copy", "--from", from, "--to", target.url()],
        ));
        assert!(why.contains(because) && !why.contains("Sesame"), "{why}");
    }
    let output = provost(&target, &["copy", "--from", source.url()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!target.directory().join("provost.db").exists());
}
