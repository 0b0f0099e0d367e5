//! Commands on a database that was never started.

use crate::place::{provost, refusal};
use provost_testkit::{ADMIN_PASSWORD, TestDatabase, on_both_engines};

on_both_engines! {
    async fn without_a_password_it_is_refused(database: TestDatabase) {
        for command in [&["user", "list"][..], &["key", "create", "--tenant", "default"]] {
            let refused = refusal(&provost(&database, &[], command, ""));
            assert!(refused.contains("provost serve"), "{refused}");
        }
    }

    async fn with_a_password_it_is_set_up(database: TestDatabase) {
        let password = [("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD), ("PROVOST_ADMIN_USER", "root"), ("PROVOST_ADMIN_EMAIL", "")];
        let output = provost(&database, &password, &["user", "show", "root", "--json"], "");
        let root: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!((&root["number"], &root["operator"], &root["email"]), (&2.into(), &true.into(), &serde_json::Value::Null));
        assert_eq!(root["groups"], serde_json::json!(["admin"]));
        // from then on no password is needed
        assert!(provost(&database, &[], &["user", "list"], "").status.success());
    }

    async fn an_overlong_password_makes_nothing(database: TestDatabase) {
        let overlong = "Xq7-".repeat(120);
        let refused = refusal(&provost(&database, &[("PROVOST_ADMIN_PASSWORD", &overlong)], &["user", "list"], ""));
        assert!(refused.starts_with("PROVOST_ADMIN_PASSWORD: "), "{refused}");
        assert!(!refused.contains("Xq7-"), "{refused}");
        assert!(refusal(&provost(&database, &[], &["user", "list"], "")).contains("provost serve"));
    }
}

#[test]
fn a_command_in_the_wrong_folder_leaves_no_file() {
    let database = TestDatabase::fresh(provost_testkit::Engine::Sqlite);
    for command in [&["user", "list"][..], &["check"]] {
        refusal(&provost(&database, &[], command, ""));
    }
    let left = std::fs::read_dir(database.directory())
        .expect("the folder")
        .count();
    assert_eq!(left, 0);
}
