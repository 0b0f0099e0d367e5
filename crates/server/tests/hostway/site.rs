//! A server with the account `test`, its domain `test.com`, and a mailbox.

use provost_testkit::{ADMIN_PASSWORD, PASSWORD, Request, Response, TestDatabase, TestServer};
use serde_json::{Value, json};

/// A password that the dialect takes for any mailbox of these tests.
pub(crate) const MAILBOX_PASSWORD: &str = "Qz7-mmm-Kw";

/// The account's domain.
pub(crate) const DOMAIN: &str = "/accounts/test/email/test.com";

/// The server.
pub(crate) struct Site {
    pub(crate) server: TestServer,
}

impl Site {
    pub(crate) fn new(database: TestDatabase) -> Self {
        Self::with(database, "", &[])
    }

    /// With a settings file, and further variables.
    pub(crate) fn with(database: TestDatabase, file: &str, environment: &[(&str, &str)]) -> Self {
        std::fs::write(database.directory().join("provost.toml"), file).unwrap();
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, environment);
        let site = Self { server };
        site.cli(&["tenant", "create", "test", "--domain", "test.com"], "");
        let owner = [
            "user",
            "create",
            "owner",
            "--tenant",
            "test",
            "--admin",
            "--password-stdin",
        ];
        site.cli(&owner, PASSWORD);
        site
    }

    /// With the mailbox `john.smith`.
    pub(crate) fn with_mailbox(database: TestDatabase) -> Self {
        let site = Self::new(database);
        site.mailbox("john.smith");
        site
    }

    /// With its webmail account too.
    pub(crate) fn with_webmail(database: TestDatabase) -> Self {
        let site = Self::with_mailbox(database);
        let made = site.owner(Request::post(&webmail("john.smith")).json(&json!({})));
        assert_eq!(made.status, 201, "{}", made.text());
        site
    }

    pub(crate) fn cli(&self, arguments: &[&str], input: &str) -> String {
        let output = self.server.cli_with_input(arguments, input);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Makes a mailbox.
    pub(crate) fn mailbox(&self, name: &str) {
        let made = self.put_mailbox(name, &json!({"password": MAILBOX_PASSWORD}));
        assert_eq!(made.status, 201, "{name}: {}", made.text());
    }

    pub(crate) fn put_mailbox(&self, name: &str, document: &Value) -> Response {
        self.owner(Request::put(&path(name, "mailbox")).json(document))
    }

    /// As the account's owner.
    pub(crate) fn owner(&self, request: Request) -> Response {
        request.basic("owner", PASSWORD).send(&self.server)
    }

    /// As the owner of a mailbox.
    pub(crate) fn mailbox_owner(&self, name: &str, request: Request) -> Response {
        let login = format!("{name}@test.com");
        request.basic(&login, MAILBOX_PASSWORD).send(&self.server)
    }

    /// As the operator.
    pub(crate) fn operator(&self, request: Request) -> Response {
        request.basic("admin", ADMIN_PASSWORD).send(&self.server)
    }

    /// What the account's owner reads.
    pub(crate) fn read(&self, path: &str) -> Value {
        let answer = self.owner(Request::get(path));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// A new API key of the account.
    pub(crate) fn key(&self, scope: &str) -> String {
        self.cli(&["key", "create", "--tenant", "test", "--scope", scope], "")
    }
}

/// The path of what belongs to a mailbox.
pub(crate) fn path(name: &str, what: &str) -> String {
    format!("{DOMAIN}/usernames/{name}/{what}")
}

/// The path of a mailbox's webmail account.
pub(crate) fn webmail(name: &str) -> String {
    path(name, "webmail")
}

/// The path of the same, for the mailbox's owner.
pub(crate) fn own_webmail(name: &str) -> String {
    format!("/email/test.com/usernames/{name}/webmail")
}

/// The names of an object's values, sorted.
pub(crate) fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}
