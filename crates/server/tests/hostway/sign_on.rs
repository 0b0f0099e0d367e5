//! authTokens, from the mailbox's page to the webmail front end.

use crate::site::{MAILBOX_PASSWORD, Site, path, webmail};
use provost_testkit::{PASSWORD, Request, Response, TestDatabase, on_both_engines};
use serde_json::json;

fn token(site: &Site, path: &str) -> String {
    let answer = site.owner(Request::get(path));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.json()["authToken"].as_str().unwrap().to_owned()
}

fn verify(site: &Site, key: &str, token: &str) -> Response {
    let request = Request::post("/sso/verify").json(&json!({"authToken": token}));
    request.bearer(key).send(&site.server)
}

on_both_engines! {
    async fn a_token_tells_once_who_logs_in(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let change = json!({"type": "standard", "language": "de_AT", "timezone": "Europe/Vienna"});
        assert_eq!(site.owner(Request::put(&webmail("john.smith")).json(&change)).status, 204);
        let key = site.key("read");
        for at in [webmail("john.smith"), path("john.smith", "mailbox")] {
            let token = token(&site, &at);
            let answer = verify(&site, &key, &token);
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert_eq!(
                answer.json(),
                json!({
                    "tenant": "test", "login": "john.smith@test.com", "address": "john.smith@test.com",
                    "displayName": "john.smith@test.com", "language": "de_AT", "timezone": "Europe/Vienna"
                })
            );
            assert_eq!(verify(&site, &key, &token).status, 401);
        }
        assert_ne!(token(&site, &webmail("john.smith")), token(&site, &webmail("john.smith")));
    }

    async fn nothing_else_opens_it(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let at = webmail("john.smith");
        let key = site.key("read");
        let good = token(&site, &at);
        for wrong in ["", "x", &good[1..], &format!("{good}="), &"A".repeat(10_000)] {
            assert_eq!(verify(&site, &key, wrong).status, 401, "{wrong}");
        }
        let missing = Request::post("/sso/verify").json(&json!({})).bearer(&key).send(&site.server);
        assert_eq!((missing.status, missing.json()), (400, json!({"authToken": "Required"})));
        // not by a password, not with a partner's key, not with a key of another tenant, not by the mailbox's owner
        let request = Request::post("/sso/verify").json(&json!({"authToken": good}));
        site.cli(&["tenant", "create", "other"], "");
        let foreign = site.cli(&["key", "create", "--tenant", "other", "--scope", "admin"], "");
        for request in [
            request.clone(),
            request.clone().basic("owner@@test", PASSWORD),
            request.clone().basic("john.smith@test.com@@test", MAILBOX_PASSWORD),
            request.clone().bearer(&site.key("partner")),
            request.bearer(&foreign),
        ] {
            assert_eq!(request.send(&site.server).status, 401);
        }
        assert_eq!(verify(&site, &key, &good).status, 200, "none of them spent it");
        // another password, and being disabled, end those that are on their way
        let late = token(&site, &at);
        assert_eq!(site.put_mailbox("john.smith", &json!({"password": "Kw9-qqq-Zz"})).status, 204);
        assert_eq!(verify(&site, &key, &late).status, 401);
        let late = token(&site, &at);
        site.cli(&["user", "disable", "john.smith@test.com", "--tenant", "test"], "");
        assert_eq!(verify(&site, &key, &late).status, 401);
    }

    async fn reading_one_writes_nothing(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let at = webmail("john.smith");
        token(&site, &at);
        let everything = || {
            ["audit_entries", "events", "spent_auth_tokens", "server_keys", "webmail_accounts", "users"]
                .map(|table| site.server.database().rows(&format!("SELECT COUNT(*) FROM {table}")))
        };
        let before = everything();
        for _ in 0..5 {
            token(&site, &at);
        }
        assert_eq!(everything(), before);
    }
}
