//! `provost check`.

use crate::place::{Place, everywhere, provost, refusal};
use provost_testkit::{Engine, TestDatabase};
use std::process::Command;

everywhere! {
    fn a_sound_database_passes(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        assert!(place.done(&["check"]).contains("sound"));
    }
}

#[test]
fn a_file_that_is_no_database_does_not_pass() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let path = database.directory().join("provost.db");
    let text = "no database at all, whatever its name says\n".repeat(100);
    std::fs::write(&path, &text).expect("a file");
    refusal(&provost(&database, &[], &["check"], ""));
    assert_eq!(
        std::fs::read_to_string(&path).expect("the file"),
        text,
        "it is left as it was"
    );
}

#[test]
fn a_lost_table_does_not_pass() {
    let place = Place::alone(Engine::Postgres);
    place.done(&["check"]);
    place.done(&["tenant", "create", "acme"]);
    let dropped = Command::new("psql")
        .args([
            place.database().url(),
            "--quiet",
            "--command",
            "DROP TABLE preferences",
        ])
        .status()
        .expect("psql runs");
    assert!(dropped.success());
    let refused = place.refused(&["check"]);
    assert!(refused.contains("preferences"), "{refused}");
}

#[test]
fn a_server_that_is_not_there_does_not_pass() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let nowhere = [(
        "PROVOST_DATABASE",
        "postgres://nobody:Sesame-77@127.0.0.1:1/none",
    )];
    let refused = refusal(&provost(&database, &nowhere, &["check"], ""));
    assert!(!refused.contains("Sesame"), "{refused}");
}
