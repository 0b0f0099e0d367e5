//! Where the programs are, and how one is run against a server.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use provost_testkit::{ADMIN_PASSWORD, Engine, TestServer};

/// Set by `./test`, which fetches the programs.
const PLACE: &str = "PROVOST_TEST_TOOLS";

/// A file of the tools that `./test` made for the folder `name`: `nc_py_api`, `bin/python`.
///
/// # Panics
/// If it is not there: nothing is skipped in silence.
pub(crate) fn tool(name: &str, file: &str) -> PathBuf {
    let Some(place) = std::env::var_os(PLACE) else {
        panic!("{PLACE} is not set: this test drives programs that `./test` fetches; run `./test`");
    };
    let path = Path::new(&place).join(name).join(file);
    assert!(
        path.exists(),
        "{} is missing: run `./test`, which fetches it",
        path.display()
    );
    path
}

/// The folder of the scripts of this name.
pub(crate) fn scripts(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/clients")
        .join(name)
}

/// Runs a program in the folder of its scripts against the server; it must succeed. Those lines of its output in which one of the
/// `closing` words is, tell how much it did, and are shown even so.
pub(crate) fn drive(
    server: &TestServer,
    engine: Engine,
    name: &str,
    program: &mut Command,
    closing: &[&str],
) {
    let output = program
        .current_dir(scripts(name))
        .env("SERVER_URL", server.base_url())
        .env("ADMIN_PASSWORD", ADMIN_PASSWORD)
        .output()
        .unwrap_or_else(|error| panic!("{name} does not run: {error}"));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{name} on {engine:?}: {}\n{text}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = text
        .lines()
        .filter(|line| closing.iter().any(|word| line.contains(word)));
    show(name, &format!("{engine:?}"), lines);
}

/// Shows a program's closing lines, past the test harness, which hides what a passing test prints.
///
/// # Panics
/// If there are none: then nobody knows that anything was tested.
pub(crate) fn show<'a>(name: &str, where_it_ran: &str, lines: impl Iterator<Item = &'a str>) {
    let lines: Vec<&str> = lines.map(str::trim).collect();
    assert!(!lines.is_empty(), "{name} does not say what it did");
    let text = format!("\n{name} on {where_it_ran}:\n  {}\n", lines.join("\n  "));
    // A closed output is no failure of the server's.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
