//! Backups: taken beside a server at work, and restored.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod refusals;
mod round_trip;
mod under_load;

use provost_testkit::{ADMIN_PASSWORD, Engine, TestDatabase};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A database with a first administrator, and no server.
fn set_up() -> TestDatabase {
    let database = TestDatabase::fresh(Engine::Sqlite);
    done(&provost(&database, &["tenant", "create", "acme"]));
    database
}

/// Runs the binary on a database.
fn provost(database: &TestDatabase, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_provost"))
        .current_dir(database.directory())
        .env("PROVOST_DATABASE", database.url())
        .env("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)
        .args(arguments)
        .output()
        .expect("the binary runs")
}

/// What a command printed that has to succeed.
fn done(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The one line of a command that has to be refused.
fn refused(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    errors.into_owned()
}

/// The path of a SQLite database.
fn file(database: &TestDatabase) -> PathBuf {
    database.directory().join("provost.db")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// The names of the files in a database's folder.
fn names(database: &TestDatabase) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(database.directory())
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
