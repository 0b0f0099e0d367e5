//! Arguments, help and exit codes.

use crate::place::{provost, text};
use provost_testkit::{Engine, TestDatabase};
use std::process::Output;

fn run(arguments: &[&str]) -> Output {
    let database = TestDatabase::fresh(Engine::Sqlite);
    provost(&database, &[], arguments, "")
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &[][..],
        &["tenants"],
        &["tenant"],
        &["tenant", "create"],
        &["tenant", "create", "acme", "--context-id", "two"],
        &["tenant", "rename", "acme"],
        &["key", "create"],
        &["key", "create", "--tenant", "default", "--scope", "root"],
        &["user", "password", "ada"],
        &["user", "operator", "ada"],
        &["user", "operator", "ada", "--on", "--off"],
        &["user", "app-password", "ada"],
        &["user", "list", "--group", "staff", "--disabled"],
        &["domain", "add", "example.org"],
        &["serve", "--log-format", "xml"],
        &["user", "list", "--limit", "5"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

/// The commands below these words, as their help lists them.
fn commands(words: &[String]) -> Vec<Vec<String>> {
    let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
    let help = text(&run(&arguments).stdout);
    let Some((_, listed)) = help.split_once("Commands:\n") else {
        return vec![words.to_vec()];
    };
    listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .flat_map(|name| commands(&[words, &[name.to_owned()]].concat()))
        .collect()
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let all = commands(&[]);
    assert!(all.len() >= 40, "{all:?}");
    for words in all {
        let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
        let output = run(&arguments);
        let help = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        let example = format!("provost {}", words.join(" "));
        let (_, examples) = help
            .split_once("Example")
            .unwrap_or_else(|| panic!("{words:?} has no example"));
        assert!(examples.contains(&example), "{words:?}: {examples}");
    }
}
