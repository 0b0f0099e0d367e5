//! A device whose app password was wiped is told to clear itself.

use crate::site::{PASSWORD, Site, secret, v2};
use provost_testkit::{Request, Response, TestDatabase, on_both_engines};

fn tell(site: &Site, path: &str, token: &str) -> Response {
    Request::post(path)
        .form(&[("token", token)])
        .send(&site.server)
}

fn wipe(site: &Site, login: &str) {
    let request = Request::post(&v2(&format!("/cloud/users/{login}/wipe")));
    assert_eq!(site.admin(request).ocs_code(), 200);
}

const CHECK: &str = "/index.php/core/wipe/check";
const SUCCESS: &str = "/index.php/core/wipe/success";

on_both_engines! {
    async fn a_wiped_device_is_told_until_it_has_cleared_itself(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let token = site.app_password("ada");
        let not_asked = tell(&site, CHECK, &token);
        assert_eq!((not_asked.status, not_asked.text().as_str()), (404, "[]"));
        assert_eq!(tell(&site, SUCCESS, &token).status, 404);
        assert!(site.opens("ada", &token), "who asks is not shut out");

        wipe(&site, "ada");
        assert!(!site.opens("ada", &token), "from the very next request on");
        for path in [CHECK, "/core/wipe/check", "/t/default/core/wipe/check", "/t/default/index.php/core/wipe/check"] {
            let told = tell(&site, path, &token);
            assert_eq!((told.status, told.text().as_str()), (200, r#"{"wipe":true}"#), "{path}");
            assert_eq!(told.header("Content-Type"), Some("application/json; charset=utf-8"));
        }
        let json = Request::post(CHECK).json(&serde_json::json!({"token": token})).send(&site.server);
        assert_eq!(json.status, 200);
        let listed = site.server.cli(&["user", "app-passwords", "ada", "--json"]);
        let listed: Vec<serde_json::Value> = serde_json::from_slice(&listed.stdout).unwrap();
        assert!(listed.len() == 1 && listed[0]["wiped"].is_string(), "{listed:?}");

        let done = tell(&site, SUCCESS, &token);
        assert_eq!((done.status, done.text().as_str()), (200, "[]"));
        assert_eq!(site.actions().last().unwrap(), "token.wiped");
        assert_eq!(tell(&site, CHECK, &token).status, 404);
        assert_eq!(tell(&site, SUCCESS, &token).status, 404, "once");
        assert!(site.opens("ada", PASSWORD));
    }

    async fn nobody_else_learns_anything(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        site.user("bob", &[]);
        let (token, other) = (site.app_password("ada"), site.app_password("bob"));
        assert!(site.server.cli(&["tenant", "create", "acme"]).status.success());
        wipe(&site, "ada");
        for (path, token) in [
            (CHECK, other.as_str()),
            (CHECK, "no-such-token"),
            (CHECK, ""),
            ("/t/acme/core/wipe/check", &token),
            ("/t/nobody/core/wipe/check", &token),
        ] {
            let answer = tell(&site, path, token);
            assert_eq!((answer.status, answer.text().as_str()), (404, "[]"), "{path} {token}");
        }
        let nothing = Request::post(CHECK).send(&site.server);
        assert_eq!((nothing.status, nothing.text().as_str()), (400, ""));
        assert_eq!(Request::get(CHECK).send(&site.server).status, 405);
        assert!(site.opens("bob", &other));
    }

    async fn a_wiped_app_password_is_not_rotated_and_can_be_revoked(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let first = site.app_password("ada");
        let rotate = || Request::post(&v2("/core/apppassword/rotate"));
        let second = secret(&site.basic(rotate(), "ada", &first));
        wipe(&site, "ada");
        assert_eq!(site.basic(rotate(), "ada", &second).status, 401);
        assert_eq!(tell(&site, CHECK, &first).status, 200);
        assert_eq!(tell(&site, CHECK, &second).status, 200);
        let listed = site.server.cli(&["user", "app-passwords", "ada", "--json"]);
        let listed: Vec<serde_json::Value> = serde_json::from_slice(&listed.stdout).unwrap();
        let id = listed[0]["id"].as_str().unwrap();
        assert!(site.server.cli(&["user", "revoke-app-password", "ada", id]).status.success());
        assert_eq!(tell(&site, CHECK, &first).status, 404);
    }
}
