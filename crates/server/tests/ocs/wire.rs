//! Requests in both versions and formats, and their answers read alike.

use std::io;

use provost_testkit::{ADMIN_PASSWORD, Connection, Request, Response, TestServer};
use serde_json::Value;

/// The password of every user of these tests but `admin`.
pub(crate) const PASSWORD: &str = "Correct-Horse-77";

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The content types of the two formats, as an operation answers.
const JSON: &str = "application/json; charset=utf-8";
const XML: &str = "application/xml; charset=utf-8";
/// XML where no operation answered.
const OUTER_XML: &str = "text/xml; charset=UTF-8";

/// The version and format of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) version: u8,
    pub(crate) json: bool,
}

/// Version 2 in JSON, where only the answer's sense is of interest.
pub(crate) const V2: Style = Style {
    version: 2,
    json: true,
};

impl Style {
    pub(crate) const ALL: [Self; 4] = [
        Self {
            version: 1,
            json: false,
        },
        Self {
            version: 1,
            json: true,
        },
        Self {
            version: 2,
            json: false,
        },
        V2,
    ];

    /// The whole path of an operation: `/cloud/users` becomes `/ocs/v2.php/cloud/users?format=json`.
    pub(crate) fn path(self, path: &str) -> String {
        let version = self.version;
        match (self.json, path.contains('?')) {
            (false, _) => format!("/ocs/v{version}.php{path}"),
            (true, false) => format!("/ocs/v{version}.php{path}?format=json"),
            (true, true) => format!("/ocs/v{version}.php{path}&format=json"),
        }
    }

    pub(crate) fn success(self) -> i64 {
        if self.version == 1 { 100 } else { 200 }
    }

    /// The HTTP status that goes with an envelope's code.
    pub(crate) fn status(self, code: i64) -> u16 {
        match (self.version, code) {
            (_, 997) => 401,
            (1, _) => 200,
            (_, 998) => 404,
            (_, 996 | 999) => 500,
            (_, 200..=600) => u16::try_from(code).unwrap(),
            _ => 400,
        }
    }

    /// The content types that an answer of an operation may have, and of one that none made.
    pub(crate) fn content_type(self, by_operation: bool) -> &'static str {
        match (self.json, by_operation) {
            (true, _) => JSON,
            (false, true) => XML,
            (false, false) => OUTER_XML,
        }
    }
}

/// What the envelope around an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meta {
    pub(crate) status: String,
    pub(crate) code: i64,
    pub(crate) message: String,
}

/// Reads an envelope strictly, in the format of the request; `Err` says what it is instead.
pub(crate) fn meta(style: Style, response: &Response) -> Result<Meta, String> {
    let text = response.text();
    let broken = |what: &str| format!("{what}: {} {text:?}", response.status);
    if style.json {
        let document: Value = serde_json::from_str(&text).map_err(|_| broken("no JSON"))?;
        let meta = &document["ocs"]["meta"];
        let text = |name: &str| meta[name].as_str().map(str::to_owned);
        let both = meta["totalitems"].is_string() && meta["itemsperpage"].is_string();
        if both != (style.version == 1) || document["ocs"]["data"].is_null() {
            return Err(broken("not the version's envelope"));
        }
        match (text("status"), meta["statuscode"].as_i64(), text("message")) {
            (Some(status), Some(code), Some(message)) => Ok(Meta {
                status,
                code,
                message,
            }),
            _ => Err(broken("no envelope")),
        }
    } else {
        let document = roxmltree::Document::parse(&text).map_err(|_| broken("no XML"))?;
        let text = |name: &str| {
            let node = document.descendants().find(|node| {
                node.has_tag_name(name)
                    && node
                        .parent_element()
                        .is_some_and(|meta| meta.has_tag_name("meta"))
            });
            node.map(|node| node.text().unwrap_or_default().to_owned())
        };
        if text("totalitems").is_some() != (style.version == 1) {
            return Err(broken("not the version's envelope"));
        }
        let code = text("statuscode").and_then(|code| code.parse().ok());
        match (text("status"), code, text("message")) {
            (Some(status), Some(code), Some(message)) => Ok(Meta {
                status,
                code,
                message,
            }),
            _ => Err(broken("no envelope")),
        }
    }
}

