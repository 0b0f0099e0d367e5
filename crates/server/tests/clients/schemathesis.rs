//! Schemathesis, which makes requests up from Nextcloud's published OpenAPI document: no fault, and every answer in JSON fits its schema.
//! Where the recorded server itself does not fit, `schemathesis/hooks.py` widens the schema and says why.

use std::path::Path;
use std::process::{Command, Output};

use provost_testkit::{ADMIN_PASSWORD, Engine, TestServer};

use crate::tools::{scripts, show, tool};

/// What a run may differ in.
struct Run {
    accept: &'static str,
    /// Requests made up for each operation, beside the systematic ones.
    examples: &'static str,
    /// Whether the document is spoilt first.
    broken: bool,
}

const JSON: Run = Run {
    accept: "application/json",
    examples: "15",
    broken: false,
};

/// Answers in XML have no schema; they can only be faults.
const XML: Run = Run {
    accept: "application/xml",
    examples: "5",
    broken: false,
};

fn document() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/sources/nextcloud-provisioning-openapi.json")
}

fn checked(engine: Engine, run: &Run) -> Output {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    let mut schemathesis = Command::new(tool("schemathesis", "bin/schemathesis"));
    schemathesis
        .arg("run")
        .arg(document())
        .args(["--url", &server.base_url()])
        .args(["--auth", &format!("admin:{ADMIN_PASSWORD}")])
        .args(["--header", "OCS-APIRequest: true"])
        .args(["--header", &format!("Accept: {}", run.accept)])
        .args(["--checks", "not_a_server_error,response_schema_conformance"])
        .args(["--phases", "examples,coverage,fuzzing"])
        // the same requests in every run
        .args(["--seed", "1", "--generation-database", "none"])
        .args(["--max-examples", run.examples])
        .args(["--continue-on-failure", "--no-shrink"])
        .args(["--warnings", "off", "--no-color"])
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", scripts("schemathesis"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SERVER_URL", server.base_url())
        .env("ADMIN_PASSWORD", ADMIN_PASSWORD)
        .env("BREAK_SCHEMA", if run.broken { "1" } else { "0" })
        // it keeps notes where it runs
        .current_dir(server.database().directory());
    let output = schemathesis
        .output()
        .unwrap_or_else(|error| panic!("schemathesis does not run: {error}"));
    assert!(
        !server.log().contains("panicked"),
        "the server panicked:\n{}",
        server.log()
    );
    output
}

/// The one operation that cannot succeed here: no mail server is set up.
const NEVER_SUCCESSFUL: &str = "without: ['POST /ocs/v2.php/cloud/users/{userId}/welcome']";

fn fits(engine: Engine, run: &Run) {
    let output = checked(engine, run);
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && text.contains("No issues found"),
        "{engine:?}, {}: {}\n{text}\n{errors}",
        run.accept,
        output.status
    );
    assert!(
        text.contains("33 selected / 33 total"),
        "an operation was left out:\n{text}"
    );
    assert!(
        run.accept != JSON.accept || text.contains(NEVER_SUCCESSFUL),
        "a refusal has no schema, and an operation is only ever refused:\n{text}"
    );
    let closing = text.lines().filter(|line| {
        ["generated", "No issues", "operations with"]
            .iter()
            .any(|word| line.contains(word))
    });
    show(
        "schemathesis",
        &format!("{engine:?}, {}", run.accept),
        closing,
    );
}

#[test]
fn answers_fit_the_published_document_on_sqlite() {
    fits(Engine::Sqlite, &JSON);
}

#[test]
fn answers_fit_the_published_document_on_postgres() {
    fits(Engine::Postgres, &JSON);
}

#[test]
fn answers_in_xml_are_no_faults_on_sqlite() {
    fits(Engine::Sqlite, &XML);
}

#[test]
fn answers_in_xml_are_no_faults_on_postgres() {
    fits(Engine::Postgres, &XML);
}

#[test]
fn an_answer_that_does_not_fit_is_noticed() {
    let output = checked(
        Engine::Sqlite,
        &Run {
            broken: true,
            examples: "1",
            ..JSON
        },
    );
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success(), "{text}");
    assert!(
        text.contains("\"no_such_field\" is a required property"),
        "{text}"
    );
}
