//! Provost's own API: every operation as everybody, and what credentials of one tenant are answered for another.

use crate::{
    answers::{checked, written},
    table::ACTORS,
    world::{Actor, NOBODYS, Tenant, World},
};
use provost_testkit::{Engine, Request, Response};
use std::sync::atomic::{AtomicU32, Ordering};

/// What each of [`ACTORS`] is answered where it asks for an import. Hashes and administrators come along, so that a key or app password
/// has to reach as far as an administrator does.
const IMPORT: [u16; 12] = [200, 200, 200, 403, 403, 403, 403, 200, 403, 403, 403, 403];

fn import(tenant: &str, login: &str) -> Request {
    let line = format!("{{\"type\":\"user\",\"login\":\"{login}\"}}\n");
    Request::post(&format!("/t/{tenant}/api/v1/import")).body("application/x-ndjson", line)
}

/// A login that nobody has.
fn fresh(tenant: &Tenant) -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let nth = MADE.fetch_add(1, Ordering::Relaxed);
    format!("{}-imported{nth}", tenant.marker)
}

fn ask(tenant: &Tenant, actor: &Actor, login: &str) -> Response {
    let request = actor.signed(import(tenant.marker, login));
    checked(tenant.marker, request.send(&tenant.server))
}

/// How many users a tenant has, as its administrators see it.
fn count(tenant: &Tenant) -> usize {
    let list = format!("/t/{}/ocs/v2.php/cloud/users?format=json", tenant.marker);
    let answer = tenant
        .actor("administrator")
        .signed(Request::get(&list).ocs())
        .send(&tenant.server);
    answer.ocs_data()["users"].as_array().unwrap().len()
}

fn walk(engine: Engine) {
    let world = World::made(engine);
    let ours = &world.ours;
    for (actor, wanted) in ours.actors.iter().zip(IMPORT) {
        let before = count(ours);
        let answer = ask(ours, actor, &fresh(ours));
        assert_eq!(answer.status, wanted, "{}: {}", actor.name, answer.text());
        let made = usize::from(wanted == 200);
        assert_eq!(count(ours), before + made, "{}", actor.name);
    }
    assert_eq!(ACTORS.len(), IMPORT.len());
    for actor in &ours.refused {
        assert_eq!(ask(ours, actor, &fresh(ours)).status, 401, "{}", actor.name);
    }
    let before = count(&world.other);
    for actor in ours.actors.iter().filter(|actor| actor.name != "operator") {
        let [there, nowhere] = [world.other.marker, NOBODYS].map(|slug| {
            let request = actor.signed(import(slug, "intruder"));
            written(&request.send(&ours.server))
        });
        assert_eq!(there, nowhere, "{}", actor.name);
        assert!(there.starts_with("401"), "{}: {there}", actor.name);
    }
    // a line cannot name another tenant either
    let line = format!(
        "{{\"type\":\"user\",\"tenant\":\"{}\",\"login\":\"intruder\"}}\n{{\"type\":\"tenant\",\"slug\":\"new\"}}\n",
        world.other.marker
    );
    let request = Request::post(&format!("/t/{}/api/v1/import", ours.marker));
    let answer = ours
        .actor("administrator")
        .signed(request.body("application/x-ndjson", line))
        .send(&ours.server);
    assert!(answer.text().contains("\"refused\":2"), "{}", answer.text());
    assert_eq!(count(&world.other), before);
}

#[test]
fn nothing_shows_through_imports_on_sqlite() {
    walk(Engine::Sqlite);
}

#[test]
fn nothing_shows_through_imports_on_postgres() {
    walk(Engine::Postgres);
}

#[test]
fn every_operation_is_walked() {
    let operations: Vec<_> = provost_native::operations()
        .map(|route| (route.method, route.pattern))
        .collect();
    assert_eq!(
        operations,
        [("POST", "/api/v1/import")],
        "walk the new operation in tests/isolation/native.rs"
    );
}
