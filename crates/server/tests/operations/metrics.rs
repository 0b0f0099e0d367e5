//! `/metrics`, scraped from a running server.

use std::collections::BTreeSet;

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase, TestServer};

use crate::scrape::{SWITCH, Scrape, metrics_address, scrape};

fn server(engine: Engine, further: &[(&str, &str)]) -> TestServer {
    let variables: Vec<_> = [SWITCH].iter().chain(further).copied().collect();
    TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        TestDatabase::fresh(engine),
        &variables,
    )
}

fn users() -> Request {
    Request::get("/ocs/v2.php/cloud/users")
        .ocs()
        .basic("admin", ADMIN_PASSWORD)
}

/// How often requests with these labels were answered.
fn requests(scrape: &Scrape, labels: &[(&str, &str)]) -> f64 {
    scrape.sum("provost_http_requests_total", labels)
}

fn values_move(engine: Engine) -> Scrape {
    let server = server(engine, &[]);
    let before = scrape(&server);
    for _ in 0..3 {
        assert_eq!(users().send(&server).status, 200);
    }
    Request::post("/ocs/v2.php/cloud/users")
        .ocs()
        .basic("admin", ADMIN_PASSWORD)
        .form(&[("userid", "ada"), ("password", "Long-Enough-99")])
        .send(&server);
    let path = "/ocs/v2.php/cloud/users/nobody-here";
    let unknown = Request::get(path).ocs().basic("admin", ADMIN_PASSWORD);
    assert_eq!(unknown.send(&server).status, 404);
    assert_eq!(Request::get(path).ocs().send(&server).status, 401);
    Request::get("/oneoffice").send(&server);
    Request::get("/set-password").send(&server);
    let after = scrape(&server);

    let list = [
        ("dialect", "ocs"),
        ("route", "/cloud/users"),
        ("method", "GET"),
    ];
    let ok: Vec<_> = list.into_iter().chain([("status", "200")]).collect();
    assert_eq!(requests(&before, &ok), 0.0);
    assert_eq!(requests(&after, &ok), 3.0);
    let times = "provost_http_request_duration_seconds";
    assert_eq!(after.sum(&format!("{times}_count"), &list), 3.0);
    assert!(after.sum(&format!("{times}_sum"), &list) > 0.0);
    let refused = [("route", "/cloud/users/{}"), ("method", "GET")];
    for status in ["404", "401"] {
        let labels: Vec<_> = refused.into_iter().chain([("status", status)]).collect();
        assert_eq!(requests(&after, &labels), 1.0, "{status}\n{}", after.text);
    }
    for dialect in ["oneoffice", "pages"] {
        assert_eq!(requests(&after, &[("dialect", dialect)]), 1.0, "{dialect}");
    }

    let moved = |name: &str| after.sum(name, &[]) - before.sum(name, &[]);
    assert!(moved("provost_store_writes_total") >= 1.0);
    assert!(moved("provost_store_commits_total") >= 1.0);
    assert!(moved("provost_store_commit_duration_seconds_count") >= 1.0);
    // the first login, and the new user's password
    assert_eq!(moved("provost_hashing_duration_seconds_count"), 2.0);
    assert!(moved("provost_hashing_duration_seconds_sum") > 0.0);
    let by_name = [("statement", "users::INSERT")];
    assert_eq!(
        after.sum("provost_statements_total", &by_name)
            - before.sum("provost_statements_total", &by_name),
        1.0
    );
    assert!(after.sum("provost_statement_seconds_total", &by_name) > 0.0);
    assert_eq!(after.sum("provost_build_info", &[]), 1.0);
    assert!(after.sum("process_start_time_seconds", &[]) > 1.7e9);
    assert!(after.sum("process_resident_memory_bytes", &[]) > 1e6);
    assert!(after.has("provost_welcome_mails_waiting"));
    after
}

#[test]
fn values_move_on_sqlite() {
    let after = values_move(Engine::Sqlite);
    assert!(after.sum("provost_sqlite_writes_per_commit_count", &[]) >= 1.0);
    assert_eq!(after.sum("provost_sqlite_queue_length", &[]), 4096.0);
    assert!(after.has("provost_sqlite_waiting_writes"));
    assert!(!after.has("provost_postgres_connections"));
}

