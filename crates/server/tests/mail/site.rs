//! A server with a mail server.

use crate::mail_server::{MailServer, SMTP_PASSWORD, USER};
use provost_testkit::{ADMIN_PASSWORD, Request, Response, TestDatabase, TestServer};
use serde_json::json;

/// Where users reach the server, as far as they know.
pub(crate) const PUBLIC_URL: &str = "http://accounts.example.org";
/// A password that a user may choose.
pub(crate) const PASSWORD: &str = "Correct-Horse-77";

const SENDER: &str = "Accounts <accounts@example.org>";

/// A server with a mail server.
pub(crate) struct Site {
    pub(crate) server: TestServer,
    pub(crate) mails: MailServer,
}

impl Site {
    /// With a mail server on the same machine, which speaks plainly.
    pub(crate) fn plain(database: TestDatabase) -> Self {
        let mails = MailServer::plain(database.directory());
        Self::with(database, mails, &[("PROVOST_MAIL_TLS", "none")])
    }

    /// With a mail server that wants STARTTLS and an account, and further settings.
    pub(crate) fn encrypted(
        database: TestDatabase,
        mails: MailServer,
        settings: &[(&str, &str)],
    ) -> Self {
        let certificate = mails.certificate();
        let mut all = vec![
            ("PROVOST_MAIL_CA", certificate.as_str()),
            ("PROVOST_MAIL_USER", USER),
            ("PROVOST_MAIL_PASSWORD", SMTP_PASSWORD),
        ];
        all.extend(settings);
        Self::with(database, mails, &all)
    }

    /// With this mail server and further settings, which come last.
    pub(crate) fn with(
        database: TestDatabase,
        mails: MailServer,
        settings: &[(&str, &str)],
    ) -> Self {
        let address = mails.address();
        let mut all = vec![
            ("PROVOST_PUBLIC_URL", PUBLIC_URL),
            ("PROVOST_MAIL_SERVER", address.as_str()),
            ("PROVOST_MAIL_FROM", SENDER),
        ];
        all.extend(settings);
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &all);
        Self { server, mails }
    }

    /// The administrator's answer.
    pub(crate) fn admin(&self, request: Request) -> Response {
        request
            .basic("admin", ADMIN_PASSWORD)
            .ocs()
            .send(&self.server)
    }

    /// Makes a user without a password in the default tenant; further fields beside it.
    pub(crate) fn user(&self, login: &str, fields: &[(&str, &str)]) {
        let address = format!("{login}@example.net");
        let mut form = vec![("userid", login), ("email", address.as_str())];
        form.extend(fields);
        let made = self.admin(Request::post(&v2("/cloud/users")).form(&form));
        assert_eq!(made.ocs_code(), 200, "{}", made.text());
    }

    /// Asks for a user's welcome mail; the code in the envelope.
    pub(crate) fn welcome(&self, login: &str) -> i64 {
        let path = v2(&format!("/cloud/users/{login}/welcome"));
        self.admin(Request::post(&path)).ocs_code()
    }

    /// Whether a login with this password is let in.
    pub(crate) fn opens(&self, login: &str, password: &str) -> bool {
        let request = Request::get(&v2("/cloud/user"));
        let answer = request.basic(login, password).ocs().send(&self.server);
        answer.status == 200
    }

    /// Sets a password by a link's secret, as the page does.
    pub(crate) fn redeem(&self, secret: &str, password: &str) -> Response {
        Request::post("/set-password")
            .json(&json!({ "secret": secret, "password": password }))
            .send(&self.server)
    }

    /// The output of a command, which must succeed.
    pub(crate) fn cli(&self, arguments: &[&str]) -> String {
        let output = self.server.cli(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// A path of version 2, answered in JSON.
pub(crate) fn v2(path: &str) -> String {
    format!("/ocs/v2.php{path}?format=json")
}

/// A refusal of the page: its status, and its word for programs.
pub(crate) fn refusal(answer: &Response) -> (u16, String) {
    let word = answer.json()["error"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (answer.status, word)
}
