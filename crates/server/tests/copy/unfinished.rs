//! A copy that was not finished.

use crate::{command, copy, done, provost, refused, set_up};
use provost_testkit::{Engine, TestDatabase};

/// A copy whose last step was not done.
fn unfinished(source: &TestDatabase) -> TestDatabase {
    let target = TestDatabase::fresh(Engine::Sqlite);
    done(&copy(source, &target));
    let file = source.directory().join("provost.db");
    let file = file.canonicalize().expect("a path");
    target.rows(&format!(
        "INSERT INTO unfinished_copies (id, source, begun_at) VALUES (1, 'sqlite:{}', 0)",
        file.display()
    ));
    target
}

#[test]
fn a_table_that_was_changed_meanwhile_is_copied_anew_and_named() {
    let source = set_up();
    let target = unfinished(&source);
    target.rows("UPDATE tenants SET name = 'Other' WHERE slug = 'acme'; DELETE FROM tenant_slugs WHERE slug_key = 'acme'");
    let told = done(&copy(&source, &target));
    for table in ["tenants", "tenant_slugs"] {
        let line = format!("{table} differed from the source and was copied anew");
        assert!(told.lines().any(|told| told == line), "{told}");
    }
    let tenants = "SELECT slug, name FROM tenants ORDER BY id; SELECT slug_key, tenant FROM tenant_slugs ORDER BY slug_key";
    assert_eq!(target.rows(tenants), source.rows(tenants));
    done(&provost(&target, &["check"]));
}

#[test]
fn nothing_opens_it_and_no_other_source_finishes_it() {
    let source = set_up();
    let target = unfinished(&source);
    for arguments in [
        &["serve"][..],
        &["check"],
        &["tenant", "list"],
        &["backup", "file"],
    ] {
        let why = refused(&provost(&target, arguments));
        assert!(why.contains("unfinished copy of sqlite:"), "{why}");
    }
    let why = refused(&copy(&set_up(), &target));
    assert!(why.contains("finish that one"), "{why}");
    done(&copy(&source, &target));
    done(&provost(&target, &["tenant", "list"]));
}

#[test]
fn the_environment_may_hold_the_urls() {
    let (source, target) = (set_up(), TestDatabase::fresh(Engine::Postgres));
    let output = command(&target, &["copy"])
        .env("PROVOST_COPY_FROM", source.url())
        .env("PROVOST_COPY_TO", target.url())
        .output()
        .expect("the binary runs");
    done(&output);
    done(&provost(&target, &["check"]));
}
