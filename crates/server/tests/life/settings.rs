//! Settings: flags, then the environment, then the file.

use std::fs;
use std::process::Output;

use crate::process::{Server, provost};
use provost_testkit::{ADMIN_PASSWORD, Engine, TestDatabase};

fn error(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr)
        .trim_end()
        .to_owned()
}

fn set_up() -> TestDatabase {
    let database = TestDatabase::fresh(Engine::Sqlite);
    drop(Server::start(
        &database,
        &[("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)],
    ));
    database
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let database = set_up();
    let settings = database.directory().join("provost.toml");
    let tries = |variable: &str, flags: &[&str]| {
        let mut command = provost(&database, &[]);
        match variable {
            "" => command.env_remove("PROVOST_DATABASE"),
            value => command.env("PROVOST_DATABASE", value),
        };
        let listed = command
            .args(["tenant", "list"])
            .args(flags)
            .output()
            .expect("it ends");
        listed.status.success()
    };
    let (good, bad) = ("sqlite:provost.db", "sqlite:elsewhere.db");
    fs::write(&settings, format!("database = '{good}'")).expect("a file");
    assert!(tries("", &[]));
    assert!(!tries(bad, &[]));
    assert!(tries(bad, &["--database", good]));
    fs::write(&settings, format!("database = '{bad}'")).expect("a file");
    assert!(!tries("", &[]));
    assert!(tries(good, &[]));
    assert!(!tries(good, &["--database", bad]));
}

#[test]
fn a_named_file_is_read_instead_of_the_usual_one() {
    let database = set_up();
    fs::write(database.directory().join("provost.toml"), "nonsense").expect("a file");
    fs::write(database.directory().join("other.toml"), "log = 'info'").expect("a file");
    let list = |variables: &[(&str, &str)], flags: &[&str]| {
        provost(&database, variables)
            .args(["tenant", "list"])
            .args(flags)
            .output()
            .expect("it ends")
    };
    assert!(list(&[], &["--config", "other.toml"]).status.success());
    assert!(
        list(&[("PROVOST_CONFIG", "other.toml")], &[])
            .status
            .success()
    );
    assert!(error(&list(&[], &[])).contains("provost.toml"));
    assert!(error(&list(&[], &["--config", "none.toml"])).contains("none.toml"));
}

#[test]
fn the_file_sets_up_a_server() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let text = "admin_user = 'root'\nadmin_password = 'Correct-Horse-77'\nadmin_email = ''\nthrottle = false\nlog_format = 'json'\n";
    fs::write(database.directory().join("provost.toml"), text).expect("a file");
    let server = Server::start(&database, &[]);
    assert_eq!(server.printed.lines().count(), 1, "{}", server.printed);
    let shown = provost(&database, &[])
        .args(["user", "show", "root", "--json"])
        .output()
        .expect("it ends");
    let root: serde_json::Value = serde_json::from_slice(&shown.stdout).expect("JSON");
    assert_eq!(root["email"], serde_json::Value::Null);
}

#[test]
fn mistakes_are_told_with_their_place() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    for (name, value, message) in [
        (
            "PROVOST_LISTEN",
            "8080",
            "provost: PROVOST_LISTEN: \"8080\" is not a host and a port, such as 127.0.0.1:8080",
        ),
        (
            "PROVOST_THROTTLE",
            "maybe",
            "provost: PROVOST_THROTTLE: \"maybe\" is neither on nor off",
        ),
        (
            "PROVOST_TRUSTED_PROXIES",
            "127.0.0.1,proxy",
            "provost: PROVOST_TRUSTED_PROXIES: \"proxy\" is not an address or a network, such as 10.0.0.0/8",
        ),
        (
            "PROVOST_LOG_FORMAT",
            "xml",
            "provost: PROVOST_LOG_FORMAT: \"xml\" is neither text nor json",
        ),
        (
            "PROVOST_PUBLIC_URL",
            "cloud",
            "provost: PROVOST_PUBLIC_URL: \"cloud\" is not a URL, such as https://provost.example.org",
        ),
        (
            "PROVOST_ADMIN_USER",
            "..",
            "provost: PROVOST_ADMIN_USER: login must not consist of dots alone",
        ),
        (
            "PROVOST_DATABASE",
            "mysql:secret@x",
            "provost: PROVOST_DATABASE: a database is sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME",
        ),
    ] {
        let output = provost(&database, &[(name, value)])
            .arg("serve")
            .output()
            .expect("it ends");
        assert_eq!(error(&output), message);
    }
    fs::write(database.directory().join("provost.toml"), "lisen = 'x'").expect("a file");
    let output = provost(&database, &[])
        .arg("serve")
        .output()
        .expect("it ends");
    assert_eq!(
        error(&output),
        "provost: the settings file provost.toml: there is no setting `lisen`"
    );
}
