//! The request side of the client.

use std::fmt::Write;
use std::io;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Connection, Response};
use crate::TestServer;

/// What a form leaves as it is: letters, digits and the unreserved marks of RFC 3986.
const ESCAPED_IN_FORMS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request, sent as it is written: any verb, the raw path, any headers in their order, a body on any verb.
///
/// `Host`, `Content-Length` and `Connection` are added unless given.
#[derive(Debug, Clone)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Request {
    /// A request of any verb for a path with its query, neither of which is touched.
    pub fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// A GET request.
    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// A POST request.
    pub fn post(target: &str) -> Self {
        Self::new("POST", target)
    }

    /// A PUT request.
    pub fn put(target: &str) -> Self {
        Self::new("PUT", target)
    }

    /// A PATCH request.
    pub fn patch(target: &str) -> Self {
        Self::new("PATCH", target)
    }

    /// A DELETE request.
    pub fn delete(target: &str) -> Self {
        Self::new("DELETE", target)
    }

    /// Adds a header; the same name may come twice.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds Basic credentials.
    #[must_use]
    pub fn basic(self, user: &str, password: &str) -> Self {
        let encoded = STANDARD.encode(format!("{user}:{password}"));
        self.header("Authorization", &format!("Basic {encoded}"))
    }

    /// Adds a Bearer token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// Adds the header that OCS wants of every caller.
    #[must_use]
    pub fn ocs(self) -> Self {
        self.header("OCS-APIRequest", "true")
    }

    /// Sets the body and its content type; an empty content type adds no header.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        if content_type.is_empty() {
            return self;
        }
        self.header("Content-Type", content_type)
    }

    /// Sets a form as body; names may repeat and carry PHP's brackets.
    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let encoded: Vec<String> = fields
            .iter()
            .map(|(name, value)| {
                format!(
                    "{}={}",
                    utf8_percent_encode(name, ESCAPED_IN_FORMS),
                    utf8_percent_encode(value, ESCAPED_IN_FORMS)
                )
            })
            .collect();
        self.body("application/x-www-form-urlencoded", encoded.join("&"))
    }

    /// Sets a JSON document as body.
    #[must_use]
    pub fn json(self, document: &serde_json::Value) -> Self {
        self.body("application/json", document.to_string())
    }

    /// Sends it on a connection of its own.
    ///
    /// # Panics
    /// If there is no answer.
    pub fn send(&self, server: &TestServer) -> Response {
        self.send_to(server.address()).unwrap_or_else(|error| {
            panic!("{} {}: no answer: {error}", self.method, self.target);
        })
    }

    /// Sends it on a connection of its own, to any server.
    ///
    /// # Errors
    /// If nobody listens, the connection breaks, or the answer is not HTTP.
    pub fn send_to(&self, address: SocketAddr) -> io::Result<Response> {
        Connection::open(address)?.exchange(self, false)
    }

    pub(super) fn method(&self) -> &str {
        &self.method
    }

    fn has(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(given, _)| given.eq_ignore_ascii_case(name))
    }

    pub(super) fn to_bytes(&self, host: &str, keep_alive: bool) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        let mut add = |name: &str, value: &str| {
            // Writing to a String cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        };
        if !self.has("Host") {
            add("Host", host);
        }
        for (name, value) in &self.headers {
            add(name, value);
        }
        let body = self.body.as_deref();
        let wants_length =
            body.is_some() || matches!(self.method.as_str(), "POST" | "PUT" | "PATCH");
        if wants_length && !self.has("Content-Length") && !self.has("Transfer-Encoding") {
            add(
                "Content-Length",
                &body.unwrap_or_default().len().to_string(),
            );
        }
        if !keep_alive && !self.has("Connection") {
            add("Connection", "close");
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body.unwrap_or_default());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(request: &Request) -> String {
        String::from_utf8(request.to_bytes("h:1", false)).expect("UTF-8 in, UTF-8 out")
    }

    #[test]
    fn paths_and_bodies_go_out_as_written() {
        let request = Request::delete("//a/../%6de?x=%zz")
            .basic("admin", "pw")
            .form(&[("g[]", "a b"), ("g[]", "ü&")]);
        assert_eq!(
            sent(&request),
            "DELETE //a/../%6de?x=%zz HTTP/1.1\r\n\
             Host: h:1\r\n\
             Authorization: Basic YWRtaW46cHc=\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: 31\r\n\
             Connection: close\r\n\r\n\
             g%5B%5D=a%20b&g%5B%5D=%C3%BC%26"
        );
    }

    #[test]
    fn what_the_caller_gives_is_not_given_twice() {
        let request = Request::post("/")
            .header("host", "acme.example")
            .header("content-length", "3")
            .header("connection", "upgrade")
            .body("", "abc");
        assert_eq!(
            sent(&request),
            "POST / HTTP/1.1\r\nhost: acme.example\r\ncontent-length: 3\r\nconnection: upgrade\r\n\r\nabc"
        );
    }

    #[test]
    fn verbs_that_mean_a_body_tell_its_length() {
        assert!(sent(&Request::put("/")).contains("Content-Length: 0\r\n"));
        assert!(!sent(&Request::get("/")).contains("Content-Length"));
        assert!(sent(&Request::get("/").body("", "")).contains("Content-Length: 0\r\n"));
    }
}
