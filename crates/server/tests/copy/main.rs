//! Moving from one database to another, with the real binary.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod crowd;
mod refusals;
mod there_and_back;
mod unfinished;

use provost_testkit::{ADMIN_PASSWORD, Engine, TestDatabase};
use std::process::{Command, Output};

/// A database with a first administrator and a further tenant.
fn set_up() -> TestDatabase {
    let database = TestDatabase::fresh(Engine::Sqlite);
    done(&provost(&database, &["tenant", "create", "acme"]));
    database
}

/// The binary, to be run on a database.
fn command(database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_provost"));
    command
        .current_dir(database.directory())
        .env("PROVOST_DATABASE", database.url())
        .env("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)
        .args(arguments);
    command
}

/// Runs the binary on a database.
fn provost(database: &TestDatabase, arguments: &[&str]) -> Output {
    command(database, arguments)
        .output()
        .expect("the binary runs")
}

/// Copies one database to another.
fn copy(from: &TestDatabase, to: &TestDatabase) -> Output {
    provost(to, &["copy", "--from", from.url(), "--to", to.url()])
}

/// What a command printed that has to succeed.
fn done(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{errors}");
    told.into_owned()
}

/// The one line of a command that has to be refused.
fn refused(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    errors.into_owned()
}
