//! Imports and exports, through the binary and over HTTP.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod dry_run;
mod hashes;
mod http;
mod resume;
mod round_trip;
mod upsert;

use provost_testkit::{ADMIN_PASSWORD, Engine, TestDatabase};
use std::{
    path::PathBuf,
    process::{Command, Output},
};

/// A database with a first administrator and the tenant `acme`, which has a domain and the group `staff`.
struct Site {
    database: TestDatabase,
}

impl Site {
    /// A new database without anything of ours.
    fn empty(engine: Engine) -> Self {
        Self {
            database: TestDatabase::fresh(engine),
        }
    }

    fn new(engine: Engine) -> Self {
        let site = Self::empty(engine);
        let create = ["tenant", "create", "acme", "--domain", "acme.example"];
        site.done(&[&create[..], &["--host", "cloud.acme.example"]].concat());
        site.done(&["group", "create", "staff", "--tenant", "acme"]);
        site
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_provost"));
        command
            .current_dir(self.database.directory())
            .env("PROVOST_DATABASE", self.database.url())
            .env("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command();
        command.args(arguments).output().expect("the binary runs")
    }

    /// What a command printed that has to succeed.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What a command printed on both channels that has to fail.
    fn failed(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    }

    /// Writes a file into the database's folder.
    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.database.directory().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }

    fn is_sound(&self) {
        let told = self.done(&["check"]);
        assert!(told.ends_with("the database is sound\n"), "{told}");
    }

    /// The whole export, without what the server gave itself.
    fn exported(&self) -> String {
        let whole = self.done(&["export", "--with-hashes"]);
        whole
            .lines()
            .map(|line| line.split(",\"facts\":").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// A test of a function on each engine.
macro_rules! on_both_engines {
    ($($name:ident)+) => {
        mod on_sqlite {
            $(#[test] fn $name() { super::$name(provost_testkit::Engine::Sqlite); })+
        }
        mod on_postgres {
            $(#[test] fn $name() { super::$name(provost_testkit::Engine::Postgres); })+
        }
    };
}
use on_both_engines;
