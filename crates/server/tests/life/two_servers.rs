//! Two servers on one database.

use crate::process::{Server, provost};
use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase};

const PASSWORD: [(&str, &str); 1] = [("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)];

#[test]
fn a_second_server_on_one_file_refuses_to_start() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let first = Server::start(&database, &PASSWORD);
    let second = provost(&database, &PASSWORD)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .output()
        .expect("it ends");
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stdout.is_empty(), "it never listened");
    let error = String::from_utf8_lossy(&second.stderr);
    assert!(error.contains("another server"), "{error}");
    let answer = Request::get("/readyz")
        .send_to(first.address)
        .expect("an answer");
    assert_eq!(answer.status, 200, "the first one is not disturbed");
}

#[test]
fn a_file_is_free_again_after_its_server() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    drop(Server::start(&database, &PASSWORD));
    Server::start(&database, &PASSWORD);
}

#[test]
fn postgres_serves_many() {
    let database = TestDatabase::fresh(Engine::Postgres);
    let servers = [
        Server::start(&database, &PASSWORD),
        Server::start(&database, &[]),
    ];
    let made = Request::post("/ocs/v1.php/cloud/groups?format=json")
        .header("OCS-APIRequest", "true")
        .basic("admin", ADMIN_PASSWORD)
        .form(&[("groupid", "staff")])
        .send_to(servers[0].address)
        .expect("an answer");
    assert_eq!(made.ocs_code(), 100);
    let seen = Request::get("/ocs/v1.php/cloud/groups?format=json")
        .header("OCS-APIRequest", "true")
        .basic("admin", ADMIN_PASSWORD)
        .send_to(servers[1].address)
        .expect("an answer");
    assert_eq!(
        seen.ocs_data()["groups"],
        serde_json::json!(["admin", "staff"])
    );
}

#[test]
fn an_address_in_use_is_told() {
    let first = TestDatabase::fresh(Engine::Sqlite);
    let server = Server::start(&first, &PASSWORD);
    let other = TestDatabase::fresh(Engine::Sqlite);
    let output = provost(&other, &PASSWORD)
        .args(["serve", "--listen", &server.address.to_string()])
        .output()
        .expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains(&format!("cannot listen on {}", server.address)),
        "{error}"
    );
}
