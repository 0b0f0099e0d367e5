//! Where commands are run: on a database, beside a running server or without one.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use provost_testkit::{ADMIN_PASSWORD, Engine, TestDatabase, TestServer};
use serde_json::Value;

/// A password that the policy takes.
pub(crate) const PASSWORD: &str = "Correct-Horse-77";

/// A set-up database to run commands on.
pub(crate) enum Place {
    /// No server runs on it.
    Alone(TestDatabase),
    /// A server runs on it.
    Served(Box<TestServer>),
}

impl Place {
    /// A new database without a server.
    pub(crate) fn alone(engine: Engine) -> Self {
        Self::Alone(TestDatabase::fresh(engine))
    }

    /// A new database with a server.
    pub(crate) fn served(engine: Engine) -> Self {
        Self::Served(Box::new(TestServer::start(
            env!("CARGO_BIN_EXE_provost"),
            engine,
        )))
    }

    /// The database.
    pub(crate) fn database(&self) -> &TestDatabase {
        match self {
            Self::Alone(database) => database,
            Self::Served(server) => server.database(),
        }
    }

    /// Runs a command with this text on standard input.
    pub(crate) fn run(&self, arguments: &[&str], input: &str) -> Output {
        match self {
            Self::Alone(database) => {
                let password = [("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)];
                provost(database, &password, arguments, input)
            }
            Self::Served(server) => server.cli_with_input(arguments, input),
        }
    }

    /// Runs a command that has to succeed, without a word on standard error; what it printed.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        self.done_with(arguments, "")
    }

    /// As [`Place::done`], with this text on standard input.
    pub(crate) fn done_with(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input);
        let errors = text(&output.stderr);
        assert_eq!(
            (output.status.code(), errors.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        text(&output.stdout)
    }

    /// Runs a command that has to succeed and print JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let printed = self.done(&[arguments, &["--json"]].concat());
        serde_json::from_str(&printed)
            .unwrap_or_else(|error| panic!("{arguments:?} printed no JSON ({error}): {printed}"))
    }

    /// Runs a command that has to be refused: exit code 1, one line on standard error. The line after `provost: `.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        self.refused_with(arguments, "")
    }

    /// As [`Place::refused`], with this text on standard input.
    pub(crate) fn refused_with(&self, arguments: &[&str], input: &str) -> String {
        refusal(&self.run(arguments, input))
    }
}

/// Runs the binary on a database with these variables and no others of its own.
pub(crate) fn provost(
    database: &TestDatabase,
    variables: &[(&str, &str)],
    arguments: &[&str],
    input: &str,
) -> Output {
    let mut process = command(database, variables)
        .args(arguments)
        .spawn()
        .expect("the binary runs");
    if let Some(mut pipe) = process.stdin.take() {
        // a command that does not read its input may have closed it
        let _ = pipe.write_all(input.as_bytes());
    }
    process.wait_with_output().expect("the command ends")
}

/// The binary on a database, with all channels piped.
pub(crate) fn command(database: &TestDatabase, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_provost"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PROVOST_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(database.directory())
        .env("PROVOST_DATABASE", database.url())
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The line of a refused command after `provost: `.
pub(crate) fn refusal(output: &Output) -> String {
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    errors
        .trim_end()
        .strip_prefix("provost: ")
        .unwrap_or_else(|| panic!("who says this: {errors}"))
        .to_owned()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Makes of each function four tests: on both engines, beside a running server and without one.
macro_rules! everywhere {
    ($(
        $(#[$attribute:meta])*
        fn $name:ident($place:ident: &Place) $body:block
    )+) => { $(
        $(#[$attribute])*
        fn $name($place: &$crate::place::Place) $body

        mod $name {
            use $crate::place::Place;
            use provost_testkit::Engine;

            #[test]
            fn sqlite_alone() {
                super::$name(&Place::alone(Engine::Sqlite));
            }

            #[test]
            fn sqlite_beside_a_server() {
                super::$name(&Place::served(Engine::Sqlite));
            }

            #[test]
            fn postgres_alone() {
                super::$name(&Place::alone(Engine::Postgres));
            }

            #[test]
            fn postgres_beside_a_server() {
                super::$name(&Place::served(Engine::Postgres));
            }
        }
    )+ };
}
pub(crate) use everywhere;
