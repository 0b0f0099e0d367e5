//! Replays the recorded exchanges with a real server of the OCS dialect: all given answers are the same but those that
//! `docs/dialects/ocs.md` lists.
//!
//! The recording and its `replay.py` lie beside the repository, in `../shared/transcripts`.
#![expect(clippy::expect_used, reason = "tests")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use provost_testkit::{Engine, TestServer};
use serde_json::Value;

/// The exchanges that we answer otherwise on purpose; `docs/dialects/ocs.md` gives the reason for each.
const OTHERWISE_ON_PURPOSE: [u64; 2] = [41, 42];

/// Answers of one section: those the same as recorded, of those given in the recording.
#[derive(Default)]
struct Tally {
    same: usize,
    given: usize,
}

fn transcripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/transcripts")
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("the number of an exchange")
}

/// The section of each recorded exchange, by its number.
fn sections() -> BTreeMap<u64, String> {
    let path = transcripts().join("ocs.jsonl");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| unreadable(&path, &error))
        .lines()
        .map(|line| {
            let exchange: Value = serde_json::from_str(line).expect("one exchange a line");
            let section = exchange["section"].as_str().expect("a section");
            (number(&exchange["n"]), section.to_owned())
        })
        .collect()
}

#[expect(clippy::panic, reason = "tests")]
fn unreadable(path: &Path, error: &std::io::Error) -> ! {
    panic!("{}: {error}", path.display())
}

/// Replays everything against a fresh server, counts by section, and gives the numbers of the exchanges that differ.
fn replayed(engine: Engine) -> (BTreeMap<String, Tally>, Vec<u64>) {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    let outcomes = server.database().directory().join("outcomes.json");
    let script = Command::new("python3")
        .arg(transcripts().join("replay.py"))
        .args(["--base", &server.base_url(), "--json"])
        .arg(&outcomes)
        .output()
        .expect("python3 runs");
    // Its status only tells whether all were the same. What differs is shown when this test fails.
    println!("{}", String::from_utf8_lossy(&script.stdout));
    println!("{}", String::from_utf8_lossy(&script.stderr));

    let text =
        std::fs::read_to_string(&outcomes).unwrap_or_else(|error| unreadable(&outcomes, &error));
    let outcomes: Vec<Value> = serde_json::from_str(&text).expect("a list of outcomes");
    let sections = sections();
    assert_eq!(outcomes.len(), sections.len(), "the replay broke off");

    let mut tallies = BTreeMap::<String, Tally>::new();
    let mut different = Vec::new();
    for outcome in outcomes {
        let section = &sections[&number(&outcome[0])];
        let tally = tallies.entry(section.clone()).or_default();
        match outcome[1].as_str() {
            Some("hidden") => {}
            other => {
                tally.given += 1;
                tally.same += usize::from(other == Some("same"));
                if other != Some("same") {
                    different.push(number(&outcome[0]));
                }
            }
        }
    }
    (tallies, different)
}

/// Written past the test harness, which hides what a passing test prints: the figure is to be seen growing.
fn report(engine: Engine, tallies: &BTreeMap<String, Tally>) {
    let mut text = format!("\nOCS recording on {engine:?}, the same of those given:\n");
    for (section, Tally { same, given }) in tallies {
        text.push_str(&format!("  {section:20} {same:4} of {given:4}\n"));
    }
    // A closed output is no failure of the dialect's.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn answers_are_the_same(engine: Engine) {
    let (tallies, different) = replayed(engine);
    report(engine, &tallies);
    assert!(tallies.values().map(|tally| tally.given).sum::<usize>() > 1000);
    assert_eq!(different, OTHERWISE_ON_PURPOSE);
}

#[test]
fn answers_are_the_same_on_sqlite() {
    answers_are_the_same(Engine::Sqlite);
}

#[test]
fn answers_are_the_same_on_postgres() {
    answers_are_the_same(Engine::Postgres);
}
