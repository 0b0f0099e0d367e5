//! What is backed up is what is restored.

use crate::{done, file, names, provost, set_up, text};
use provost_testkit::{Engine, TestDatabase};
use std::os::unix::fs::PermissionsExt as _;

const TENANTS: &str = "SELECT slug, context_id, created_at FROM tenants ORDER BY id";

#[test]
fn a_backup_is_one_file_of_its_owner_and_restores_to_the_same_directory() {
    let database = set_up();
    let before = names(&database);
    let told = done(&provost(&database, &["backup", "provost.backup"]));
    assert!(told.contains("provost.backup: "), "{told}");
    let backup = database.directory().join("provost.backup");
    let mode = std::fs::metadata(&backup)
        .expect("the backup")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut after = names(&database);
    after.retain(|name| name != "provost.backup" && !before.contains(name));
    // what readers of a database leave beside it
    after.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    assert_eq!(after, Vec::<String>::new());

    let other = TestDatabase::fresh(Engine::Sqlite);
    done(&provost(&other, &["restore", text(&backup)]));
    assert_eq!(names(&other), ["provost.db", "provost.db.lock"]);
    let mode = std::fs::metadata(file(&other))
        .expect("the database")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(other.rows(TENANTS), database.rows(TENANTS));
    done(&provost(&other, &["check"]));
    done(&provost(&other, &["tenant", "create", "later"]));
}
