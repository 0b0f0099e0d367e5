//! A running server sees what the command line changes at its next request.

use provost_testkit::{
    ADMIN_PASSWORD, Request, Response, TestDatabase, TestServer, on_both_engines,
};

fn get(server: &TestServer, path: &str, login: &str, password: &str) -> Response {
    Request::get(&format!("{path}?format=json"))
        .header("OCS-APIRequest", "true")
        .basic(login, password)
        .send(server)
}

fn done(server: &TestServer, arguments: &[&str], input: &str) {
    let output = server.cli_with_input(arguments, input);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

const USERS: &str = "/ocs/v1.php/cloud/users";
const OWN: &str = "/ocs/v2.php/cloud/user";

on_both_engines! {
    async fn users_come_change_and_go(database: TestDatabase) {
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &[]);
        let list = || get(&server, USERS, "admin", ADMIN_PASSWORD).ocs_data()["users"].clone();
        assert_eq!(list(), serde_json::json!(["admin"]));

        done(&server, &["user", "create", "ada", "--password-stdin"], "Correct-Horse-77");
        assert_eq!(list(), serde_json::json!(["ada", "admin"]));
        let own = |password: &str| get(&server, OWN, "ada", password).status;
        assert_eq!(own("Correct-Horse-77"), 200);

        // also where the server remembers that it verified the old one
        done(&server, &["user", "password", "ada", "--password-stdin"], "Battery-Staple-8");
        assert_eq!((own("Correct-Horse-77"), own("Battery-Staple-8")), (401, 200));
        done(&server, &["user", "disable", "ada"], "");
        assert_ne!(own("Battery-Staple-8"), 200);
        done(&server, &["user", "enable", "ada"], "");
        assert_eq!(own("Battery-Staple-8"), 200);
        done(&server, &["user", "delete", "ada"], "");
        assert_eq!(own("Battery-Staple-8"), 401);
        assert_eq!(list(), serde_json::json!(["admin"]));
    }

    async fn tenants_come_pause_and_go(database: TestDatabase) {
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &[]);
        let status = || get(&server, "/t/acme/ocs/v2.php/cloud/user", "root", "Correct-Horse-77").status;
        assert_ne!(status(), 200);
        done(&server, &["tenant", "create", "acme"], "");
        done(&server, &["user", "create", "root", "--tenant", "acme", "--admin", "--password-stdin"], "Correct-Horse-77");
        assert_eq!(status(), 200);
        done(&server, &["tenant", "suspend", "acme"], "");
        assert_ne!(status(), 200);
        done(&server, &["tenant", "resume", "acme"], "");
        assert_eq!(status(), 200);
        done(&server, &["tenant", "delete", "acme", "--yes"], "");
        assert_ne!(status(), 200);
    }

    async fn an_app_password_counts_until_it_is_revoked(database: TestDatabase) {
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &[]);
        let made = server.cli(&["user", "app-password", "admin", "--name", "telephone"]);
        let secret = String::from_utf8(made.stdout).expect("UTF-8");
        let status = || get(&server, OWN, "admin", secret.trim_end()).status;
        assert_eq!(status(), 200);
        let list = server.cli(&["user", "app-passwords", "admin", "--json"]);
        let list: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
        done(&server, &["user", "revoke-app-password", "admin", list[0]["id"].as_str().expect("an id")], "");
        assert_eq!(status(), 401);
    }
}
