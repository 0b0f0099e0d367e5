//! A running server, and who asks it.

use provost_testkit::{ADMIN_PASSWORD, Request, Response, TestDatabase, TestServer};

/// The password of all users but the administrator.
pub(crate) const PASSWORD: &str = "Correct-Horse-77";

/// A server with its administrator.
pub(crate) struct Site {
    pub(crate) server: TestServer,
}

impl Site {
    pub(crate) fn new(database: TestDatabase) -> Self {
        let variables = [("PROVOST_THROTTLE", "off")];
        let binary = env!("CARGO_BIN_EXE_provost");
        Self {
            server: TestServer::start_with(binary, database, &variables),
        }
    }

    /// A site with a user.
    pub(crate) fn with_user(database: TestDatabase, login: &str) -> Self {
        let site = Self::new(database);
        site.user(login, &[]);
        site
    }

    /// Makes a user with this login; further fields beside it.
    pub(crate) fn user(&self, login: &str, fields: &[(&str, &str)]) {
        let mut form = vec![("userid", login), ("password", PASSWORD)];
        form.extend(fields);
        let made = self.admin(Request::post(&v2("/cloud/users")).form(&form));
        assert_eq!(made.ocs_code(), 200, "{}", made.text());
    }

    /// The administrator's answer.
    pub(crate) fn admin(&self, request: Request) -> Response {
        self.basic(request, "admin", ADMIN_PASSWORD)
    }

    /// A user's answer.
    pub(crate) fn by(&self, login: &str, request: Request) -> Response {
        self.basic(request, login, PASSWORD)
    }

    /// The answer to these credentials.
    pub(crate) fn basic(&self, request: Request, login: &str, password: &str) -> Response {
        request.basic(login, password).ocs().send(&self.server)
    }

    /// The answer to a bearer token.
    pub(crate) fn bearer(&self, request: Request, token: &str) -> Response {
        request.bearer(token).send(&self.server)
    }

    /// A new app password of a user.
    pub(crate) fn app_password(&self, login: &str) -> String {
        let made = self.by(login, Request::get(&v2("/core/getapppassword")));
        secret(&made)
    }

    /// Whether a login with this password is let in.
    pub(crate) fn opens(&self, login: &str, password: &str) -> bool {
        let answer = self.basic(Request::get(&v2("/cloud/user")), login, password);
        answer.status == 200
    }

    /// The names of what was done to anybody so far, oldest first.
    pub(crate) fn actions(&self) -> Vec<String> {
        let output = self.server.cli(&["audit", "list", "--json"]);
        let entries: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        entries
            .iter()
            .map(|entry| entry["action"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The app password in an answer.
pub(crate) fn secret(answer: &Response) -> String {
    assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
    let secret = &answer.ocs_data()["apppassword"];
    secret.as_str().unwrap().to_owned()
}

/// A path of version 2, answered in JSON.
pub(crate) fn v2(path: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("/ocs/v2.php{path}{mark}format=json")
}

/// The message of an answer.
pub(crate) fn message(answer: &Response) -> String {
    let message = &answer.json()["ocs"]["meta"]["message"];
    message.as_str().unwrap().to_owned()
}
