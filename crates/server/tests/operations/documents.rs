//! That the pages for operators tell the truth.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase, TestServer};

use crate::scrape::{SWITCH, scrape};

fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The words of a text that could be names of metrics.
fn names(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| word.starts_with("provost_") || word.starts_with("process_"))
        .filter(|word| *word != "process_")
        .map(str::to_owned)
        .collect()
}

/// All names in a scrape of each engine, with the throttle at work.
fn told() -> BTreeSet<String> {
    [Engine::Sqlite, Engine::Postgres]
        .into_iter()
        .flat_map(|engine| {
            let server = TestServer::start_with(
                env!("CARGO_BIN_EXE_provost"),
                TestDatabase::fresh(engine),
                &[SWITCH, ("PROVOST_THROTTLE", "on")],
            );
            Request::get("/ocs/v2.php/cloud/users")
                .ocs()
                .basic("admin", ADMIN_PASSWORD)
                .send(&server);
            // the first scrape carries out a statement itself
            scrape(&server);
            let scrape = scrape(&server);
            ["provost_", "process_"]
                .into_iter()
                .flat_map(|beginning| scrape.series(beginning))
                .map(|(name, _)| name)
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_metric_that_is_written_about_is_told_and_the_other_way_round() {
    let told = told();
    let page = file("docs/operations.md");
    let chapter = page
        .split_once("\n## Monitoring")
        .and_then(|(_, rest)| rest.split_once("\n## "))
        .map(|(chapter, _)| chapter)
        .expect("the chapter on monitoring");
    let parts = ["_bucket", "_sum", "_count"];
    let is_told = |name: &String| told.contains(name) || told.contains(&format!("{name}_bucket"));
    for (place, text) in [
        ("the page", chapter.to_owned()),
        (
            "the dashboard",
            file("docs/monitoring/grafana-dashboard.json"),
        ),
        ("the rules", file("docs/monitoring/alerts.yml")),
    ] {
        let unknown: Vec<_> = names(&text).into_iter().filter(|it| !is_told(it)).collect();
        assert!(unknown.is_empty(), "{place}: {unknown:?}\n{told:?}");
    }
    let described = names(chapter);
    let undescribed: Vec<_> = told
        .iter()
        .filter(|name| !name.starts_with("process_"))
        .filter(|name| {
            let family = parts.iter().find_map(|part| name.strip_suffix(part));
            !described.contains(family.unwrap_or(name))
        })
        .collect();
    assert!(undescribed.is_empty(), "not on the page: {undescribed:?}");
}

#[test]
fn every_alert_is_explained_and_the_dashboard_can_be_read() {
    let page = file("docs/operations.md");
    let rules = file("docs/monitoring/alerts.yml");
    let alerts: Vec<_> = rules
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- alert: "))
        .collect();
    assert!(alerts.len() > 5, "{alerts:?}");
    for alert in alerts {
        assert!(page.contains(&format!("| `{alert}` |")), "{alert}");
    }
    let dashboard: serde_json::Value =
        serde_json::from_str(&file("docs/monitoring/grafana-dashboard.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    assert!(panels.iter().any(|panel| panel["type"] == "timeseries"));
    let ids: BTreeSet<_> = panels.iter().map(|panel| panel["id"].as_u64()).collect();
    assert_eq!(ids.len(), panels.len(), "each panel has an id of its own");
}

fn help(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_provost"))
        .args(words)
        .arg("--help")
        .env("COLUMNS", "200")
        .output()
        .expect("the binary runs")
}

/// The commands in a page's blocks and between its back quotes, each from its `provost` on.
fn commands(page: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for (place, part) in page.split('`').enumerate() {
        // within back quotes, or a block, whose three quotes leave empty parts before it
        if place % 2 == 0 {
            continue;
        }
        for line in part.replace("\\\n", " ").lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            let start = words
                .iter()
                .position(|word| *word == "provost" || word.ends_with("/bin/provost"));
            if let Some(start) = start.filter(|start| words.len() > start + 1) {
                commands.push(words[start + 1..].join(" "));
            }
        }
    }
    commands
}

#[test]
fn every_command_on_the_page_is_one() {
    let page = file("docs/operations.md");
    let ours: Vec<_> = commands(&page)
        .into_iter()
        .filter(|command| {
            // `podman run … provost`, `install … /usr/local/bin/provost` and the like name no command
            let first = command.split(' ').next().unwrap_or("");
            !first.starts_with('/') && !first.starts_with('-') && help(&[first]).status.success()
        })
        .collect();
    assert!(ours.len() > 15, "{ours:#?}");
    for command in &ours {
        let words: Vec<_> = command
            .split(' ')
            .take_while(|word| {
                word.chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-')
            })
            .take_while(|word| !word.starts_with('-'))
            .collect();
        let output = help(&words);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "provost {command}");
        assert!(
            text.contains(&format!("Usage: provost {}", words.join(" "))),
            "provost {command}\n{text}"
        );
        for flag in command.split(' ').filter(|word| word.starts_with("--")) {
            assert!(text.contains(flag), "provost {command}: no {flag}\n{text}");
        }
    }
}
