//! The OneOffice dialect: every method as everybody, and what keys of other tenants are answered.

use crate::{
    answers::checked,
    table::ACTORS,
    world::{Actor, NOBODYS, OURS, THEIRS, Tenant, World},
};
use provost_testkit::{Engine, Request, Response};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

/// Each method, and who may call it: keys that read, provision, administer, and do a partner's work. Nobody else may call anything.
const METHODS: [(&str, [bool; 4]); 9] = [
    ("createUser", [false, true, true, false]),
    ("updateUserByEmail", [false, true, true, false]),
    ("resetPasswordByEmail", [false, true, true, false]),
    ("getUserByEmail", [true, true, true, false]),
    ("deleteUserByEmail", [false, true, true, false]),
    ("listUsers", [true, true, true, false]),
    ("createCustomer", [false, false, false, true]),
    ("createFirstOrder", [false, false, false, true]),
    ("createRenewalOrder", [false, false, false, true]),
];
const KEYS: [&str; 4] = ["key:read", "key:provision", "key:admin", "key:partner"];

/// A text that no other call has.
fn fresh(kind: &str) -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("{kind}{}", MADE.fetch_add(1, Ordering::Relaxed))
}

fn request(slug: &str, method: &str, params: &Value) -> Request {
    Request::post(&format!("/t/{slug}/oneoffice"))
        .json(&json!({ "method": method, "params": params }))
}

fn ask(tenant: &Tenant, actor: &Actor, method: &str, params: &Value) -> Response {
    let request = actor.signed(request(tenant.marker, method, params));
    checked(tenant.marker, request.send(&tenant.server))
}

fn done(tenant: &Tenant, key: &str, method: &str, params: &Value) {
    let answer = ask(tenant, tenant.actor(key), method, params);
    assert_eq!(answer.status, 200, "{method}: {}", answer.text());
}

/// A new user's address, and a new customer and order of the tenant's partner.
fn targets(tenant: &Tenant) -> (String, String, String) {
    let marker = tenant.marker;
    let email = format!("{marker}-{}@{marker}.example", fresh("u"));
    done(
        tenant,
        "key:provision",
        "createUser",
        &json!({ "email": email, "password": "demo1234" }),
    );
    let (customer, order) = (fresh("c"), fresh("o"));
    done(
        tenant,
        "key:partner",
        "createCustomer",
        &new_customer(marker, &customer),
    );
    done(
        tenant,
        "key:partner",
        "createFirstOrder",
        &first_order(&customer, &order),
    );
    (email, customer, order)
}

fn new_customer(marker: &str, id: &str) -> Value {
    let email = format!("{marker}-{}@{}.example", fresh("boss"), fresh("customer"));
    json!({ "id": id, "name": format!("{marker} {id}"), "admin": { "email": email } })
}

fn first_order(customer: &str, id: &str) -> Value {
    json!({ "customer": customer, "id": id, "product": "oo-lite", "licenses": 1, "duration": "yearly" })
}

/// What a method is asked about these; none if this test does not know the method.
fn params(
    method: &str,
    marker: &str,
    (email, customer, order): &(String, String, String),
) -> Option<Value> {
    Some(match method {
        "createUser" => {
            let email = format!("{marker}-{}@{marker}.example", fresh("n"));
            json!({ "email": email, "password": "demo1234" })
        }
        "updateUserByEmail" => {
            json!({ "email": email, "displayName": format!("{marker} Renamed"), "isActive": false })
        }
        "resetPasswordByEmail" => json!({ "email": email, "password": "onemoretime" }),
        "getUserByEmail" | "deleteUserByEmail" => json!({ "email": email }),
        "listUsers" => json!({ "search": format!("{marker}-"), "limit": 5 }),
        "createCustomer" => new_customer(marker, &fresh("c")),
        "createFirstOrder" => first_order(customer, &fresh("o")),
        "createRenewalOrder" => json!({ "parent": order, "id": fresh("o") }),
        _ => return None,
    })
}

fn everybody_gets_what_is_written(tenant: &Tenant) {
    let names: Vec<&str> = tenant.actors.iter().map(|actor| actor.name).collect();
    assert_eq!(names, ACTORS);
    for (method, allowed) in METHODS {
        for actor in tenant.actors.iter().chain(&tenant.refused) {
            let params = params(method, tenant.marker, &targets(tenant)).unwrap();
            let answer = ask(tenant, actor, method, &params);
            let may = KEYS
                .iter()
                .zip(allowed)
                .any(|(key, may)| *key == actor.name && may);
            let status = if may { 200 } else { 401 };
            assert_eq!(
                answer.status,
                status,
                "{method} by {}: {}",
                actor.name,
                answer.text()
            );
        }
    }
}

/// Keys of one tenant for another: by path, by instance, and by what only the other has.
fn nothing_of_another_shows(ours: &Tenant, theirs: &Tenant) {
    let there = targets(theirs);
    let nowhere = (
        format!("{}@{NOBODYS}.example", fresh("u")),
        fresh("c"),
        fresh("o"),
    );
    let send = |key: &str, slug: &str, method: &str, params: &Value| {
        let answer = ours
            .actor(key)
            .signed(request(slug, method, params))
            .send(&ours.server);
        (answer.status, answer.text())
    };
    for (method, _) in METHODS {
        for key in KEYS {
            let mut asked = params(method, OURS, &there).unwrap();
            let by_path = send(key, theirs.marker, method, &asked);
            assert_eq!(
                by_path,
                send(key, NOBODYS, method, &asked),
                "{method} by {key}"
            );
            assert_eq!(by_path.0, 401);
            let mut by_instance = |instance: &str| {
                asked["instance"] = instance.into();
                send(key, ours.marker, method, &asked)
            };
            let there = by_instance(theirs.marker);
            assert_eq!(there, by_instance(NOBODYS), "{method} by {key}");
            assert_eq!(there.0, 401);
        }
    }
    for (method, key) in [
        ("updateUserByEmail", "key:admin"),
        ("resetPasswordByEmail", "key:admin"),
        ("getUserByEmail", "key:read"),
        ("deleteUserByEmail", "key:admin"),
        ("createFirstOrder", "key:partner"),
        ("createRenewalOrder", "key:partner"),
    ] {
        let [here, never] = [&there, &nowhere].map(|about| {
            send(
                key,
                ours.marker,
                method,
                &params(method, OURS, about).unwrap(),
            )
        });
        assert_eq!(here, never, "{method}");
        assert_eq!(here.0, 400, "{method}: {}", here.1);
    }
}

fn walk(engine: Engine) {
    let world = World::made(engine);
    everybody_gets_what_is_written(&world.ours);
    let everything = |tenant: &Tenant| {
        let answer = ask(tenant, tenant.actor("key:read"), "listUsers", &json!({}));
        answer.json().as_array().unwrap().len()
    };
    let before = everything(&world.other);
    nothing_of_another_shows(&world.ours, &world.other);
    // those that the walk itself made
    assert_eq!(everything(&world.other), before + 1, "{THEIRS} was changed");
}

#[test]
fn nothing_shows_through_oneoffice_on_sqlite() {
    walk(Engine::Sqlite);
}

#[test]
fn nothing_shows_through_oneoffice_on_postgres() {
    walk(Engine::Postgres);
}

#[test]
fn every_method_is_walked() {
    let walked: Vec<&str> = METHODS.iter().map(|(method, _)| *method).collect();
    let methods: Vec<&str> = provost_oneoffice::operations().collect();
    assert_eq!(
        walked, methods,
        "say in tests/isolation/oneoffice.rs who may call each method, and how it is asked for"
    );
}
