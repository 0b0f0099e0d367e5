//! A tenant that all dialects reach.

use crate::person::Person;
use provost_testkit::{ADMIN_PASSWORD, Engine, Request, Response, TestServer};
use serde_json::{Value, json};

/// The tenant's slug: an OneOffice instance and a Hostway account.
pub(crate) const SLUG: &str = "acme";
/// Its mail domain.
pub(crate) const DOMAIN: &str = "acme.example";
/// Its Open-Xchange context.
pub(crate) const CONTEXT: i64 = 7;
/// A password that every dialect's policy likes.
pub(crate) const PASSWORD: &str = "Wt7!quiet-Harbour";
/// The tenant's administrator: some routes of Open-Xchange are for nobody above.
const BOSS: &str = "boss";
/// The operator.
const OPERATOR: &str = "admin@@";

pub(crate) struct World {
    pub(crate) server: TestServer,
    key: String,
}

impl World {
    pub(crate) fn made(engine: Engine) -> Self {
        let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
        let context = CONTEXT.to_string();
        let cli = |arguments: &[&str]| {
            let output = server.cli(arguments);
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        cli(&[
            "tenant",
            "create",
            SLUG,
            "--context-id",
            &context,
            "--domain",
            DOMAIN,
        ]);
        let key = cli(&["key", "create", "--tenant", SLUG, "--scope", "admin"]);
        cli(&["group", "create", "staff", "--tenant", SLUG]);
        let boss = [
            "user",
            "create",
            BOSS,
            "--tenant",
            SLUG,
            "--admin",
            "--password-stdin",
        ];
        let output = server.cli_with_input(&boss, &format!("{PASSWORD}\n"));
        assert!(output.status.success(), "{output:?}");
        Self { server, key }
    }

    /// A new user, made through OneOffice, with a webmail account, made through Hostway.
    pub(crate) fn person(&self, name: &str) -> Person<'_> {
        let params =
            json!({"email": format!("{name}@{DOMAIN}"), "password": PASSWORD, "displayName": name});
        let made = self.office("createUser", &params);
        let person = Person {
            world: self,
            name: name.to_owned(),
            login: format!("{name}@{DOMAIN}"),
            number: made["id"].as_i64().unwrap() + 1,
        };
        let answer = self.hostway("POST", &person.webmail(), &json!({}));
        assert_eq!(answer.status, 201, "{}", answer.text());
        person
    }

    /// An OCS answer's data.
    pub(crate) fn ocs(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Value {
        let path = format!("/t/{SLUG}/ocs/v2.php/cloud/{path}?format=json");
        let mut request = Request::new(method, &path)
            .basic(OPERATOR, ADMIN_PASSWORD)
            .ocs();
        if !fields.is_empty() {
            request = request.form(fields);
        }
        let answer = request.send(&self.server);
        assert_eq!(answer.ocs_code(), 200, "{method} {path}: {}", answer.text());
        answer.ocs_data()
    }

    /// An Open-Xchange answer.
    pub(crate) fn ox(&self, method: &str, path: &str, body: &Value) -> Response {
        let path = format!("/oxaas/v1/admin/contexts/{CONTEXT}/users/{path}");
        let mut request = Request::new(method, &path).basic(BOSS, PASSWORD);
        if !body.is_null() {
            request = request.json(body);
        }
        request.send(&self.server)
    }

    /// An OneOffice answer, which must be good.
    pub(crate) fn office(&self, method: &str, params: &Value) -> Value {
        let answer = Request::post("/oneoffice")
            .header("x-api-key", &self.key)
            .json(&json!({"method": method, "params": params}))
            .send(&self.server);
        assert_eq!(answer.status, 200, "{method} {params}: {}", answer.text());
        answer.json()
    }

    /// A Hostway answer.
    pub(crate) fn hostway(&self, method: &str, path: &str, body: &Value) -> Response {
        let path = format!("/accounts/{SLUG}/email/{DOMAIN}/{path}");
        let mut request = Request::new(method, &path).basic(OPERATOR, ADMIN_PASSWORD);
        if !body.is_null() {
            request = request.json(body);
        }
        request.send(&self.server)
    }
}
