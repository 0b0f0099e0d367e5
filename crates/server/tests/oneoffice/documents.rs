//! The samples of the vendor's page 'Users', read from the page itself: curl runs the requests as they stand, host and key apart, and the
//! answers are held against those of the page.

use crate::office::{Office, on_each};
use serde_json::Value;
use std::{path::Path, process::Command};

/// A sample: its heading, the shell's line, the answer's status and body.
struct Sample {
    heading: String,
    request: String,
    status: u16,
    body: String,
}

/// The page's samples, in its order.
fn samples() -> Vec<Sample> {
    let path = "../../../shared/sources/oneoffice-marketplace-users.txt";
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let lines: Vec<&str> = page.lines().map(str::trim_end).collect();
    let mut samples = Vec::new();
    let mut heading = "";
    for (at, line) in lines.iter().enumerate() {
        if *line == "Request" {
            heading = lines[..at]
                .iter()
                .rev()
                .find(|line| !line.is_empty())
                .unwrap();
        }
        if line.starts_with("curl") {
            let ends = at
                + lines[at..]
                    .iter()
                    .position(|line| *line == "Response")
                    .unwrap();
            let after: String = lines[ends + 1..].join("\n");
            let (_, after) = after.split_once("STATUS: ").unwrap();
            let (status, after) = (&after[..3], &after[3..]);
            let (_, after) = after.split_once("BODY:").unwrap();
            samples.push(Sample {
                heading: heading.to_owned(),
                request: shell(&lines[at..ends]),
                status: status.parse().unwrap(),
                body: value(after.trim_start()),
            });
        }
    }
    samples
}

/// A request as a line of the shell: the page leaves out the backslashes at the ends of most of its lines, and one closing quote.
fn shell(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut quoted = false;
    for line in lines {
        let line = line.strip_suffix('\\').unwrap_or(line);
        text.push_str(line);
        if line.matches('\'').count() % 2 == 1 {
            quoted = !quoted;
        }
        text.push(if quoted { '\n' } else { ' ' });
    }
    if quoted {
        text.push('\'');
    }
    text
}

/// The JSON value that the text begins with.
fn value(text: &str) -> String {
    match text.chars().next() {
        Some('{') => {
            let ends = text.find("\n}").unwrap() + 2;
            // the page forgets a quote
            text[..ends].replace("\n  tokenExpiresAt\"", "\n  \"tokenExpiresAt\"")
        }
        _ => text.lines().next().unwrap().to_owned(),
    }
}

/// The keys of an object and of those in it, in their order: those of nested ones stand behind their names.
fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for (at, _) in text.match_indices("\":") {
        let begins = text[..at].rfind('"').unwrap() + 1;
        keys.push(text[begins..at].to_owned());
    }
    keys
}

/// Runs a request and gives the status and the body.
fn run(office: &Office, request: &str) -> (u16, String) {
    let line = format!("{request} --silent --write-out '\\n%{{http_code}}'");
    let output = Command::new("sh")
        .args(["-c", &line])
        .env("URL", format!("{}/oneoffice", office.server.base_url()))
        .env("BEARER", &office.key)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), body.to_owned())
}

on_each! {
    fn the_pages_samples_are_answered_as_documented(office: &Office) {
        let samples = samples();
        let headings: Vec<&str> = samples.iter().map(|sample| sample.heading.as_str()).collect();
        assert_eq!(headings, [
            "First creation of user",
            "Re-creating user —> should get error",
            "Disabling user",
            "Activating user",
            "Changing Password",
            "Getting user",
        ]);
        for Sample { heading, request, status, body } in samples {
            assert!(request.contains("-X GET $URL"), "{request}");
            let given = run(office, &request);
            assert_eq!(given.0, status, "{heading}: {}", given.1);
            assert_eq!(keys(&given.1), keys(&body), "{heading}");
            let mut documented: Value = serde_json::from_str(&body).unwrap();
            let mut given: Value = serde_json::from_str(&given.1).unwrap();
            if let (Some(documented), Some(given)) = (documented.as_object_mut(), given.as_object_mut()) {
                // the page shows another user than it asks for
                assert_eq!(given["email"], "test1@oneoffice.bh");
                assert_eq!(given["displayName"], "TestUser");
                for key in ["email", "displayName", "createdAt"] {
                    documented.remove(key);
                    given.remove(key);
                }
            }
            assert_eq!(given, documented, "{heading}");
        }
    }

    fn the_other_page_of_the_vendor_calls_without_a_verb(office: &Office) {
        let request = "curl --header \"x-api-key: ${BEARER}\" --header 'Content-Type: application/json' \
            --data '{\"method\":\"createUser\", \"params\":{\"email\":\"\"}}' $URL";
        let (status, body) = run(office, request);
        assert_eq!((status, body.as_str()), (400, "\"password is missing\""));
        let request = request.replace("--header 'Content-Type: application/json'", "").replace(
            "\\\"email\\\":\\\"\\\"",
            "",
        );
        // curl calls the body a form then, which nobody minds
        let (status, body) = run(office, &request.replace("createUser", "listUsers"));
        assert_eq!(status, 200, "{body}");
    }
}
