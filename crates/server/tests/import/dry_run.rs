//! Looking for problems.

use crate::{Site, on_both_engines};
use provost_testkit::Engine;

const LINES: &str = r#"{"type":"group","id":"ops"}
{"type":"user","login":"bob","groups":["staff","ops"],"email":"bob@acme.example"}
{"type":"user","login":"carl","groups":["nope"],"quota":"much"}
{"type":"user","login":"dora","groups":["nope"]}
{"type":"user","login":"BOB"}
{"type":"user","login":"eve","address":"bob@acme.example"}
{"type":"user","login":"taken@acme.example"}
{"type":"user","login":"frank","address":"f@other.example"}
{"type":"user","login":"gina","login":"gus"}
not json
{"type":"user","login":"hans","password_hash":"$2y$31$JAJG0ksPXSlacBg01wW8fe.04to1eF0irfeYedBAhCW/tRQUu7DOm"}
{"type":"user","login":"ida","colour":"red"}
{"type":"user","tenant":"default","login":"jan"}
{"type":"user","login":"kim","operator":true,"address":"kim@acme.example"}
"#;

on_both_engines! {
    every_problem_is_told_with_its_line_and_nothing_is_changed
}

fn every_problem_is_told_with_its_line_and_nothing_is_changed(engine: Engine) {
    let site = Site::new(engine);
    site.done(&[
        "user",
        "create",
        "holder",
        "--tenant",
        "acme",
        "--email",
        "taken@acme.example",
    ]);
    site.done(&["tenant", "create", "other", "--domain", "other.example"]);
    site.file("users.jsonl", LINES);
    let before = site.done(&["export", "--with-hashes"]);
    let (told, problems) = site.failed(&["import", "users.jsonl", "--tenant", "acme", "--dry-run"]);
    let problems: Vec<&str> = problems.lines().collect();
    assert_eq!(
        problems,
        [
            "line 3: quota: is neither a number of bytes nor default or none",
            "line 4: nope: no such group",
            "line 5: it is about the same user as line 2",
            "line 6: address is taken",
            "line 7: login is taken",
            "line 8: address is taken",
            "line 9: it cannot be read as JSON at column 37: the key \"login\" is there twice",
            "line 10: it cannot be read as JSON at column 2: expected ident",
            "line 11: password_hash: asks for more work than a login may cost",
            "line 12: colour: is no key that is known",
            "line 13: tenant: is another than the one that is imported into",
            "provost: 11 lines were refused",
        ]
    );
    assert_eq!(
        told,
        "nothing was changed: 2 users would be made, 0 are there, 11 lines would be refused\n"
    );
    assert_eq!(site.done(&["export", "--with-hashes"]), before);

    // and what it tells is what happens
    let (told, refused) = site.failed(&["import", "users.jsonl", "--tenant", "acme"]);
    assert_eq!(refused.lines().collect::<Vec<_>>(), problems);
    assert_eq!(
        told,
        "2 users made, 0 changed, 0 were so already, 11 lines refused\n"
    );
}
