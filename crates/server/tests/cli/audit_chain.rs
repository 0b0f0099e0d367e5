//! `provost audit head` and `provost audit verify`.

use crate::place::Place;
use provost_testkit::Engine;
use serde_json::Value;
use std::{thread, time::Duration};

/// A tenant of which a server has sealed all entries.
fn sealed_place(engine: Engine) -> Place {
    let place = Place::served(engine);
    place.done(&["tenant", "create", "acme"]);
    place.done(&["user", "create", "ada", "--tenant", "acme"]);
    place.done(&["reseller", "create", "north"]);
    wait_until_sealed(&place);
    place
}

fn wait_until_sealed(place: &Place) {
    while place.database().rows("SELECT COUNT(*) FROM audit_unsealed") != [["0"]] {
        thread::sleep(Duration::from_millis(100));
    }
}

/// A tenant's head as the options of `provost audit verify`.
fn options(head: &Value) -> Vec<String> {
    let mut options = vec![
        "audit".to_owned(),
        "verify".to_owned(),
        format!("--position={}", head["position"]),
        format!("--hash={}", head["hash"].as_str().expect("a hash")),
    ];
    if let Some(slug) = head["tenant"].as_str() {
        options.push(format!("--tenant={slug}"));
    }
    options
}

fn heads_hold_until_the_past_is_changed(engine: Engine) {
    let place = sealed_place(engine);
    let printed = place.done(&["audit", "head", "--json"]);
    let heads: Vec<Value> = serde_json::from_str(&printed).expect("JSON");
    let tenants: Vec<_> = heads.iter().map(|head| head["tenant"].as_str()).collect();
    assert_eq!(tenants, [None, Some("default"), Some("acme")]);
    assert_eq!(heads[2]["position"], 2);
    assert_eq!(
        place.json(&["audit", "head", "--tenant", "acme"])[0],
        heads[2]
    );
    let file = place.database().directory().join("heads.json");
    std::fs::write(&file, &printed).expect("a file");
    let of_file = ["audit", "verify", "--heads", file.to_str().expect("a path")];

    place.done(&["user", "create", "bob", "--tenant", "acme"]);
    wait_until_sealed(&place);
    assert!(
        place
            .done(&of_file)
            .contains("acme, position 2: the chain goes through it")
    );
    for head in &heads {
        let options = options(head);
        let options: Vec<_> = options.iter().map(String::as_str).collect();
        place.done(&options);
    }
    let mut other = heads[2].clone();
    other["hash"] = "00".repeat(32).into();
    let options = options(&other);
    let options: Vec<_> = options.iter().map(String::as_str).collect();
    assert!(place.refused(&options).contains("1 of 1 chains"));

    // somebody cuts the chain, and hides it from check
    let tenant = "(SELECT id FROM tenants WHERE slug = 'acme')";
    let last =
        format!("SELECT id FROM audit_entries WHERE tenant = {tenant} ORDER BY id DESC LIMIT 2");
    let id = match engine {
        Engine::Sqlite => "hex(id)",
        Engine::Postgres => "encode(id, 'hex')",
    };
    for row in place.database().rows(&last.replacen("id", id, 1)) {
        for table in ["audit_entries", "events"] {
            place.database().rows(&format!(
                "DELETE FROM {table} WHERE lower({id}) = lower('{}')",
                row[0]
            ));
        }
    }
    place.database().rows(&format!(
        "DELETE FROM audit_seals WHERE tenant = {tenant} AND first_entry > 1"
    ));
    let output = place.run(&of_file, "");
    let told = crate::place::text(&output.stdout);
    assert!(
        told.contains("acme, position 2: the chain") && !output.status.success(),
        "{told}"
    );
    assert!(
        told.contains("default, position 2: the chain goes through it"),
        "{told}"
    );
}

#[test]
fn heads_hold_until_the_past_is_changed_on_sqlite() {
    heads_hold_until_the_past_is_changed(Engine::Sqlite);
}

#[test]
fn heads_hold_until_the_past_is_changed_on_postgres() {
    heads_hold_until_the_past_is_changed(Engine::Postgres);
}

#[test]
fn what_is_no_head_is_refused() {
    let place = Place::alone(Engine::Sqlite);
    place.done(&["tenant", "create", "acme"]);
    let refused = place.refused(&[
        "audit",
        "verify",
        "--tenant",
        "acme",
        "--position",
        "1",
        "--hash",
        "abc",
    ]);
    assert!(refused.contains("64 hexadecimal digits"), "{refused}");
    let file = place.database().directory().join("none.json");
    let refused = place.refused(&["audit", "verify", "--heads", file.to_str().expect("a path")]);
    assert!(refused.contains("none.json"), "{refused}");
    let hash = "00".repeat(32);
    place.refused(&[
        "audit",
        "verify",
        "--tenant",
        "nobody",
        "--position",
        "1",
        "--hash",
        &hash,
    ]);
    // nothing of it was ever sealed
    assert_eq!(place.json(&["audit", "head"]), Value::Array(Vec::new()));
    place.refused(&[
        "audit",
        "verify",
        "--tenant",
        "acme",
        "--position",
        "1",
        "--hash",
        &hash,
    ]);
}
