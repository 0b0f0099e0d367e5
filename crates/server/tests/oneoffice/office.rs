//! A server with a tenant, and calls by its keys.

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, Response, TestServer};
use serde_json::{Value, json};

/// A server with the tenant `MYINSTANCE`, and keys of it.
pub(crate) struct Office {
    pub(crate) server: TestServer,
    /// A key that may provision, as keys do unless told otherwise.
    pub(crate) key: String,
}

impl Office {
    pub(crate) fn open(engine: Engine) -> Self {
        let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
        let mut office = Self {
            server,
            key: String::new(),
        };
        office.cli(&["tenant", "create", "MYINSTANCE"]);
        office.key = office.key("MYINSTANCE", "provision");
        office
    }

    /// Runs the program, which must succeed, and gives what it prints.
    pub(crate) fn cli(&self, arguments: &[&str]) -> String {
        let output = self.server.cli(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// A new key of a tenant.
    pub(crate) fn key(&self, tenant: &str, scope: &str) -> String {
        self.cli(&["key", "create", "--tenant", tenant, "--scope", scope])
    }

    /// Sends a call with the usual key.
    pub(crate) fn call(&self, method: &str, params: &Value) -> Response {
        self.call_with(&self.key, method, params)
    }

    /// Sends a call with a key.
    pub(crate) fn call_with(&self, key: &str, method: &str, params: &Value) -> Response {
        let body = json!({ "method": method, "params": params });
        Request::post("/oneoffice")
            .header("x-api-key", key)
            .json(&body)
            .send(&self.server)
    }

    /// Sends a call that must succeed, and gives its answer.
    pub(crate) fn done(&self, method: &str, params: &Value) -> Value {
        done(&self.call(method, params))
    }

    /// Makes a user with this address.
    pub(crate) fn user(&self, email: &str) -> Value {
        self.done(
            "createUser",
            &json!({ "email": email, "password": "demo1234" }),
        )
    }

    /// A user as it is shown.
    pub(crate) fn shown(&self, email: &str) -> Value {
        self.done("getUserByEmail", &json!({ "email": email }))
    }

    /// Changes a user.
    pub(crate) fn update(&self, key: &str, email: &str, mut params: Value) -> Response {
        params["email"] = email.into();
        self.call_with(key, "updateUserByEmail", &params)
    }

    /// A user as OCS shows it to the operator.
    pub(crate) fn ocs(&self, login: &str) -> Value {
        let path = format!("/t/MYINSTANCE/ocs/v2.php/cloud/users/{login}?format=json");
        let answer = Request::get(&path)
            .basic("admin@@", ADMIN_PASSWORD)
            .ocs()
            .send(&self.server);
        assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
        answer.ocs_data()
    }

    /// Sets a field of a user through OCS.
    pub(crate) fn set_in_ocs(&self, login: &str, key: &str, value: &str) {
        let path = format!("/t/MYINSTANCE/ocs/v2.php/cloud/users/{login}?format=json");
        let answer = Request::put(&path)
            .basic("admin@@", ADMIN_PASSWORD)
            .ocs()
            .form(&[("key", key), ("value", value)])
            .send(&self.server);
        assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
    }
}

/// The answer of a call that must have succeeded.
pub(crate) fn done(answer: &Response) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    answer.json()
}

/// The string of a refusal with this status.
pub(crate) fn refused(answer: &Response, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    answer.json().as_str().unwrap().to_owned()
}

/// Runs a test on each engine.
macro_rules! on_each {
    ($($(#[$attribute:meta])* fn $name:ident($office:ident: &Office) $body:block)+) => { $(
        $(#[$attribute])*
        fn $name($office: &crate::office::Office) $body

        mod $name {
            #[test]
            fn sqlite() {
                super::$name(&crate::office::Office::open(provost_testkit::Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                super::$name(&crate::office::Office::open(provost_testkit::Engine::Postgres));
            }
        }
    )+ };
}
pub(crate) use on_each;
