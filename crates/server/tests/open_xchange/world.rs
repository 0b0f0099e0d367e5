//! A deployment with contexts, a reseller, and everybody who may show credentials.

use provost_testkit::{
    ADMIN_PASSWORD, Engine, PASSWORD, Request, Response, TestDatabase, TestServer,
};
use serde_json::{Value, json};

/// The context that most is done in.
pub(crate) const ACME: i64 = 24;
/// Another context of the same reseller.
pub(crate) const BETA: i64 = 25;
/// A context that is not the reseller's.
pub(crate) const FOREIGN: i64 = 26;

/// Name and password.
pub(crate) type Login = (&'static str, &'static str);

pub(crate) const OPERATOR: Login = ("admin@@", ADMIN_PASSWORD);
pub(crate) const RESELLER: Login = ("dist", PASSWORD);
pub(crate) const BOSS: Login = ("boss", PASSWORD);
pub(crate) const USER: Login = ("johndoe@example.com", PASSWORD);
pub(crate) const FOREIGN_BOSS: Login = ("chief", PASSWORD);
pub(crate) const TENNANT: Login = ("acme-mail", "t3nant-s3cret");
pub(crate) const FOREIGN_TENNANT: Login = ("foreign-mail", "f0reign-s3cret");
pub(crate) const MONITORING: Login = ("watch", "w4tch-s3cret");

pub(crate) struct World {
    pub(crate) server: TestServer,
    /// The number of `johndoe@example.com` in [`ACME`].
    pub(crate) john: i64,
    /// The number of a user of [`FOREIGN`].
    pub(crate) foreign: i64,
}

impl World {
    pub(crate) fn made(engine: Engine) -> Self {
        Self::with(engine, &[])
    }

    /// A world whose server has these settings besides.
    pub(crate) fn with(engine: Engine, settings: &[(&str, &str)]) -> Self {
        let tenants = format!(
            "acme:{}:{}\nforeign:{}:{}",
            TENNANT.0, TENNANT.1, FOREIGN_TENNANT.0, FOREIGN_TENNANT.1
        );
        let monitoring = format!("{}:{}", MONITORING.0, MONITORING.1);
        let mut environment = vec![
            ("PROVOST_OPEN_XCHANGE_TENANT_CREDENTIALS", tenants.as_str()),
            ("PROVOST_OPEN_XCHANGE_MONITORING", monitoring.as_str()),
        ];
        environment.extend_from_slice(settings);
        let server = TestServer::start_with(
            env!("CARGO_BIN_EXE_provost"),
            TestDatabase::fresh(engine),
            &environment,
        );
        let cli = |arguments: &[&str]| {
            let output = server.cli_with_input(arguments, &format!("{PASSWORD}\n"));
            assert!(output.status.success(), "{arguments:?}: {output:?}");
        };
        for (slug, context, domain) in [
            ("acme", "24", "example.com"),
            ("beta", "25", "beta.example"),
            ("foreign", "26", "foreign.example"),
        ] {
            cli(&[
                "tenant",
                "create",
                slug,
                "--context-id",
                context,
                "--domain",
                domain,
            ]);
        }
        cli(&["reseller", "create", RESELLER.0, "--password-stdin"]);
        cli(&["reseller", "assign", RESELLER.0, "acme"]);
        cli(&["reseller", "assign", RESELLER.0, "beta"]);
        cli(&[
            "user",
            "create",
            BOSS.0,
            "--tenant",
            "acme",
            "--admin",
            "--password-stdin",
        ]);
        cli(&[
            "user",
            "create",
            FOREIGN_BOSS.0,
            "--tenant",
            "foreign",
            "--admin",
            "--password-stdin",
        ]);
        cli(&[
            "user",
            "create",
            USER.0,
            "--tenant",
            "acme",
            "--email",
            USER.0,
            "--password-stdin",
        ]);
        cli(&[
            "user",
            "create",
            "spy@foreign.example",
            "--tenant",
            "foreign",
            "--email",
            "spy@foreign.example",
            "--password-stdin",
        ]);
        let mut world = Self {
            server,
            john: 0,
            foreign: 0,
        };
        world.john = world.number_of(USER.0);
        world.foreign = world.number_of("spy@foreign.example");
        world
    }

    /// The user's number; 0 where operators may not search.
    fn number_of(&self, uidname: &str) -> i64 {
        let found = self.ask(
            OPERATOR,
            "GET",
            &format!("/admin/oxuser?search={uidname}&field=UIDNAME"),
            None,
        );
        let record = match found.json() {
            Value::Array(list) => list[0].clone(),
            record => record,
        };
        record["user-id"].as_i64().unwrap_or_default()
    }

    /// Makes a user over the OCS dialect.
    pub(crate) fn user(&self, slug: &str, address: &str) -> i64 {
        let made = Request::post(&format!("/t/{slug}/ocs/v2.php/cloud/users?format=json"))
            .ocs()
            .basic(OPERATOR.0, OPERATOR.1)
            .form(&[
                ("userid", address),
                ("email", address),
                ("password", PASSWORD),
            ])
            .send(&self.server);
        assert_eq!(made.status, 200, "{}", made.text());
        self.number_of(address)
    }

    /// Asks with a path after the prefix.
    pub(crate) fn ask(
        &self,
        (name, password): Login,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Response {
        self.send(
            Request::new(method, &format!("/oxaas/v1{path}")).basic(name, password),
            body,
        )
    }

    pub(crate) fn send(&self, request: Request, body: Option<Value>) -> Response {
        match body {
            Some(body) => request.json(&body),
            None => request,
        }
        .send(&self.server)
    }

    /// The path of something of johndoe.
    pub(crate) fn of_john(&self, resource: &str) -> String {
        format!("/admin/contexts/{ACME}/users/{}/{resource}", self.john)
    }

    /// Asks as the context's administrator, and wants this answer.
    pub(crate) fn expect(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
        status: u16,
        answer: &Value,
    ) {
        let given = self.ask(("boss@@acme", PASSWORD), method, path, body.clone());
        assert_eq!(
            (given.status, &given.json()),
            (status, answer),
            "{method} {path} {body:?}"
        );
    }

    /// johndoe's record, with these keys besides.
    pub(crate) fn record(&self, further: Value) -> Value {
        let mut record = json!({"context-id": ACME, "user-id": self.john, "uidname": USER.0});
        for (key, value) in further.as_object().unwrap() {
            record[key] = value.clone();
        }
        record
    }
}

/// Runs a test on both engines.
pub(crate) fn on_both_engines(test: impl Fn(Engine)) {
    test(Engine::Sqlite);
    test(Engine::Postgres);
}

/// An error's status and text.
pub(crate) fn error(response: &Response) -> (u16, String) {
    let json = response.json();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["error"], "{json}");
    (response.status, json["error"].as_str().unwrap().to_owned())
}
