//! The first start, and those after it.

use crate::process::{Server, provost};
use provost_testkit::{ADMIN_PASSWORD, Request, TestDatabase, on_both_engines};

fn logs_in(server: &Server, login: &str, password: &str) -> bool {
    let answer = Request::get("/ocs/v1.php/cloud/user?format=json")
        .header("OCS-APIRequest", "true")
        .basic(login, password)
        .send_to(server.address)
        .expect("an answer");
    answer.ocs_code() == 100
}

on_both_engines! {
    async fn a_generated_password_is_printed_once_and_works(database: TestDatabase) {
        let server = Server::start(&database, &[]);
        let password = server.printed.lines().find_map(|line| line.trim().strip_prefix("password: "));
        let password = password.unwrap_or_else(|| panic!("no password: {}", server.printed)).trim().to_owned();
        assert_eq!(password.len(), 20);
        assert!(server.printed.contains("login:    admin"), "{}", server.printed);
        assert!(logs_in(&server, "admin", &password));
        drop(server);

        let server = Server::start(&database, &[]);
        assert_eq!(server.printed.lines().count(), 1, "{}", server.printed);
        assert!(logs_in(&server, "admin", &password));
    }

    async fn a_given_password_is_used_and_not_printed(database: TestDatabase) {
        let given = [("PROVOST_ADMIN_USER", "root"), ("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)];
        let server = Server::start(&database, &given);
        assert_eq!(server.printed.lines().count(), 1, "{}", server.printed);
        assert!(logs_in(&server, "root", ADMIN_PASSWORD));
        drop(server);

        // it counts at the first start alone
        let server = Server::start(&database, &[("PROVOST_ADMIN_USER", "root"), ("PROVOST_ADMIN_PASSWORD", "Another-One-55")]);
        assert!(logs_in(&server, "root", ADMIN_PASSWORD));
        assert!(!logs_in(&server, "root", "Another-One-55"));
    }

    async fn a_weak_password_is_taken_from_who_starts_the_server(database: TestDatabase) {
        let server = Server::start(&database, &[("PROVOST_ADMIN_PASSWORD", "secret")]);
        assert!(logs_in(&server, "admin", "secret"));
    }

    async fn an_overlong_password_ends_it_with_nothing_made(database: TestDatabase) {
        let overlong = "Xq7-".repeat(120);
        let output = provost(&database, &[("PROVOST_ADMIN_PASSWORD", &overlong), ("PROVOST_LOG", "off")])
            .args(["serve", "--listen", "127.0.0.1:0"])
            .output()
            .expect("it ends");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert_eq!(error, "provost: PROVOST_ADMIN_PASSWORD: the password must have at most 469 characters; nothing was made\n");
        assert!(output.stdout.is_empty(), "it never listened");
        // so the next start is still the first
        assert!(Server::start(&database, &[]).printed.contains("password: "));
    }
}
