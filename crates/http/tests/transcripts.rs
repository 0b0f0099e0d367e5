//! The requests of the recording beside the repository, `../shared/transcripts/ocs.jsonl`, read by the parsers here.
#![expect(clippy::unwrap_used, reason = "tests")]

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use provost_http::{Body, InputError, RawPath, accepts_json, params::parse_form};
use serde_json::Value;
use std::{fs, path::Path};

/// A recorded request.
struct Recorded {
    number: u64,
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    body: String,
    answer: Value,
}

impl Recorded {
    fn read(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let target = text("path");
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let headers = value["headers"].as_object().unwrap();
        Self {
            number: value["n"].as_u64().unwrap(),
            method: text("method").parse().unwrap(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| {
                    let name: HeaderName = name.parse().unwrap();
                    (
                        name,
                        HeaderValue::from_bytes(value.as_str().unwrap().as_bytes()).unwrap(),
                    )
                })
                .collect(),
            body: text("body"),
            answer: value["answer"].clone(),
        }
    }

    fn read_body(&self) -> Body {
        Body::parse(&self.method, &self.headers, self.body.as_bytes())
    }
}

fn recording() -> Vec<Recorded> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/transcripts/ocs.jsonl");
    fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(Recorded::read)
        .collect()
}

#[test]
fn every_path_and_query_is_read() {
    for request in recording() {
        assert!(RawPath::parse(&request.path).is_ok(), "{}", request.number);
        assert!(
            parse_form(request.query.as_bytes()).is_ok(),
            "{}",
            request.number
        );
    }
}

#[test]
fn only_broken_json_is_malformed() {
    let malformed: Vec<u64> = recording()
        .iter()
        .filter(|request| request.read_body().error == Some(InputError::Malformed))
        .map(|request| request.number)
        .collect();
    assert_eq!(malformed, [135, 136, 137, 982]);
}

#[test]
fn a_body_that_holds_nothing_was_refused_or_not_needed() {
    let unread: Vec<u64> = recording()
        .iter()
        .filter(|request| !request.body.is_empty() && request.read_body() == Body::default())
        .map(|request| request.number)
        .collect();
    // No content type, XML, text, multipart by PUT, vnd.api+json. The empty objects hold nothing by themselves.
    assert_eq!(unread, [138, 139, 826, 827, 830, 964]);
}

#[test]
fn answers_came_in_the_format_of_the_accept_header() {
    let recording = recording();
    let negotiated: Vec<_> = recording
        .iter()
        .filter(|request| {
            request.headers.contains_key("accept")
                && !request.query.contains("format=")
                && request.answer["status"] == 200
        })
        .collect();
    assert!(negotiated.len() >= 5);
    for request in negotiated {
        let json = request.answer["content_type"]
            .as_str()
            .unwrap()
            .starts_with("application/json");
        assert_eq!(accepts_json(&request.headers), json, "{}", request.number);
    }
}
