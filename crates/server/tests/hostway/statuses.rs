//! Every operation answers with the status of its row, with and without a slash at the end.

use crate::site::{MAILBOX_PASSWORD, Site};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::json;

on_both_engines! {
    async fn every_operation_is_there(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let forwards = json!({"targets": [{"target": "a@b.example"}, {"target": "c@b.example"}]});
        let body = json!({
            "password": MAILBOX_PASSWORD, "type": "standard", "usage": 1, "subject": "", "body": "", "active": true,
            "targets": forwards["targets"], "list": [{"address": "a@b.example", "type": "W"}],
        });
        let mut walked = 0;
        for operation in provost_hostway::operations() {
            let ids = if operation.pattern.starts_with("/accounts") {
                vec!["test", "test.com", "john.smith", "a@b.example"]
            } else {
                vec!["test.com", "john.smith"]
            };
            let path = ids.iter().fold(operation.pattern.to_owned(), |path, id| path.replacen("{}", id, 1));
            for slash in ["", "/"] {
                // what is taken away is put back first
                let at = "/accounts/test/email/test.com/usernames/john.smith";
                for (method, what) in [("PUT", "mailbox"), ("POST", "webmail"), ("POST", "forwards")] {
                    site.owner(Request::new(method, &format!("{at}/{what}")).json(&body));
                }
                if operation.method == "POST" && operation.pattern.ends_with("webmail") {
                    assert_eq!(site.owner(Request::delete(&format!("{at}/webmail"))).status, 204);
                }
                let request = Request::new(operation.method, &format!("{path}{slash}")).json(&body);
                let answer = match operation.pattern.split('/').nth(1) {
                    Some("accounts") => site.owner(request),
                    Some("email") => site.mailbox_owner("john.smith", request),
                    _ => continue,
                };
                let expected = match (operation.method, operation.pattern.rsplit('/').next()) {
                    ("GET", _) => 200,
                    ("POST", Some("webmail")) => 201,
                    _ => 204,
                };
                assert_eq!(answer.status, expected, "{} {path}{slash}: {}", operation.method, answer.text());
                walked += 1;
            }
        }
        assert_eq!(walked, 2 * (provost_hostway::operations().count() - 1));
    }
}
