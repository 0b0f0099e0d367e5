//! Which operations there are.

use crate::{table, world::World};
use provost_testkit::{Engine, Request};
use std::path::Path;

/// Every operation of the dialects: method and pattern.
pub(crate) fn operations() -> Vec<(&'static str, &'static str)> {
    provost_ocs::operations()
        .map(|operation| (operation.method, operation.pattern))
        .collect()
}

#[test]
fn every_dialect_is_walked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dialects");
    let mut dialects: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    dialects.sort();
    assert_eq!(
        dialects,
        ["hostway", "native", "ocs", "oneoffice", "open_xchange"],
        "give the new dialect's operations to `operations` in tests/isolation/dialects.rs"
    );
}

#[test]
fn every_operation_is_in_the_table_and_nothing_else() {
    let rows = table::rows();
    let operations = operations();
    for operation in &operations {
        assert!(
            rows.iter().any(|row| row.operation() == *operation),
            "{} {} is not in the table: say in tests/isolation/table.rs what each actor is answered, and in requests.rs how it is asked for",
            operation.0,
            operation.1
        );
    }
    for row in &rows {
        assert!(
            operations.contains(&row.operation()),
            "{} {} is in the table, but no dialect has it any more",
            row.method,
            row.pattern
        );
    }
}

/// The paths that belong to no tenant say the same to everybody.
#[test]
fn health_is_the_same_for_everybody() {
    let world = World::made(Engine::Sqlite);
    for path in ["/healthz", "/readyz"] {
        for tenant in [&world.ours, &world.other] {
            for actor in tenant.actors.iter().chain(&tenant.refused) {
                for host in [
                    "unknown.example",
                    &format!("cloud.{}.example", tenant.marker),
                ] {
                    let request = Request::get(path).header("Host", host);
                    let answer = tenant.ask(actor, request);
                    assert_eq!((answer.status, answer.text().as_str()), (200, "ok"));
                }
            }
        }
    }
}
