//! An import that is killed goes on when it is asked for again.

use crate::{Site, on_both_engines};
use provost_testkit::Engine;
use std::{fmt::Write as _, process::Stdio, thread, time::Duration};

/// Enough for many batches.
const USERS: usize = 20_000;

on_both_engines! {
    what_was_killed_goes_on_behind_the_last_batch
}

fn lines() -> String {
    let mut lines = String::new();
    for nth in 0..USERS {
        let scattered = nth * 7919 % USERS;
        writeln!(
            lines,
            "{{\"type\":\"user\",\"login\":\"user{scattered:05}\",\"email\":\"user{scattered:05}@acme.example\",\
             \"display_name\":\"User Number {scattered}\",\"groups\":[\"staff\"],\
             \"password_hash\":\"$2y$10$JAJG0ksPXSlacBg01wW8fe.04to1eF0irfeYedBAhCW/tRQUu7DOm\"}}"
        )
        .expect("a text");
    }
    lines
}

/// The number in front of a word.
fn number(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    let digits = before.split_whitespace().last().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

fn what_was_killed_goes_on_behind_the_last_batch(engine: Engine) {
    let site = Site::new(engine);
    site.file("users.jsonl", &lines());
    let import = ["import", "users.jsonl", "--tenant", "acme"];
    let mut running = site
        .command()
        .args(import)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    // killed once some batches are in, wherever it is then
    loop {
        let begun = site.done(&["group", "show", "staff", "--tenant", "acme"]);
        let ended = running.try_wait().expect("a process of ours").is_some();
        if ended || begun.contains("000") || begun.contains("500") {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    running.kill().expect("a process of ours");
    running.wait().expect("it ends");

    let told = site.done(&import);
    assert!(told.contains("went on after line "), "{told}");
    assert_eq!(number(&told, "users made"), USERS, "{told}");
    assert_eq!(number(&told, "were so already"), 0, "{told}");
    let export = site.done(&["export", "--tenant", "acme", "--format", "csv"]);
    let logins: Vec<&str> = export
        .lines()
        .filter(|line| line.starts_with("user,"))
        .filter_map(|line| line.split(',').nth(3))
        .collect();
    assert_eq!(logins.len(), USERS);
    assert!(logins.is_sorted());
    site.is_sound();

    // it is finished, so it begins anew
    let told = site.done(&import);
    assert_eq!(number(&told, "were so already"), USERS, "{told}");
}
