//! The kinds of authentication, and the switch for operators.

use crate::world::{
    BOSS, FOREIGN_BOSS, Login, MONITORING, OPERATOR, RESELLER, TENNANT, USER, World, error,
    on_both_engines,
};
use provost_testkit::{PASSWORD, Request};
use serde_json::json;

const NOBODY: Login = ("nobody", "nothing");

#[test]
fn a_reseller_learns_that_a_context_is_not_there_and_an_outsider_nothing() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let of =
            |context: &str, user: i64| format!("/admin/contexts/{context}/users/{user}/uidname");
        // another's context, none, and what is no id, alike
        for (context, user) in [
            ("26", world.foreign),
            ("99", 3),
            ("abc", 3),
            ("0", 3),
            ("-24", 3),
            ("99999999999999999999", 3),
        ] {
            let path = of(context, user);
            let missing = (404, format!("The context {context} does not exist!"));
            assert_eq!(error(&world.ask(RESELLER, "GET", &path, None)), missing);
            for login in [
                BOSS,
                FOREIGN_BOSS,
                USER,
                NOBODY,
                ("", ""),
                ("boss@@acme", PASSWORD),
            ] {
                if login == FOREIGN_BOSS && context == "26" {
                    continue;
                }
                let refused = world.ask(login, "GET", &path, None);
                assert_eq!(
                    error(&refused),
                    (401, "Authentication failed".to_owned()),
                    "{login:?} {path}"
                );
                assert!(
                    refused
                        .header("WWW-Authenticate")
                        .unwrap()
                        .starts_with("Basic ")
                );
            }
        }
        for context in ["99", "abc"] {
            let missing = (404, format!("The context {context} does not exist!"));
            assert_eq!(
                error(&world.ask(OPERATOR, "GET", &of(context, 3), None)),
                missing
            );
        }
        for user in ["999", "0", "-3", "abc", "99999999999999999999", "+3", "%00"] {
            for login in [RESELLER, BOSS, OPERATOR] {
                let path = format!("/admin/contexts/24/users/{user}/uidname");
                let answer = world.ask(login, "GET", &path, None);
                assert_eq!(answer.status, 404, "{login:?} {path}: {}", answer.text());
                if user != "%00" {
                    assert_eq!(
                        error(&answer).1,
                        format!("No such user {user} in context 24")
                    );
                }
            }
        }
    });
}

#[test]
fn credentials_are_read_as_clients_write_them() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let path = format!("/oxaas/v1{}", world.of_john("uidname"));
        let with = |value: &str| {
            Request::get(&path)
                .header("Authorization", value)
                .send(&world.server)
                .status
        };
        let basic = |text: &[u8]| {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD.encode(text)
        };
        let good = basic(format!("boss:{PASSWORD}").as_bytes());
        for scheme in ["Basic", "basic", "BASIC"] {
            assert_eq!(with(&format!("{scheme} {good}")), 200);
        }
        for wrong in [
            String::new(),
            "Basic".to_owned(),
            "Basic !!!".to_owned(),
            format!("Bearer {good}"),
            format!("Digest {good}"),
            format!("Basic {}", basic(b"boss")),
            format!("Basic {}", basic(b"boss:")),
            format!("Basic {}", basic(b":")),
            format!("Basic {}", basic(b"b\xf6ss:x")),
            format!("Basic {}", basic(&[0, 255, 58, 0])),
        ] {
            assert_eq!(with(&wrong), 401, "{wrong:?}");
        }
        assert_eq!(Request::get(&path).send(&world.server).status, 401);
    });
}

#[test]
fn without_the_override_operators_pass_nowhere_but_as_administrators_of_their_own_context() {
    on_both_engines(|engine| {
        let world = World::with(engine, &[("PROVOST_MASTER_OVERRIDE", "off")]);
        for (login, path, status) in [
            (OPERATOR, "/admin/oxuser?search=boss", 401),
            (OPERATOR, "/admin/forwards/24", 401),
            (OPERATOR, "/admin/contexts/24/users/2/uidname", 401),
            (OPERATOR, "/admin/contexts/99/users/2/uidname", 401),
            // it is a member of `admin` in the first context
            (OPERATOR, "/admin/contexts/1/users/2/uidname", 200),
            (RESELLER, "/admin/oxuser?search=boss", 200),
            (RESELLER, "/admin/contexts/24/users/2/uidname", 200),
            (BOSS, "/admin/contexts/24/users/2/uidname", 200),
        ] {
            assert_eq!(
                world.ask(login, "GET", path, None).status,
                status,
                "{login:?} {path}"
            );
        }
    });
}

