//! One directory, seen from two sides.

use crate::world::{ACME, OPERATOR, World, on_both_engines};
use provost_testkit::{Request, Response};
use serde_json::{Value, json};

fn ocs(world: &World, method: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let answer = Request::new(method, &format!("/t/acme/ocs/v2.php/cloud/{path}"))
        .ocs()
        .header("Accept", "application/json")
        .basic(OPERATOR.0, OPERATOR.1)
        .form(form)
        .send(&world.server);
    assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text());
    answer
}

fn shown(world: &World) -> Value {
    let mut user = ocs(world, "GET", "users/johndoe@example.com", &[]).ocs_data();
    for times in ["lastLogin", "lastLoginTimestamp"] {
        user[times].take();
    }
    user
}

#[test]
fn neither_dialect_loses_what_the_other_wrote() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        ocs(
            &world,
            "PUT",
            "users/johndoe@example.com",
            &[("key", "displayname"), ("value", "John Döe")],
        );
        ocs(
            &world,
            "PUT",
            "users/johndoe@example.com",
            &[("key", "quota"), ("value", "5 GB")],
        );
        let before = shown(&world);
        let values = [
            ("msisdn", json!("+49.12345.6789")),
            ("oxdeliverystatus", json!("OXAAS")),
            ("custom", json!(["a", "b"])),
            ("oxlegacyref", json!("LEG_1")),
            ("classofservice", json!("cloud_pim")),
        ];
        for (key, value) in &values {
            let set = world.ask(
                OPERATOR,
                "PUT",
                &world.of_john(key),
                Some(json!({ *key: value })),
            );
            assert_eq!(set.status, 200, "{key}");
        }
        assert_eq!(shown(&world), before);
        ocs(
            &world,
            "PUT",
            "users/johndoe@example.com",
            &[("key", "displayname"), ("value", "Johnny")],
        );
        ocs(
            &world,
            "PUT",
            "users/johndoe@example.com",
            &[("key", "email"), ("value", "johnny@example.com")],
        );
        for (key, value) in &values {
            world.expect(
                "GET",
                &world.of_john(key),
                None,
                200,
                &json!({ *key: value }),
            );
        }
        // the address is the uidname, and the login finds it too
        world.expect(
            "GET",
            &world.of_john("uidname"),
            None,
            200,
            &json!({"uidname": "johnny@example.com"}),
        );
        for name in ["johnny@example.com", "johndoe@example.com"] {
            let found = world.ask(
                OPERATOR,
                "GET",
                &format!("/admin/oxuser?search={name}&field=UIDNAME"),
                None,
            );
            assert_eq!(found.json()["user-id"], json!(world.john), "{name}");
        }
        // what goes leaves nothing: the number and the ids are free
        let other = world.user("beta", "ada@beta.example");
        ocs(&world, "DELETE", "users/johndoe@example.com", &[]);
        let gone = world.ask(OPERATOR, "GET", &world.of_john("msisdn"), None);
        assert_eq!(gone.status, 404);
        for query in [
            "search=LEG_1",
            "search=a&field=CUSTOM",
            "search=OXAAS",
            "search=49123456789",
        ] {
            assert_eq!(
                world
                    .ask(OPERATOR, "GET", &format!("/admin/oxuser?{query}"), None)
                    .status,
                404,
                "{query}"
            );
        }
        let path = format!("/admin/contexts/25/users/{other}/msisdn");
        assert_eq!(
            world
                .ask(
                    OPERATOR,
                    "PUT",
                    &path,
                    Some(json!({"msisdn": "+49.12345.6789"}))
                )
                .status,
            200
        );
        // and numbers of users are never given again
        let next = world.user("acme", "next@example.com");
        assert!(next > world.john);
        assert_eq!(ACME, 24);
    });
}

#[test]
fn a_deleted_tenants_numbers_are_free() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let number = json!({"msisdn": "+49 1"});
        let foreign = format!("/admin/contexts/26/users/{}/msisdn", world.foreign);
        assert_eq!(
            world
                .ask(OPERATOR, "PUT", &foreign, Some(number.clone()))
                .status,
            200
        );
        assert_eq!(
            world
                .ask(
                    OPERATOR,
                    "PUT",
                    &world.of_john("msisdn"),
                    Some(number.clone())
                )
                .status,
            400
        );
        let deleted = world.server.cli(&["tenant", "delete", "foreign", "--yes"]);
        assert!(deleted.status.success(), "{deleted:?}");
        assert_eq!(
            world
                .ask(OPERATOR, "PUT", &world.of_john("msisdn"), Some(number))
                .status,
            200
        );
    });
}
