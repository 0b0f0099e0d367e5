//! Who may call, and for which instance.

use crate::office::{Office, done, on_each, refused};
use provost_testkit::{ADMIN_PASSWORD, Request, Response};
use serde_json::{Value, json};

const LIST: &str = r#"{"method":"listUsers"}"#;

fn ask(office: &Office, request: Request) -> Response {
    request.body("", LIST).send(&office.server)
}

on_each! {
    fn a_key_comes_in_either_header_by_either_verb_on_any_spelling_of_the_path(office: &Office) {
        for path in ["/oneoffice", "/oneoffice/", "//oneoffice", "/t/MYINSTANCE/oneoffice", "/t/myinstance/oneoffice/"] {
            for request in [Request::get(path), Request::post(path)] {
                let by_header = request.clone().header("x-api-key", &office.key);
                assert_eq!(done(&ask(office, by_header)), json!([]), "{path}");
                assert_eq!(done(&ask(office, request.bearer(&office.key))), json!([]), "{path}");
            }
        }
        let other = |path: &str| Request::post(path).header("x-api-key", &office.key);
        refused(&ask(office, other("/oneoffice/users")), 404);
        let put = Request::put("/oneoffice").header("x-api-key", &office.key);
        let answer = ask(office, put);
        refused(&answer, 405);
        assert_eq!(answer.header("Allow"), Some("GET, POST"));
    }

    fn whoever_has_no_key_of_the_tenant_is_refused_alike(office: &Office) {
        office.cli(&["tenant", "create", "other", "--host", "cloud.other.example"]);
        let other = office.key("other", "admin");
        let app = office.cli(&["user", "app-password", "admin", "--tenant", "default", "--name", "app"]);
        let post = |path: &str| Request::post(path);
        let requests = [
            post("/oneoffice"),
            post("/oneoffice").header("x-api-key", ""),
            post("/oneoffice").header("x-api-key", "wrong"),
            post("/oneoffice").header("x-api-key", &office.key).header("x-api-key", &office.key),
            post("/oneoffice").bearer("wrong"),
            post("/oneoffice").header("Authorization", "Basic %%%"),
            post("/oneoffice").header("Authorization", "Basic"),
            post("/oneoffice").header("Authorization", "Bearer "),
            post("/oneoffice").header("Authorization", &format!("ApiKey {}", office.key)),
            post("/oneoffice").basic("admin", ADMIN_PASSWORD),
            post("/oneoffice").bearer(&app),
            post("/t/MYINSTANCE/oneoffice").header("x-api-key", &other),
            post("/t/nowhere/oneoffice").header("x-api-key", &office.key),
            post("/oneoffice").header("Host", "cloud.other.example").header("x-api-key", &office.key),
        ];
        for request in requests {
            let answer = ask(office, request.clone());
            assert_eq!(refused(&answer, 401), "missing or wrong API key", "{request:?}");
            assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer"));
        }
        office.cli(&["tenant", "suspend", "MYINSTANCE"]);
        let request = post("/oneoffice").header("x-api-key", &office.key);
        assert_eq!(refused(&ask(office, request), 401), "missing or wrong API key");
    }

    fn an_instance_is_the_keys_or_none(office: &Office) {
        office.cli(&["tenant", "create", "other"]);
        office.cli(&["tenant", "create", "4711"]);
        let list = |key: &str, instance: Value| {
            office.call_with(key, "listUsers", &json!({ "instance": instance }))
        };
        for own in [json!("MYINSTANCE"), json!("myinstance"), json!(null)] {
            done(&list(&office.key, own));
        }
        for foreign in [json!("other"), json!("nowhere"), json!("4711"), json!(4711), json!(""), json!("a b")] {
            let answer = list(&office.key, foreign);
            assert_eq!(refused(&answer, 401), "the API key is not for this instance");
        }
        for odd in [json!(true), json!(1.5), json!(["MYINSTANCE"])] {
            let answer = list(&office.key, odd);
            assert_eq!(refused(&answer, 400), "instance must be a string or a whole number");
        }
        let key = office.key("4711", "provision");
        done(&list(&key, json!(4711)));
        done(&list(&key, json!("4711")));
    }

    fn an_instance_is_echoed_as_it_was_written(office: &Office) {
        office.cli(&["tenant", "create", "4711"]);
        let number = office.key("4711", "provision");
        let cases = [
            (&office.key, "a@one.example", json!("MyInstance"), json!("MyInstance")),
            (&office.key, "b@one.example", json!(null), json!("MYINSTANCE")),
            (&number, "c@one.example", json!(4711), json!(4711)),
            (&number, "d@one.example", json!("4711"), json!("4711")),
        ];
        for (key, email, instance, echoed) in cases {
            let user = json!({ "email": email, "password": "demo1234", "instance": instance });
            done(&office.call_with(key, "createUser", &user));
            let shown = done(&office.call_with(key, "getUserByEmail", &json!({ "email": email })));
            assert_eq!(shown["instance"], echoed, "{email}");
        }
        // it names the instance no longer
        office.cli(&["tenant", "rename", "MYINSTANCE", "--slug", "renamed"]);
        assert_eq!(office.shown("a@one.example")["instance"], "renamed");
    }

    fn a_scope_that_is_too_small_is_unauthorised(office: &Office) {
        office.user("a@one.example");
        let (reads, admin, partner) = (
            office.key("MYINSTANCE", "read"),
            office.key("MYINSTANCE", "admin"),
            office.key("MYINSTANCE", "partner"),
        );
        let user = json!({ "email": "a@one.example" });
        let password = json!({ "email": "a@one.example", "password": "onemoretime" });
        let calls = [
            // by a key that reads, provisions, administers, does a partner's work
            ("createUser", json!({}), [false, true, true, false]),
            ("updateUserByEmail", user.clone(), [false, true, true, false]),
            ("resetPasswordByEmail", password, [false, true, true, false]),
            ("getUserByEmail", user.clone(), [true, true, true, false]),
            ("listUsers", json!({}), [true, true, true, false]),
            ("createCustomer", json!({}), [false, false, false, true]),
            ("createFirstOrder", json!({}), [false, false, false, true]),
            ("createRenewalOrder", json!({}), [false, false, false, true]),
            ("deleteUserByEmail", json!({}), [false, true, true, false]),
        ];
        for (method, params, allowed) in calls {
            for (key, allowed) in [&reads, &office.key, &admin, &partner].into_iter().zip(allowed) {
                let answer = office.call_with(key, method, &params);
                if allowed {
                    assert_ne!(answer.status, 401, "{method}");
                } else {
                    assert_eq!(refused(&answer, 401), "the API key does not allow this", "{method}");
                }
            }
        }
        for administrator in [true, false] {
            let wanted = json!({ "isAdmin": administrator });
            let answer = office.update(&office.key, "a@one.example", wanted);
            assert_eq!(refused(&answer, 401), "the API key does not allow this");
        }
        assert_eq!(office.shown("a@one.example")["isAdmin"], false);
    }
}
