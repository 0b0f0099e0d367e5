//! What an export writes, an import reads.

use crate::{Site, on_both_engines};
use provost_testkit::Engine;
use std::os::unix::fs::PermissionsExt as _;

/// A user with everything that a line can say.
const EVERYTHING: &str = r#"{"type":"user","login":"Bob","address":"bob@acme.example","email":"bob@acme.example","notify_email":"b@home.example","aliases":["b@home.example",{"value":"x@y.example","scope":"private"}],"display_name":"Bob, \"B\"","password_hash":"{SSHA}2Cc7tsej1TBRG5C9ohUWb7pxbJTI+b/X","enabled":false,"quota":1572865,"language":"de","locale":"de_AT","timezone":"Europe/Vienna","first_day_of_week":1,"phone":"+4971125242829","manager":"ada","groups":["staff","ops;1"],"administers":["ops;1"],"profile":{"biography":"two\nlines","website":"https://a.example"},"scopes":{"email":"private","website":"published"},"msisdn":"+49 171 1234567","classes_of_service":["cloud_pim"],"delivery_status":"OXAAS","anti_phishing":true,"spam_level":"high","external_ids":{"custom":["a","b"],"legacy":["17"],"oneoffice":["u1"]},"preferences":{"core":{"lang":"de"},"files":{"show":"yes","sort":"\u00fc"}},"webmail":{"type":"standard","allow_upgrade":false,"reset_password":true,"theme":"dark"},"mailbox":{"master":true,"usage":5,"autoresponder":{"subject":"Away","body":"until\nMonday","active":true},"senders":[{"sender":"a@b.example","verdict":"take"},{"sender":"c@d.example","verdict":"refuse"}],"forwards":["q@w.example"]},"oneoffice":{"avatar":"x","deep":{"a":[1,2]}}}"#;

fn filled(engine: Engine) -> Site {
    let site = Site::new(engine);
    let lines = format!(
        "{{\"type\":\"group\",\"id\":\"ops;1\",\"display_name\":\"Operations\"}}\n\
         {{\"type\":\"user\",\"login\":\"ada\",\"email\":\"ada@acme.example\",\"groups\":[\"admin\"]}}\n\
         {EVERYTHING}\n\
         {{\"type\":\"user\",\"login\":\"carl\",\"email\":\"carl@elsewhere.example\",\"address\":null,\"quota\":\"none\"}}\n"
    );
    site.file("users.jsonl", &lines);
    let told = site.done(&["import", "users.jsonl", "--tenant", "acme"]);
    assert_eq!(
        told,
        "3 users made, 0 changed, 0 were so already, 0 lines refused\n"
    );
    site
}

on_both_engines! {
    an_export_is_the_same_after_an_import_into_a_new_server
    an_import_of_an_export_changes_nothing_where_it_came_from
    a_row_of_everything_becomes_the_same_user
}

fn an_export_is_the_same_after_an_import_into_a_new_server(engine: Engine) {
    let site = filled(engine);
    let before = site.exported();
    assert!(before.contains("\"login\":\"Bob\",\"address\":\"bob@acme.example\""));
    let line = before
        .lines()
        .find(|line| line.contains("\"Bob\""))
        .expect("the user");
    let said: serde_json::Value = serde_json::from_str(EVERYTHING).expect("JSON");
    let written: serde_json::Value = serde_json::from_str(&format!("{line}}}")).expect("JSON");
    for (key, value) in said.as_object().expect("an object") {
        assert_eq!(&written[key], value, "{key}");
    }
    let path = site.database.directory().join("all.jsonl");
    let path = path.to_str().expect("a path");
    site.done(&["export", "--with-hashes", "--output", path]);
    let mode = std::fs::metadata(path).expect("the file").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    assert!(
        site.failed(&["export", "--output", path])
            .1
            .contains("cannot write")
    );

    for other in Engine::ALL {
        let other = Site::empty(other);
        other.done(&["import", path]);
        assert_eq!(other.exported(), before);
        other.is_sound();
    }
}

fn an_import_of_an_export_changes_nothing_where_it_came_from(engine: Engine) {
    let site = filled(engine);
    let before = site.done(&["export", "--with-hashes"]);
    site.file("all.jsonl", &before);
    let told = site.done(&["import", "all.jsonl"]);
    assert_eq!(
        told,
        "0 users made, 0 changed, 4 were so already, 0 lines refused\n"
    );
    assert_eq!(site.done(&["export", "--with-hashes"]), before);
}

fn a_row_of_everything_becomes_the_same_user(engine: Engine) {
    let site = filled(engine);
    let rows = site.done(&[
        "export",
        "--tenant",
        "acme",
        "--format",
        "csv",
        "--with-hashes",
    ]);
    let other = Site::new(engine);
    other.file("users.csv", &rows);
    let told = other.done(&["import", "users.csv", "--tenant", "acme"]);
    assert!(told.starts_with("3 users made"), "{told}");
    assert_eq!(
        other.done(&[
            "export",
            "--tenant",
            "acme",
            "--format",
            "csv",
            "--with-hashes"
        ]),
        rows
    );
    assert!(!site.done(&["export"]).contains("SSHA"));
}
