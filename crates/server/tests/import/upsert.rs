//! Users that are there already.

use crate::{Site, on_both_engines};
use provost_testkit::Engine;
use serde_json::Value;
use std::fmt::Write as _;

on_both_engines! {
    users_are_found_by_their_logins_and_what_is_not_named_stays
    users_are_found_by_their_addresses
    a_line_is_taken_as_a_whole_or_not_at_all
    known_ones_are_found_behind_many_new_ones
}

fn user(site: &Site, login: &str) -> Value {
    let wanted = format!("\"login\":\"{login}\"");
    let lines = site.done(&["export", "--tenant", "acme", "--with-hashes"]);
    let line = lines
        .lines()
        .find(|line| line.contains(&wanted))
        .expect("the user");
    let mut user: Value = serde_json::from_str(line).expect("JSON");
    user.as_object_mut().expect("an object").remove("facts");
    user
}

fn import(site: &Site, lines: &str, further: &[&str]) -> String {
    site.file("lines.jsonl", lines);
    site.done(&[&["import", "lines.jsonl", "--tenant", "acme"], further].concat())
}

fn users_are_found_by_their_logins_and_what_is_not_named_stays(engine: Engine) {
    let site = Site::new(engine);
    let first = r#"{"type":"user","login":"Bob","email":"bob@acme.example","display_name":"Bob","groups":["staff"],"quota":7,"preferences":{"core":{"lang":"de","seen":"1"}}}"#;
    import(&site, first, &[]);
    let told = import(
        &site,
        r#"{"type":"user","login":"bob","display_name":null,"quota":"none","groups":[],"enabled":false,"preferences":{"core":{"seen":null}},"address":"robert@acme.example"}"#,
        &[],
    );
    assert!(told.starts_with("0 users made, 1 changed"), "{told}");
    assert_eq!(
        user(&site, "Bob"),
        serde_json::json!({
            "type": "user", "login": "Bob", "address": "robert@acme.example", "email": "bob@acme.example",
            "enabled": false, "quota": "none", "preferences": {"core": {"lang": "de"}}
        })
    );
    let again = import(
        &site,
        r#"{"type":"user","login":"bob","quota":"none","enabled":false}"#,
        &[],
    );
    assert!(again.contains("1 were so already"), "{again}");
    site.is_sound();
}

fn users_are_found_by_their_addresses(engine: Engine) {
    let site = Site::new(engine);
    let by_address = ["--match", "address"];
    let lines = "{\"type\":\"user\",\"address\":\"ada@acme.example\",\"display_name\":\"Ada\"}\n\
                 {\"type\":\"user\",\"login\":\"bob\",\"address\":\"bob@acme.example\"}\n";
    assert!(import(&site, lines, &by_address).starts_with("2 users made"));
    let told = import(
        &site,
        "{\"type\":\"user\",\"address\":\"BOB@acme.example\",\"display_name\":\"Bob\"}\n\
         {\"type\":\"user\",\"address\":\"ada@acme.example\",\"quota\":5}\n",
        &by_address,
    );
    assert!(told.starts_with("0 users made, 2 changed"), "{told}");
    assert_eq!(user(&site, "ada@acme.example")["quota"], 5);
    assert_eq!(user(&site, "bob")["display_name"], "Bob");

    site.file(
        "wrong.jsonl",
        "{\"type\":\"user\",\"login\":\"x\"}\n{\"type\":\"user\",\"login\":\"other\",\"address\":\"bob@acme.example\"}\n",
    );
    let (_, problems) = site.failed(&[
        "import",
        "wrong.jsonl",
        "--tenant",
        "acme",
        "--match",
        "address",
    ]);
    assert_eq!(
        problems.lines().collect::<Vec<_>>(),
        [
            "line 1: the address must not be empty",
            "line 2: address is taken",
            "provost: 2 lines were refused"
        ]
    );
}

fn a_line_is_taken_as_a_whole_or_not_at_all(engine: Engine) {
    let site = Site::new(engine);
    // there is no webmail account without an address, which only the account's own command finds
    let lines = "{\"type\":\"user\",\"login\":\"bob\",\"preferences\":{\"a\":{\"b\":\"c\"}},\"webmail\":{}}\n\
                 {\"type\":\"user\",\"login\":\"carl\"}\n";
    site.file("lines.jsonl", lines);
    let (told, problems) = site.failed(&["import", "lines.jsonl", "--tenant", "acme"]);
    assert!(
        problems.starts_with("line 1: no such mail address\n")
            || problems.starts_with("line 1: no such address\n"),
        "{problems}"
    );
    assert!(told.starts_with("1 users made"), "{told}");
    let users = site.done(&["user", "list", "--tenant", "acme"]);
    assert!(!users.contains("bob") && users.contains("carl"), "{users}");
    let entries = site.done(&["audit", "list", "--tenant", "acme"]);
    assert!(!entries.contains("bob"), "{entries}");
    site.is_sound();
}

fn known_ones_are_found_behind_many_new_ones(engine: Engine) {
    let site = Site::new(engine);
    import(
        &site,
        r#"{"type":"user","login":"zara","email":"zara@acme.example"}"#,
        &[],
    );
    // the last of several batches
    let mut lines = String::new();
    for nth in (0..1200).rev() {
        writeln!(
            lines,
            r#"{{"type":"user","login":"user{nth:04}","email":"user{nth:04}@acme.example"}}"#
        )
        .expect("a text");
    }
    lines += "{\"type\":\"user\",\"login\":\"zara\",\"display_name\":\"Zara\"}\n\
              {\"type\":\"user\",\"login\":\"zoe\",\"email\":\"zara@acme.example\"}\n";
    let told = import(&site, &lines, &[]);
    assert!(told.starts_with("1201 users made, 1 changed"), "{told}");
    assert_eq!(user(&site, "zara")["display_name"], "Zara");
    assert_eq!(user(&site, "zara")["address"], "zara@acme.example");
    assert_eq!(user(&site, "zoe")["address"], Value::Null);
    assert_eq!(user(&site, "user0700")["address"], "user0700@acme.example");
    site.is_sound();
}
