//! Whatever arrives, the answer is the dialect's own: an envelope or one of its plain refusals, and never a fault.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use provost_testkit::{ADMIN_PASSWORD, Connection, Engine, Request, Response, TestServer};

use crate::wire::{FORM, Style, cli, meta};

/// A request, before it is put together.
#[derive(Clone, Debug)]
struct Draft {
    method: &'static str,
    path: String,
    query: Vec<(Vec<u8>, Vec<u8>)>,
    style: Style,
    login: Login,
    header: (&'static str, String),
    content_type: &'static str,
    body: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Login {
    Nobody,
    Key,
    Bytes(Vec<u8>),
}

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Paths that lead to operations; `{}` takes anything.
const PATHS: [&str; 16] = [
    "/cloud/user",
    "/cloud/users",
    "/cloud/users/details",
    "/cloud/users/{}",
    "/cloud/users/admin",
    "/cloud/users/{}/{}",
    "/cloud/users/admin/{}",
    "/cloud/users/{}/groups",
    "/cloud/users/{}/subadmins",
    "/cloud/users/{}/enable",
    "/cloud/groups",
    "/cloud/groups/{}",
    "/cloud/groups/{}/users",
    "/cloud/groups/{}/subadmins",
    "/apps/provisioning_api/api/v1/config/apps/{}/{}",
    "/{}/{}",
];

/// Names that operations know, so that many requests come further than the first check.
const NAMES: [&str; 16] = [
    "userid",
    "groupid",
    "password",
    "email",
    "quota",
    "language",
    "groups[]",
    "groups[k]",
    "subadmin[]",
    "displayName",
    "key",
    "value",
    "search",
    "limit",
    "offset",
    "format",
];

const VALUES: [&str; 12] = [
    "admin",
    "staff",
    "email",
    "quota",
    "additional_mail",
    "-1",
    "0",
    "1e999",
    "9223372036854775808",
    "json",
    "..",
    "\u{0}",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..40),
        ".{0,20}".prop_map(String::into_bytes),
        select(&VALUES[..]).prop_map(|value| value.as_bytes().to_vec()),
    ]
}

fn name() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => select(&NAMES[..]).prop_map(|name| name.as_bytes().to_vec()),
        1 => bytes(),
    ]
}

fn fields() -> impl Strategy<Value = Vec<(Vec<u8>, Vec<u8>)>> {
    vec((name(), bytes()), 0..5)
}

fn form(fields: &[(Vec<u8>, Vec<u8>)]) -> String {
    let encoded = |text: &[u8]| percent_encode(text, NON_ALPHANUMERIC).to_string();
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    fields.join("&")
}

fn path() -> impl Strategy<Value = String> {
    (select(&PATHS[..]), vec(bytes(), 2), any::<bool>()).prop_map(|(pattern, ids, twice)| {
        let mut path = pattern.to_owned();
        for id in ids {
            let mut id = percent_encode(&id, NON_ALPHANUMERIC).to_string();
            if twice {
                id = percent_encode(id.as_bytes(), NON_ALPHANUMERIC).to_string();
            }
            path = path.replacen("{}", &id, 1);
        }
        path
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        fields().prop_map(|fields| form(&fields).into_bytes()),
        fields().prop_map(|fields| {
            let fields = fields.iter().map(|(name, value)| {
                (
                    String::from_utf8_lossy(name).into_owned(),
                    String::from_utf8_lossy(value).into_owned().into(),
                )
            });
            serde_json::Value::Object(fields.collect())
                .to_string()
                .into_bytes()
        }),
        vec(any::<u8>(), 0..200),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let login = prop_oneof![
        1 => Just(Login::Nobody),
        6 => Just(Login::Key),
        1 => bytes().prop_map(Login::Bytes),
    ];
    let header = (
        select(
            &[
                "Accept",
                "Host",
                "OCS-APIRequest",
                "X-Request-Id",
                "Content-Encoding",
                "Cookie",
            ][..],
        ),
        "[\\x21-\\x7e][\\x20-\\x7e]{0,30}",
    );
    let content_type = select(
        &[
            FORM,
            "application/json",
            "multipart/form-data; boundary=b",
            "text/plain",
            "",
        ][..],
    );
    (
        select(&METHODS[..]),
        path(),
        fields(),
        select(&Style::ALL[..]),
        login,
        header,
        (content_type, body()),
    )
        .prop_map(
            |(method, path, query, style, login, header, (content_type, body))| Draft {
                method,
                path,
                query,
                style,
                login,
                header,
                content_type,
                body,
            },
        )
}

impl Draft {
    fn request(&self, key: &str) -> Request {
        let path = match form(&self.query) {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        let request = Request::new(self.method, &self.style.path(&path))
            .header(self.header.0, &self.header.1)
            .body(self.content_type, self.body.clone());
        match &self.login {
            Login::Nobody => request,
            Login::Key => request.ocs().bearer(key),
            Login::Bytes(bytes) => request.ocs().header(
                "Authorization",
                &format!("Basic {}", STANDARD.encode(bytes)),
            ),
        }
    }

    /// Whether the dialect may answer so.
    fn accepts(&self, response: &Response) -> Result<(), String> {
        let ours = response.header("content-type").is_some();
        match response.status {
            500.. => Err("a fault".to_owned()),
            303 | 400 | 404 | 405 if response.body.is_empty() && ours => Ok(()),
            412 if response.text() == r#"{"message":"CSRF check failed"}"# => Ok(()),
            _ if self.method == "HEAD" && ours => Ok(()),
            _ => {
                // the last `format` of the query counts, so an answer may be in either
                let json = response
                    .header("content-type")
                    .is_some_and(|kind| kind.contains("json"));
                let style = Style { json, ..self.style };
                let meta = meta(style, response)?;
                let wanted = if meta.status == "ok" {
                    200
                } else {
                    style.status(meta.code)
                };
                if response.status == wanted {
                    Ok(())
                } else {
                    Err(format!("{meta:?} with status {}", response.status))
                }
            }
        }
    }
}

#[test]
fn any_request_is_answered_in_the_dialect() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    // a key may do everything, and stays as it is whatever is done
    let key = cli(
        &server,
        &["key", "create", "--tenant", "default", "--scope", "admin"],
    );
    let config = Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&draft(), |draft| {
        let response = draft
            .request(&key)
            .send_to(server.address())
            .map_err(|error| TestCaseError::fail(format!("no answer: {error}")))?;
        draft
            .accepts(&response)
            .map_err(|what| TestCaseError::fail(format!("{what}: {response:?}")))
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    // and the server is well
    let alive = Request::get("/readyz").send(&server);
    assert_eq!(alive.status, 200);
}

/// What no HTTP client would send: any bytes after the method.
#[test]
fn any_bytes_as_a_target_are_refused_or_answered() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let target = vec(select(&b"/.%?&=+[]#\\<>\"'{}|^`~:;@!$*(),az09"[..]), 0..60)
        .prop_map(|bytes| String::from_utf8(bytes).unwrap());
    let config = Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&target, |target| {
        let request = Request::get(&format!("/ocs/v2.php/cloud/{target}"))
            .ocs()
            .basic("admin", ADMIN_PASSWORD);
        let response = Connection::open(server.address())
            .and_then(|mut connection| connection.send(&request))
            .map_err(|error| TestCaseError::fail(format!("no answer: {error}")))?;
        prop_assert!(response.status < 500, "{:?}", response);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}