/// Somebody who calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'s> {
    pub(crate) server: &'s TestServer,
    /// Nobody, if empty.
    pub(crate) login: &'s str,
    pub(crate) password: &'s str,
}

impl<'s> Caller<'s> {
    pub(crate) fn admin(server: &'s TestServer) -> Self {
        Self {
            server,
            login: "admin",
            password: ADMIN_PASSWORD,
        }
    }

    /// A user with the tests' password.
    pub(crate) fn user(server: &'s TestServer, login: &'s str) -> Self {
        Self {
            server,
            login,
            password: PASSWORD,
        }
    }

    pub(crate) fn request(&self, style: Style, method: &str, path: &str) -> Request {
        let request = Request::new(method, &style.path(path)).ocs();
        if self.login.is_empty() {
            request
        } else {
            request.basic(self.login, self.password)
        }
    }

    pub(crate) fn send(
        &self,
        style: Style,
        method: &str,
        path: &str,
        form: &[(&str, &str)],
    ) -> Response {
        let request = self.request(style, method, path);
        let request = if form.is_empty() {
            request
        } else {
            request.form(form)
        };
        request.send(self.server)
    }

    /// The code that version 2 answers in JSON.
    pub(crate) fn code(&self, method: &str, path: &str, form: &[(&str, &str)]) -> i64 {
        let response = self.send(V2, method, path, form);
        meta(V2, &response).unwrap().code
    }

    /// Does what must succeed.
    pub(crate) fn done(&self, method: &str, path: &str, form: &[(&str, &str)]) {
        let response = self.send(V2, method, path, form);
        let code = meta(V2, &response).map(|meta| meta.code);
        assert_eq!(code, Ok(200), "{method} {path}: {}", response.text());
    }

    /// Reads what must be there.
    pub(crate) fn get(&self, path: &str) -> Value {
        let response = self.send(V2, "GET", path, &[]);
        let code = meta(V2, &response).map(|meta| meta.code);
        assert_eq!(code, Ok(200), "GET {path}: {}", response.text());
        response.ocs_data()
    }

    /// Makes a user with the tests' password.
    pub(crate) fn make_user(&self, login: &str, more: &[(&str, &str)]) {
        let mut form = vec![("userid", login), ("password", PASSWORD)];
        form.extend(more);
        self.done("POST", "/cloud/users", &form);
    }

    pub(crate) fn make_group(&self, id: &str) {
        self.done("POST", "/cloud/groups", &[("groupid", id)]);
    }
}

/// Sends many requests over one connection and hands out each answer.
pub(crate) fn in_a_row(
    server: &TestServer,
    requests: impl IntoIterator<Item = Request>,
    mut answered: impl FnMut(Response),
) -> io::Result<()> {
    let mut connection = Connection::open(server.address())?;
    for request in requests {
        answered(connection.send(&request)?);
    }
    Ok(())
}

/// Runs the command line and expects success; what it printed, without the line's end.
pub(crate) fn cli(server: &TestServer, arguments: &[&str]) -> String {
    cli_with_input(server, arguments, "")
}

/// As [`cli`], with this on standard input.
pub(crate) fn cli_with_input(server: &TestServer, arguments: &[&str], input: &str) -> String {
    let output = server.cli_with_input(arguments, input);
    assert!(
        output.status.success(),
        "provost {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

/// All that the interface shows of users and groups, but for the times of logins, which every request may move.
pub(crate) fn everything(server: &TestServer) -> Value {
    let admin = Caller::admin(server);
    let mut users = admin.get("/cloud/users/details")["users"].take();
    if let Value::Object(users) = &mut users {
        for user in users.values_mut().filter_map(Value::as_object_mut) {
            user.retain(|name, _| !name.starts_with("lastLogin") && name != "firstLoginTimestamp");
        }
    }
    serde_json::json!({"users": users, "groups": admin.get("/cloud/groups/details")["groups"]})
}
