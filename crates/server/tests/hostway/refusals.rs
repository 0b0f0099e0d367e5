//! What cannot be is told in the dialect's own words, and changes nothing.

use crate::site::{DOMAIN, MAILBOX_PASSWORD, Site, own_webmail, path, webmail};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::{Value, json};

on_both_engines! {
    async fn unfit_values_of_webmail_accounts(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let at = webmail("john.smith");
        let before = site.read(&at);
        for (document, wrong) in [
            (json!({}), json!({"type": "Required"})),
            (json!({"type": null}), json!({"type": "Required"})),
            (json!({"type": 1}), json!({"type": "Must be a string"})),
            (json!({"type": ""}), json!({"type": "\"\" is not one of standard, activesync, premium"})),
            (json!({"type": "standard", "allowUpgrade": "yes"}), json!({"allowUpgrade": "Must be a boolean"})),
            (json!({"type": "standard", "resetPassword": 1}), json!({"resetPassword": "Must be a boolean"})),
            (json!({"type": "standard", "theme": "x".repeat(65)}), json!({"theme": format!("\"{}\" must have at most 64 characters", "x".repeat(65))})),
            (json!({"type": "standard", "theme": "a\u{0}"}), json!({"theme": "\"a\u{0}\" holds characters that are not allowed"})),
            (json!({"type": "standard", "language": "xx_YY"}), json!({"language": "\"xx_YY\" is not known"})),
            (json!({"type": "standard", "language": "en-US"}), json!({"language": "\"en-US\" is not known"})),
            (json!({"type": "standard", "timezone": "Mars/Base", "theme": 5}), json!({"timezone": "\"Mars/Base\" is not known", "theme": "Must be a string"})),
        ] {
            let answer = site.owner(Request::put(&at).json(&document));
            assert_eq!((answer.status, answer.json()), (400, wrong), "{document}");
        }
        let mut after = site.read(&at);
        after["authToken"] = before["authToken"].clone();
        assert_eq!(after, before);
    }

    async fn unfit_mailboxes(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        for (document, key) in [
            (json!({}), "password"),
            (json!({"password": ""}), "password"),
            (json!({"password": 5}), "password"),
            (json!({"password": "Qz7-mmm"}), "password"),
            (json!({"password": "Qz7_mmm_Kw"}), "password"),
            (json!({"password": "Pass-Qz7-mmm"}), "password"),
            (json!({"password": "Qz7-new.box-Kw"}), "password"),
            (json!({"password": "Qz7-TEST-Kw"}), "password"),
            (json!({"password": format!("Qz7-{}", "m".repeat(125))}), "password"),
            (json!({"password": MAILBOX_PASSWORD, "master": 1}), "master"),
            (json!({"password": MAILBOX_PASSWORD, "type": "gold"}), "type"),
            (json!({"password": MAILBOX_PASSWORD, "username": "other"}), "username"),
            (json!({"password": MAILBOX_PASSWORD, "username": "a b"}), "username"),
        ] {
            let answer = site.put_mailbox("new.box", &document);
            assert_eq!((answer.status, crate::site::keys(&answer.json())), (400, vec![key]), "{document}");
        }
        assert_eq!(site.owner(Request::get(&path("new.box", "mailbox"))).status, 404);
        let good = json!({"password": MAILBOX_PASSWORD});
        for name in ["a%20b", "a%40b", ".a", "%C3%BC", &"x".repeat(65)] {
            assert_eq!(site.put_mailbox(name, &good).status, 400, "{name}");
            assert_eq!(site.owner(Request::get(&path(name, "mailbox"))).status, 404, "{name}");
        }
        // a name that a user of the tenant goes by, or has as address
        site.cli(&["user", "create", "taken@test.com", "--tenant", "test"], "");
        assert_eq!(site.put_mailbox("taken", &good).json(), json!({"mailboxName": "The name is taken"}));
        site.mailbox("jane");
        let renamed = site.put_mailbox("jane", &json!({"password": MAILBOX_PASSWORD, "username": "John.Smith"}));
        assert_eq!((renamed.status, renamed.json()), (400, json!({"username": "The name is taken"})));
        assert_eq!(site.read(&path("jane", "mailbox"))["username"], "jane");
    }

    async fn unfit_bodies(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let at = webmail("john.smith");
        for (body, wrong) in [
            ("{", "Malformed JSON"),
            ("{\"type\": \"standard\"", "Malformed JSON"),
            ("[]", "Must be an object"),
            ("\"x\"", "Must be an object"),
            ("type=standard", "Malformed JSON"),
            ("{\"type\": \"\\ud800\"}", "Malformed JSON"),
        ] {
            let answer = site.owner(Request::put(&at).body("application/json", body));
            assert_eq!((answer.status, answer.json()), (400, json!({"body": wrong})), "{body}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(site.owner(Request::put(&at).body("application/json", deep)).status, 400);
        let answer = site.owner(Request::put(&at).body("application/json", &b"\xff\xfe"[..]));
        assert_eq!(answer.status, 400);
        let large = format!("{{\"type\": \"{}\"}}", "x".repeat(1024 * 1024));
        assert_eq!(site.owner(Request::put(&at).body("", large)).status, 413);
        // what it is called does not matter
        assert_eq!(site.owner(Request::put(&at).body("", "{\"type\": \"premium\"}")).status, 204);
        assert_eq!(site.owner(Request::put(&at).body("text/plain", "{\"type\": \"standard\"}")).status, 204);
    }

    async fn what_is_not_there(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        site.cli(&["tenant", "create", "other", "--domain", "foreign.com"], "");
        site.cli(&["user", "create", "x@foreign.com", "--tenant", "other", "--email", "x@foreign.com"], "");
        let at = |account: &str, domain: &str, name: &str| format!("/accounts/{account}/email/{domain}/usernames/{name}/webmail");
        let not_found = |key: &str, text: &str| (404, json!({key: text}));
        let domain = not_found("domain", "The domain name does not exist");
        let read = |path: &str| {
            let answer = site.owner(Request::get(path));
            (answer.status, serde_json::from_str(&answer.text()).unwrap_or(Value::Null))
        };
        for unknown in ["nowhere.com", "foreign.com", "x", "%20", "test.com."] {
            assert_eq!(read(&at("test", unknown, "x")), domain, "{unknown}");
        }
        assert_eq!(read(&at("test", "test.com", "x")), not_found("mailboxName", "The mailbox does not exist"));
        assert_eq!(read(&at("test", "test.com", "john.smith")), not_found("webmail", "The mailbox has no webmail account"));
        assert_eq!(read(&at("TEST", "TEST.com", "JOHN.smith")).0, 404, "cases do not matter");
        assert_eq!(read("/accounts/test/email/test.com/nothing").0, 404);
        assert_eq!(read("/accounts/test").0, 404);
        // an account that is another's is one that is none
        for account in ["other", "nobody", "%00", "a b"] {
            let account = account.replace(' ', "%20");
            let answer = site.owner(Request::get(&format!("/accounts/{account}/email/test.com")));
            assert!([401, 404].contains(&answer.status));
            assert_eq!(answer.status == 404, account == "%00", "{account}");
        }
        let operator = site.operator(Request::get("/accounts/nobody/email/test.com"));
        assert_eq!((operator.status, operator.json()), (404, json!({"account": "The account does not exist"})));
        assert_eq!(site.operator(Request::get(DOMAIN)).status, 200, "an operator counts as the owner of every account");
        assert_eq!(site.operator(Request::get(&own_webmail("john.smith"))).status, 401);
        assert_eq!(site.owner(Request::new("PATCH", DOMAIN)).header("allow"), Some("GET"));
        assert_eq!(site.owner(Request::new("PATCH", DOMAIN)).status, 405);
        assert_eq!(site.owner(Request::get(&format!("/t/other{DOMAIN}"))).status, 401, "two tenants in one path");
        assert_eq!(site.owner(Request::get(&format!("/t/Test{DOMAIN}"))).status, 200);
    }

    async fn strange_credentials(database: TestDatabase) {
        let site = Site::with_webmail(database);
        for path in [DOMAIN, &webmail("john.smith"), &own_webmail("john.smith")] {
            let request = Request::get(path);
            for header in ["", "Basic", "Basic %%%", "Basic YWRtaW4=", "Basic Og==", "Bearer", "Bearer x", "Digest x", "\u{1F600}"] {
                let answer = request.clone().header("Authorization", header).send(&site.server);
                assert_eq!(answer.status, 401, "{path} {header}");
                assert_eq!(answer.header("content-type"), Some("text/plain; charset=UTF-8"));
                assert_eq!(answer.header("www-authenticate"), Some("Basic realm=\"Provost\", charset=\"UTF-8\""));
            }
            assert_eq!(request.clone().send(&site.server).status, 401);
            let twice = request.basic("owner", provost_testkit::PASSWORD).basic("owner", provost_testkit::PASSWORD);
            assert_eq!(twice.send(&site.server).status, 401);
        }
    }

    async fn keys_reach_as_far_as_their_scopes(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let at = webmail("john.smith");
        for (scope, reads, writes) in [("read", 200, 401), ("provision", 200, 204), ("admin", 200, 204), ("operator", 200, 204), ("partner", 401, 401)] {
            let key = site.key(scope);
            assert_eq!(Request::get(&at).bearer(&key).send(&site.server).status, reads, "{scope}");
            let change = Request::put(&at).json(&json!({"type": "premium"})).bearer(&key);
            assert_eq!(change.send(&site.server).status, writes, "{scope}");
        }
    }
}
