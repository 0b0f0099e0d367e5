//! Imported users log in with the passwords that they had.

use crate::on_both_engines;
use provost_testkit::{Engine, Request, TestServer};
use std::fmt::Write as _;

/// Hashes of one password, made by others.
const HASHES: &str = include_str!("../../../directory/src/credentials/scheme/tests/hashes.txt");
const PASSWORD: &str = "Gartenzaun 7 äöü";

on_both_engines! {
    every_scheme_logs_in_and_its_hash_is_renewed
}

fn log_in(server: &TestServer, login: &str, password: &str) -> u16 {
    Request::get("/t/acme/ocs/v2.php/cloud/user?format=json")
        .ocs()
        .basic(login, password)
        .send(server)
        .status
}

fn hashes(server: &TestServer) -> Vec<String> {
    let output = server.cli(&["export", "--tenant", "acme", "--with-hashes"]);
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| {
            let (_, rest) = line.split_once("\"password_hash\":\"")?;
            Some(rest.split('"').next()?.to_owned())
        })
        .collect()
}

fn every_scheme_logs_in_and_its_hash_is_renewed(engine: Engine) {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    assert!(server.cli(&["tenant", "create", "acme"]).status.success());
    let known: Vec<&str> = HASHES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let mut lines = String::new();
    for (nth, hash) in known.iter().enumerate() {
        writeln!(
            lines,
            "{{\"type\":\"user\",\"login\":\"u{nth:02}\",\"password_hash\":\"{hash}\"}}"
        )
        .expect("a text");
    }
    let import = ["import", "-", "--tenant", "acme"];
    let output = server.cli_with_input(&import, &lines);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(hashes(&server), known);

    for (nth, hash) in known.iter().enumerate() {
        let login = format!("u{nth:02}");
        assert_eq!(log_in(&server, &login, "wrong"), 401, "{hash}");
        assert_eq!(log_in(&server, &login, PASSWORD), 200, "{hash}");
        assert_eq!(log_in(&server, &login, PASSWORD), 200, "{hash}");
    }
    let renewed = hashes(&server);
    assert!(
        renewed
            .iter()
            .all(|hash| hash.starts_with("$argon2id$v=19$m=19456,")),
        "{renewed:#?}"
    );
    assert_eq!(log_in(&server, "u00", PASSWORD), 200);
    assert_eq!(log_in(&server, "u00", "wrong"), 401);
    assert!(!server.log().contains("$2b$"), "a hash is in the log");
}
