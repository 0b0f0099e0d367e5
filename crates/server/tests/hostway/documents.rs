//! The documents' samples, as curl sends them: host and credentials apart as they stand there.

use crate::site::Site;
use provost_testkit::{PASSWORD, TestDatabase, on_both_engines};
use serde_json::{Value, json};
use std::process::Command;

/// Runs curl with a method, a path and perhaps a body; the status and the body of the answer.
fn curl(site: &Site, method: &str, path: &str, body: Option<&str>) -> (u16, String) {
    let mut curl = Command::new("curl");
    curl.args([
        "--silent",
        "--show-error",
        "--request",
        method,
        "--write-out",
        "\n%{http_code}",
    ])
    .args(["--user", &format!("owner:{PASSWORD}")])
    .args(["--header", "Content-Type: application/json; charset=UTF-8"]);
    if let Some(body) = body {
        curl.args(["--data", body]);
    }
    let url = format!(
        "{}/{}",
        site.server.base_url(),
        path.trim_start_matches('/')
    );
    let output = curl.arg(url).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), body.to_owned())
}

fn document(answer: (u16, String)) -> (u16, Value) {
    (
        answer.0,
        serde_json::from_str(&answer.1).unwrap_or(Value::Null),
    )
}

/// The sample's answer, with the parts that cannot be the same put in.
fn as_in_the_sample(shown: &Value, base: &str) -> Value {
    json!({
        "authToken": shown["authToken"],
        "type": "standard",
        "allowUpgrade": true,
        "resetPassword": false,
        "theme": "test_theme",
        "language": "en_US",
        "timezone": "America/Chicago",
        "links": [{
            "href": format!("{base}/accounts/test/email/test.com/usernames/john.smith/webmail/"),
            "rel": "self"
        }]
    })
}

on_both_engines! {
    async fn the_sample_of_the_page_gives_its_answer(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let path = "/accounts/test/email/test.com/usernames/john.smith/webmail";
        let body = r#"{"theme": "test_theme", "language": "en_US", "timezone": "America/Chicago"}"#;
        assert_eq!(curl(&site, "POST", path, Some(body)), (201, String::new()));
        let (status, shown) = document(curl(&site, "GET", path, None));
        assert_eq!((status, &shown), (200, &as_in_the_sample(&shown, &site.server.base_url())));
        assert!(shown["authToken"].as_str().is_some_and(|token| token.len() > 100));
        // the keys stand as the document has them
        let text = curl(&site, "GET", path, None).1;
        let places: Vec<_> = ["authToken", "type", "allowUpgrade", "resetPassword", "theme", "language", "timezone", "links"]
            .map(|key| text.find(&format!("\"{key}\":")).unwrap())
            .to_vec();
        assert!(places.is_sorted(), "{text}");
    }
}

/// The template of the page says `location` where its example says `href`.
#[test]
fn links_have_a_location_where_it_is_wanted_and_begin_with_the_public_url() {
    let database = TestDatabase::fresh(provost_testkit::Engine::Sqlite);
    let file = "hostway_location = true\npublic_url = 'https://api.example.org/base/'";
    let site = Site::with(database, file, &[]);
    let shown = document(curl(&site, "GET", "/accounts/test/email/test.com", None)).1;
    let url = "https://api.example.org/base/accounts/test/email/test.com/";
    assert_eq!(
        shown["links"],
        json!([{"href": url, "location": url, "rel": "self"}])
    );
}

#[test]
fn the_samples_of_the_other_pages_give_their_answers() {
    let site = Site::new(TestDatabase::fresh(provost_testkit::Engine::Sqlite));
    let mailbox = "accounts/test/email/test.com/usernames/john.smith/mailbox";
    let webmail = "/accounts/test/email/test.com/usernames/john.smith/webmail";
    let senders = "/accounts/test/email/test.com/usernames/john.smith/blackwhitelist";
    assert_eq!(
        document(curl(&site, "PUT", mailbox, Some(r#"{"master": false}"#))),
        (400, json!({"password": "Required"}))
    );
    // the page's own password is none by its own rules any more
    let weak = curl(
        &site,
        "PUT",
        mailbox,
        Some(r#"{"password": "pword1234", "master": true}"#),
    );
    assert_eq!(document(weak).0, 400);
    let good = curl(
        &site,
        "PUT",
        mailbox,
        Some(r#"{"password": "Xw7-qqq-1234", "master": true}"#),
    );
    assert_eq!(good, (201, String::new()));
    assert_eq!(
        document(curl(
            &site,
            "POST",
            webmail,
            Some(r#"{"type": "non-existing"}"#)
        )),
        (
            400,
            json!({"type": "\"non-existing\" is not one of standard, activesync, premium"})
        )
    );
    let created = curl(
        &site,
        "POST",
        webmail,
        Some(r#"{"type": "standard", "allowUpgrade": false}"#),
    );
    assert_eq!(created, (201, String::new()));
    let missing = r#"{"list":[{"address":"mb1-white@somedomain.com"}]}"#;
    assert_eq!(
        document(curl(&site, "PUT", senders, Some(missing))),
        (
            400,
            json!({"badRequest": {"message": "POST data error", "code": 400, "details": {"list.0.type": "Required"}}})
        )
    );
    let wrong = r#"{"list":[{"address":"somedomain.com","type":"A"}]}"#;
    assert_eq!(
        document(curl(&site, "PUT", senders, Some(wrong))),
        (
            400,
            json!({"badRequest": {"message": "POST data error", "code": 400, "details": {
                "list.0.type": "\"A\" is not one of B, W",
                "list.0.address": "Invalid address format: somedomain.com"
            }}})
        )
    );
    let two = r#"{"list":[{"address":"mb1-white20150114-0113@somedomain.com", "type":"W"}, {"address":"@someotherdomain.com", "type":"B"}] }"#;
    assert_eq!(curl(&site, "PUT", senders, Some(two)), (204, String::new()));
    let counts = curl(
        &site,
        "GET",
        "accounts/test/email/test.com/statistics/mailboxTypeCount",
        None,
    );
    let base = site.server.base_url();
    assert_eq!(
        document(counts),
        (
            200,
            json!({
                "numStandard": 1, "numActiveSync": 0, "numPremium": 0,
                "numExchange2013Standard": 0, "numExchange2013Premium": 0,
                "links": [{"href": format!("{base}/accounts/test/email/test.com/statistics/mailboxTypeCount/"), "rel": "self"}]
            })
        )
    );
}
