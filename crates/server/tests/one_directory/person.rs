//! A user, and its fields as each dialect shows and takes them.

use crate::world::{DOMAIN, PASSWORD, World};
use provost_testkit::Request;
use serde_json::{Value, json};

pub(crate) struct Person<'w> {
    pub(crate) world: &'w World,
    /// What stands before the domain in its address.
    pub(crate) name: String,
    /// Its login, which OCS has for an id.
    pub(crate) login: String,
    /// Its number, which Open-Xchange has for an id.
    pub(crate) number: i64,
}

/// A JSON value as the walk compares it: a text as it is, all else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Person<'_> {
    pub(crate) fn address(&self) -> String {
        format!("{}@{DOMAIN}", self.name)
    }

    /// Where Hostway has its webmail account.
    pub(crate) fn webmail(&self) -> String {
        format!("usernames/{}/webmail", self.name)
    }

    pub(crate) fn ocs(&self, pointer: &str) -> String {
        let shown = self.world.ocs("GET", &format!("users/{}", self.login), &[]);
        plain(shown.pointer(pointer).unwrap_or(&Value::Null))
    }

    pub(crate) fn set_ocs(&self, key: &str, value: &str) {
        let path = format!("users/{}", self.login);
        self.world
            .ocs("PUT", &path, &[("key", key), ("value", value)]);
    }

    /// A field that Open-Xchange has a route for; nothing if it is unset.
    pub(crate) fn ox(&self, field: &str) -> String {
        let answer = self
            .world
            .ox("GET", &format!("{}/{field}", self.number), &Value::Null);
        match answer.status {
            200 => plain(&answer.json()[field]),
            404 => String::new(),
            status => panic!("{field}: {status} {}", answer.text()),
        }
    }

    pub(crate) fn set_ox(&self, field: &str, value: &Value) {
        let path = format!("{}/{field}", self.number);
        let answer = self.world.ox("PUT", &path, &json!({ field: value }));
        assert_eq!(answer.status, 200, "{field}: {}", answer.text());
    }

    pub(crate) fn office(&self, pointer: &str) -> String {
        let shown = self
            .world
            .office("getUserByEmail", &json!({ "email": self.address() }));
        plain(shown.pointer(pointer).unwrap_or(&Value::Null))
    }

    pub(crate) fn set_office(&self, mut params: Value) {
        params["email"] = self.address().into();
        self.world.office("updateUserByEmail", &params);
    }

    /// A value of a document that Hostway has below the mailbox.
    pub(crate) fn hostway(&self, document: &str, pointer: &str) -> String {
        let path = format!("usernames/{}{document}", self.name);
        let answer = self.world.hostway("GET", &path, &Value::Null);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        plain(answer.json().pointer(pointer).unwrap_or(&Value::Null))
    }

    pub(crate) fn set_hostway(&self, method: &str, document: &str, body: &Value) {
        let path = format!("usernames/{}{document}", self.name);
        let answer = self.world.hostway(method, &path, body);
        let done = matches!(answer.status, 200 | 201 | 204);
        assert!(done, "{path} {body}: {} {}", answer.status, answer.text());
    }

    /// Sets a value of the webmail account, whose type has to be given each time.
    pub(crate) fn set_webmail(&self, key: &str, value: &Value) {
        let mut body = json!({ "type": self.hostway("/webmail", "/type") });
        body[key] = value.clone();
        self.set_hostway("PUT", "/webmail", &body);
    }

    /// Whether the person logs in with this password.
    pub(crate) fn logs_in(&self, password: &str) -> bool {
        Request::get("/t/acme/ocs/v2.php/cloud/user?format=json")
            .basic(&self.login, password)
            .ocs()
            .send(&self.world.server)
            .status
            == 200
    }

    /// What Hostway wants with each change of a mailbox.
    pub(crate) fn mailbox(&self, key: &str, value: &Value) {
        self.set_hostway(
            "PUT",
            "/mailbox",
            &json!({ "password": PASSWORD, key: value }),
        );
    }
}