#[test]
fn each_kind_lets_its_own_pass() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let passes =
            |login, method, path: &str, body| world.ask(login, method, path, body).status != 401;
        let user = world.of_john("spamlevel");
        let level = || Some(json!({"spamlevel": "low"}));
        let search = "/admin/oxuser?search=boss";
        let sessions = "/admin/sessions/?contextId=24";
        let shared = "/admin/sharedmaildomains/*";
        let forwards = "/admin/forwards/24";
        let routes: [(&str, &str, bool); 6] = [
            ("GET", &user, false),
            ("PUT", &user, true),
            ("GET", search, false),
            ("DELETE", sessions, false),
            ("GET", shared, false),
            ("GET", forwards, false),
        ];
        for (login, wanted) in [
            (BOSS, [true, true, false, false, false, false]),
            (RESELLER, [true, true, true, true, true, true]),
            // contextAdminOnlyAuth has no override
            (OPERATOR, [true, false, true, true, true, true]),
            (TENNANT, [false, false, false, false, true, true]),
            (MONITORING, [false, false, false, true, false, false]),
            (USER, [false; 6]),
            (FOREIGN_BOSS, [false; 6]),
            (NOBODY, [false; 6]),
            ((TENNANT.0, "wrong"), [false; 6]),
            ((MONITORING.0, ""), [false; 6]),
        ] {
            let given = routes.map(|(method, path, body)| {
                passes(login, method, path, if body { level() } else { None })
            });
            assert_eq!(given, wanted, "{login:?}");
        }
        // secrets reach no log
        let log = world.server.log();
        for (_, secret) in [TENNANT, MONITORING, RESELLER] {
            assert!(!log.contains(secret), "{log}");
        }
    });
}

#[test]
fn app_passwords_count_as_their_scope_allows_and_keys_not_at_all() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let cli = |arguments: &[&str]| {
            let output = world.server.cli(arguments);
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        let app_password = |user: &str, scope: &str| {
            let name = format!("{user}-{scope}");
            cli(&[
                "user",
                "app-password",
                user,
                "--tenant",
                "acme",
                "--name",
                &name,
                "--scope",
                scope,
            ])
        };
        let path = format!("/oxaas/v1{}", world.of_john("spamlevel"));
        let statuses = |login: &str, password: &str| {
            let get = Request::get(&path)
                .basic(login, password)
                .send(&world.server);
            let put = Request::put(&path)
                .basic(login, password)
                .json(&json!({"spamlevel": "low"}))
                .send(&world.server);
            (get.status, put.status)
        };
        assert_eq!(statuses("boss", &app_password("boss", "read")), (200, 401));
        assert_eq!(
            statuses("boss", &app_password("boss", "provision")),
            (200, 200)
        );
        assert_eq!(
            statuses(USER.0, &app_password(USER.0, "provision")),
            (401, 401)
        );
        // an administrator of a group is none of the context
        cli(&["group", "create", "team", "--tenant", "acme"]);
        cli(&["group", "appoint", "team", USER.0, "--tenant", "acme"]);
        assert_eq!(statuses(USER.0, USER.1), (401, 401));
        let key = cli(&["key", "create", "--tenant", "acme", "--scope", "operator"]);
        assert_eq!(statuses("boss", &key), (401, 401));
        let bearer = Request::get(&path).bearer(&key).send(&world.server);
        assert_eq!(bearer.status, 401);
        // what counts is what is so now
        let working = statuses(BOSS.0, BOSS.1);
        cli(&["user", "disable", "johndoe@example.com", "--tenant", "acme"]);
        assert_eq!(
            (working, statuses(USER.0, USER.1)),
            ((200, 200), (401, 401))
        );
    });
}
