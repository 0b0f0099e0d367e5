//! The walk over the table.

use crate::{
    fields::{Field, fields},
    person::Person,
    world::{DOMAIN, PASSWORD, World},
};
use provost_testkit::Engine;
use serde_json::json;

const DIALECTS: [&str; 4] = ["OCS", "Open-Xchange", "OneOffice", "Hostway"];

/// What is in a login of the walk: a field's place and a dialect's.
fn name_of(field: usize, dialect: usize) -> String {
    format!("ada{field}x{dialect}")
}

fn assert_reads(field: &Field, person: &Person<'_>, expected: &str, set_through: &str) {
    for (face, dialect) in field.faces.iter().zip(DIALECTS) {
        if let Some(read) = face.read {
            assert_eq!(
                read(person),
                expected,
                "{}, set through {set_through}, read through {dialect}",
                field.name
            );
        }
    }
}

/// Each field, set through each dialect that can, reads the same through all that show it.
fn each_field_is_the_same_from_every_side(engine: Engine) {
    let world = World::made(engine);
    for (place, field) in fields().iter().enumerate() {
        for (index, face) in field.faces.iter().enumerate() {
            let Some(write) = face.write else { continue };
            let person = world.person(&name_of(place, index));
            write(&person, field.value);
            if field.name == "password" {
                assert!(
                    person.logs_in(field.value),
                    "set through {}",
                    DIALECTS[index]
                );
                assert!(!person.logs_in(PASSWORD), "set through {}", DIALECTS[index]);
            } else {
                assert_reads(field, &person, field.value, DIALECTS[index]);
            }
        }
    }
}

/// A write through one dialect leaves alone what others hold.
fn no_dialect_loses_what_it_cannot_hold(engine: Engine) {
    let world = World::made(engine);
    let person = world.person("ada");
    let fields = fields();
    // those that others change, or that would lock the person out of the dialects
    let kept: Vec<&Field> = fields
        .iter()
        .filter(|field| !matches!(field.name, "display name" | "password" | "webmail type"))
        .collect();
    for field in &kept {
        if let Some(write) = field.faces.iter().find_map(|face| face.write) {
            write(&person, field.value);
        }
    }
    let shown = |person: &Person<'_>| -> Vec<(&str, Vec<String>)> {
        kept.iter()
            .map(|field| {
                let read = |face: &crate::fields::Face| face.read.map(|read| read(person));
                (field.name, field.faces.iter().filter_map(read).collect())
            })
            .collect()
    };
    let before = shown(&person);
    assert!(
        before
            .iter()
            .all(|(_, shown)| shown.iter().all(|it| !it.is_empty() && it != "null")),
        "{before:?}"
    );

    person.set_ocs("displayname", "Augusta");
    assert_eq!(shown(&person), before, "after a write through OCS");
    person.set_ox("spamlevel", &json!("high"));
    assert_eq!(shown(&person), before, "after a write through Open-Xchange");
    person.set_office(json!({"displayName": "Ada King"}));
    assert_eq!(shown(&person), before, "after a write through OneOffice");
    person.set_hostway("PUT", "/mailbox", &json!({ "password": PASSWORD }));
    person.set_hostway("PUT", "/webmail", &json!({"type": "premium"}));
    assert_eq!(shown(&person), before, "after a write through Hostway");
}

/// Makes a user with this address.
type Make = fn(&World, &str);

/// Whichever dialect makes a user, all of them know it by the same names.
fn a_user_is_the_same_wherever_it_is_made(engine: Engine) {
    let world = World::made(engine);
    let address = |name: &str| format!("{name}@{DOMAIN}");
    let makers: [(&str, Make); 4] = [
        ("OCS", |world, address| {
            let fields = [
                ("userid", address),
                ("email", address),
                ("password", PASSWORD),
            ];
            world.ocs("POST", "users", &fields);
        }),
        ("OneOffice", |world, address| {
            let params = json!({"email": address, "password": PASSWORD});
            world.office("createUser", &params);
        }),
        ("Hostway", |world, address| {
            let name = address.split('@').next().unwrap();
            let path = format!("usernames/{name}/mailbox");
            let answer = world.hostway("PUT", &path, &json!({ "password": PASSWORD }));
            assert_eq!(answer.status, 201, "{}", answer.text());
        }),
        ("command line", |world, address| {
            let arguments = [
                "user", "create", address, "--tenant", "acme", "--email", address,
            ];
            let output = world.server.cli(&arguments);
            assert!(output.status.success(), "{output:?}");
        }),
    ];
    for (place, (maker, make)) in makers.into_iter().enumerate() {
        let name = format!("eve{place}");
        make(&world, &address(&name));
        let mut person = Person {
            world: &world,
            login: address(&name),
            name,
            number: 0,
        };
        let id: i64 = person.office("/id").parse().unwrap();
        person.number = id + 1;
        assert_eq!(person.ocs("/id"), person.address(), "{maker}");
        assert_eq!(person.ocs("/email"), person.address(), "{maker}");
        assert_eq!(person.ox("uidname"), person.address(), "{maker}");
        assert_eq!(person.office("/email"), person.address(), "{maker}");
        assert_eq!(
            person.hostway("/mailbox", "/username"),
            person.name,
            "{maker}"
        );
        assert_eq!(person.office("/isActive"), "true", "{maker}");
    }
}

macro_rules! on_both {
    ($($name:ident)+) => { $(
        mod $name {
            #[test]
            fn sqlite() {
                super::$name(provost_testkit::Engine::Sqlite);
            }

            #[test]
            fn postgres() {
                super::$name(provost_testkit::Engine::Postgres);
            }
        }
    )+ };
}

on_both! {
    each_field_is_the_same_from_every_side
    no_dialect_loses_what_it_cannot_hold
    a_user_is_the_same_wherever_it_is_made
}