#[test]
fn values_move_on_postgres() {
    let after = values_move(Engine::Postgres);
    assert!(after.sum("provost_postgres_connections", &[]) >= 1.0);
    assert!(after.sum("provost_postgres_connections_most", &[]) >= 1.0);
    assert!(after.has("provost_postgres_waiting"));
    assert!(!after.has("provost_sqlite_waiting_writes"));
}

#[test]
fn what_strangers_make_up_makes_no_series() {
    let server = server(Engine::Sqlite, &[]);
    let made_up = |number: usize| {
        for path in [
            format!("/made-up-{number}"),
            format!("/ocs/v2.php/cloud/users/made-up-{number}"),
            format!("/t/made-up-{number}/ocs/v2.php/cloud/users"),
            format!("/accounts/made-up-{number}/email/made-up-{number}.example/usernames/a"),
            format!("/oxaas/v1/admin/contexts/{number}/users/{number}/msisdn"),
            format!("/oneoffice?made-up-{number}"),
            format!("/oneoffice/made-up-{number}"),
        ] {
            for method in ["GET", &format!("MADEUP{number}")] {
                Request::new(method, &path)
                    .header("Host", &format!("made-up-{number}.example"))
                    .header("User-Agent", &format!("made-up-{number}"))
                    .header("X-Request-Id", &format!("made-up-{number}"))
                    .send(&server);
            }
        }
    };
    made_up(0);
    let first: BTreeSet<_> = scrape(&server).series("provost_http").into_iter().collect();
    (1..20).for_each(made_up);
    let after = scrape(&server);
    let last: BTreeSet<_> = after.series("provost_http").into_iter().collect();
    let new: Vec<_> = last.difference(&first).collect();
    assert!(new.is_empty(), "{new:?}");
    assert!(
        !after.text.to_lowercase().contains("made"),
        "{}",
        after.text
    );
    assert!(requests(&after, &[("method", "other")]) > 100.0);
}

#[test]
fn nobodys_name_or_secret_is_told() {
    let server = server(Engine::Sqlite, &[]);
    let made = server.cli(&["tenant", "create", "very-own-tenant"]);
    assert!(made.status.success());
    Request::post("/t/very-own-tenant/ocs/v2.php/cloud/users")
        .ocs()
        .basic("admin@@", ADMIN_PASSWORD)
        .form(&[
            ("userid", "very-own-login"),
            ("password", "very-own-Password-1"),
            ("email", "very-own@example.org"),
        ])
        .send(&server);
    Request::get("/t/very-own-tenant/ocs/v2.php/cloud/users/very-own-login")
        .ocs()
        .basic("very-own-login", "very-own-Password-1")
        .send(&server);
    let text = scrape(&server).text;
    assert!(!text.contains("very-own"), "{text}");
    assert!(!text.contains(ADMIN_PASSWORD), "{text}");
}

#[test]
fn the_public_reads_no_metrics() {
    let server = server(Engine::Sqlite, &[]);
    let answer = Request::get("/metrics")
        .basic("admin", ADMIN_PASSWORD)
        .send(&server);
    assert_eq!(answer.status, 404);
    let address = metrics_address(&server);
    let elsewhere = users().send_to(address).unwrap();
    assert_eq!(elsewhere.status, 404, "metrics alone are there");
    let posted = Request::post("/metrics").send_to(address).unwrap();
    assert_eq!(posted.status, 405);

    let quiet = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    assert!(!quiet.log().contains("metrics on"), "off unless it is set");
}

#[test]
fn guesses_are_counted() {
    let server = server(Engine::Sqlite, &[("PROVOST_THROTTLE", "on")]);
    for _ in 0..2 {
        let guess = users().send(&server);
        assert_eq!(guess.status, 200);
    }
    let wrong = Request::get("/ocs/v2.php/cloud/users")
        .ocs()
        .basic("admin", "a-wrong-one");
    for _ in 0..2 {
        assert_eq!(wrong.send(&server).status, 401);
    }
    let after = scrape(&server);
    assert_eq!(
        after.sum("provost_throttle_wrong_passwords_total", &[]),
        2.0
    );
    assert_eq!(after.sum("provost_throttle_blocked_addresses", &[]), 0.0);
    for name in ["blocks_total", "delayed_total", "refused_total", "waiting"] {
        assert!(after.has(&format!("provost_throttle_{name}")), "{name}");
    }
}
