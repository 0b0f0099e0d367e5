//! The server is killed in the middle of its work, again and again on the same database.

use crate::{
    clients::{Clients, as_administrator},
    server,
    soundness::{all_are_told_of, all_are_whole, nothing_is_half},
    wanted::Wanted,
};
use provost_testkit::{Connection, Engine, PASSWORD, Request, TestServer};
use serde_json::json;
use std::{
    hash::{BuildHasher as _, RandomState},
    thread,
    time::Duration,
};

/// How often it is killed.
const ROUNDS: usize = 6;

/// At most how long the clients may work before that, in milliseconds.
const LONGEST: u64 = 900;

fn what_was_acknowledged_outlives_a_kill(engine: Engine) {
    let mut server = server(engine);
    let mut all = Vec::new();
    for round in 0..ROUNDS {
        let clients = Clients::start(&server, round);
        while clients.count() == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(
            RandomState::new().hash_one(round) % LONGEST,
        ));
        server.sigkill();
        let acknowledged = clients.acknowledged();
        all.extend_from_slice(&acknowledged);

        server.restart();
        all_are_found(&server, &acknowledged);
        server.sigterm_and_wait();
        nothing_is_half(server.database());
        all_are_whole(server.database(), &all);
        server.restart();
    }
    all_are_told_of(&server, &all);
    assert!(all.len() > ROUNDS, "the clients did no work");
}

/// Every acknowledged user is found by its login, by its address and by searching, and can log in if it has a password.
fn all_are_found(server: &TestServer, acknowledged: &[Wanted]) {
    let mut connection = Connection::open(server.address()).unwrap();
    for wanted in acknowledged {
        let (login, email) = (wanted.login(), wanted.email());
        for name in [&login, &email] {
            let request = Request::get(&format!("/ocs/v2.php/cloud/users/{name}?format=json"));
            let answer = connection.send(&as_administrator(request)).unwrap();
            assert_eq!(answer.ocs_code(), 200, "{name} was acknowledged");
            let user = answer.ocs_data();
            for (field, value) in [
                ("id", json!(login)),
                ("email", json!(email)),
                ("displayname", json!(wanted.display_name())),
                ("groups", json!(wanted.groups())),
                ("subadmin", json!(wanted.administers())),
                ("language", json!("de")),
                ("enabled", json!(true)),
            ] {
                assert_eq!(user[field], value, "{field} of {name}");
            }
        }
        let search = format!("/ocs/v2.php/cloud/users?format=json&search={email}");
        let answer = connection
            .send(&as_administrator(Request::get(&search)))
            .unwrap();
        assert_eq!(answer.ocs_data(), json!({ "users": [login] }));
        if wanted.with_password {
            let request = Request::get("/ocs/v2.php/cloud/user?format=json").ocs();
            let answer = connection.send(&request.basic(&email, PASSWORD)).unwrap();
            assert_eq!(answer.ocs_data()["id"], login.as_str());
        }
    }
}

#[test]
fn what_was_acknowledged_outlives_a_kill_on_sqlite() {
    what_was_acknowledged_outlives_a_kill(Engine::Sqlite);
}

#[test]
fn what_was_acknowledged_outlives_a_kill_on_postgres() {
    what_was_acknowledged_outlives_a_kill(Engine::Postgres);
}
