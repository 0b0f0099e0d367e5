//! `/healthz` and `/readyz`.

use provost_testkit::{Engine, Request, TestDatabase, TestServer, on_both_engines};

on_both_engines! {
    async fn both_answer_ok_in_plain_text(database: TestDatabase) {
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &[]);
        for path in ["/healthz", "/readyz"] {
            let answer = Request::get(path).send(&server);
            assert_eq!((answer.status, answer.text().as_str()), (200, "ok"), "{path}");
            assert!(answer.header("Content-Type").is_some_and(|kind| kind.starts_with("text/plain")));
            assert!(Request::new("HEAD", path).send(&server).body.is_empty());
        }
    }
}

/// A suspended or unknown tenant is no reason to take the server out of service.
#[test]
fn they_are_for_no_tenant() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    assert!(
        server
            .cli(&["tenant", "suspend", "default"])
            .status
            .success()
    );
    let answer = Request::get("/readyz")
        .header("Host", "unheard-of.example")
        .send(&server);
    assert_eq!((answer.status, answer.text().as_str()), (200, "ok"));
}

/// The process lives, but must get no requests.
#[test]
fn a_lost_database_makes_it_unready_but_not_dead() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Postgres);
    let url = server.database().url();
    let (address, name) = url.rsplit_once('/').expect("a name in the URL");
    let dropped = std::process::Command::new("psql")
        .args([
            &format!("{address}/postgres"),
            "--quiet",
            "--command",
            &format!("DROP DATABASE {name} WITH (FORCE)"),
        ])
        .status()
        .expect("psql runs");
    assert!(dropped.success());
    assert_eq!(Request::get("/healthz").send(&server).status, 200);
    let answer = Request::get("/readyz").send(&server);
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (503, "unavailable")
    );
}
