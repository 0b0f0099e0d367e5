//! Guesses of passwords.

use super::*;
use provost_testkit::{ADMIN_PASSWORD, on_both_engines};
use serde_json::Value;

/// The paths of one operation in both versions and formats, and the HTTP status of the refusal there.
const STYLES: [(&str, u16); 4] = [
    ("/ocs/v1.php/cloud/user", 200),
    ("/ocs/v1.php/cloud/user?format=json", 200),
    ("/ocs/v2.php/cloud/user", 429),
    ("/ocs/v2.php/cloud/user?format=json", 429),
];

fn assert_is_throttled(response: &Response, path: &str, status: u16) {
    assert_eq!(
        (response.status, response.ocs_code()),
        (status, 429),
        "{path}"
    );
    assert!(response.text().contains("Reached maximum delay"), "{path}");
    let kind = if path.ends_with("json") {
        "application/json; charset=utf-8"
    } else {
        "text/xml; charset=UTF-8"
    };
    assert_eq!(response.header("Content-Type"), Some(kind), "{path}");
    assert_eq!(response.header("WWW-Authenticate"), None, "{path}");
    let seconds: u32 = response.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=1800).contains(&seconds), "{seconds}");
}

on_both_engines! {
    async fn the_twelfth_wrong_password_is_answered_429(database: TestDatabase) {
        let mut server = started(database);
        for name in ["ada", "eve"] {
            cli(&server, &["user", "create", name, "--tenant", "default", "--password-stdin"], PASSWORD);
        }
        let admin = Caller { server: &server, from: "192.0.2.1", login: "admin", password: ADMIN_PASSWORD };
        assert_eq!(admin.status(), 200);
        let made = admin.get("/ocs/v2.php/core/getapppassword?format=json");
        let app_password = made.ocs_data()["apppassword"].as_str().unwrap().to_owned();

        let guesser = admin.with("ada", WRONG);
        for (nth, (path, _)) in STYLES.into_iter().cycle().take(11).enumerate() {
            assert_eq!(guesser.get(path).status, 401, "{nth}");
        }
        for (path, status) in STYLES {
            for shown in [guesser, guesser.with("ada", PASSWORD), guesser.with("nobody", WRONG)] {
                assert_is_throttled(&shown.get(path), path, status);
            }
        }
        // on a path that leads nowhere too, as wrong passwords are
        assert_eq!(guesser.get("/ocs/v2.php/nowhere").status, 429);

        // what is no guess goes on, and so does everybody elsewhere
        assert_eq!(admin.status(), 200);
        assert_eq!(admin.with("admin", &app_password).status(), 200);
        let bearer = Request::get("/ocs/v2.php/cloud/user")
            .header("X-Forwarded-For", "192.0.2.1")
            .bearer(&app_password);
        assert_eq!(bearer.send(&server).status, 200);
        let elsewhere = Caller { from: "192.0.2.1, 192.0.2.2, 10.0.0.9", ..guesser };
        assert_eq!(elsewhere.with("eve", PASSWORD).status(), 200);
        assert_eq!(Request::get("/healthz").send(&server).status, 200);

        server.sigterm_and_wait();
        let entries: Value = serde_json::from_str(&cli(&server, &["audit", "list", "--json"], "")).unwrap();
        let told: Vec<_> = entries
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["action"].as_str().unwrap().starts_with("throttle."))
            .map(|entry| (entry["action"].as_str().unwrap(), entry["actor"].as_str().unwrap(), entry["subject"].as_str().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("throttle.block_began", "server", "192.0.2.1"),
                ("throttle.block_ended", "server", "192.0.2.1"),
            ]
        );
        assert!(!server.log().contains(PASSWORD) && !entries.to_string().contains(WRONG));
    }
}

#[test]
fn the_log_tells_where_requests_come_from() {
    let mut server = started_on_sqlite();
    let admin = Caller {
        server: &server,
        from: "2001:db8::7",
        login: "admin",
        password: ADMIN_PASSWORD,
    };
    assert_eq!(admin.status(), 200);
    let direct = Request::get("/ocs/v2.php/cloud/user").ocs();
    assert_eq!(direct.send(&server).status, 401);
    server.sigterm_and_wait();
    let sources: Vec<String> = server
        .log()
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["target"] == "access")
        .map(|line| line["source"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(sources, ["2001:db8::7", "127.0.0.1"]);
}

/// Guesses from very many addresses at once, and tokens besides.
#[test]
fn a_flood_of_guesses_leaves_tokens_alone() {
    let server = started_on_sqlite();
    let key = cli(&server, &["key", "create", "--tenant", "default"], "");
    let key = key.trim();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let server = &server;
            scope.spawn(move || {
                for nth in 0..40 {
                    let from = format!("192.0.2.{}", (thread * 40 + nth) % 10);
                    let guesser = Caller {
                        server,
                        from: &from,
                        login: "admin",
                        password: WRONG,
                    };
                    let status = guesser.status();
                    assert!(matches!(status, 401 | 429 | 503), "{status}");
                }
            });
        }
        for _ in 0..200 {
            let users = Request::get("/ocs/v2.php/cloud/users").bearer(key);
            assert_eq!(users.send(&server).status, 200);
        }
    });
}

/// The switch for tests.
#[test]
fn nothing_is_throttled_when_that_is_off() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let guesser = Caller {
        server: &server,
        from: "192.0.2.1",
        login: "admin",
        password: WRONG,
    };
    for _ in 0..20 {
        assert_eq!(guesser.status(), 401);
    }
    assert_eq!(guesser.with("admin", ADMIN_PASSWORD).status(), 200);
}
