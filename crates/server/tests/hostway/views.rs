//! One directory: what is set here reads truly there, and the other way round.

use crate::site::{Site, path, webmail};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::json;

const USER: &str = "/t/test/ocs/v2.php/cloud/users/john.smith@test.com?format=json";

on_both_engines! {
    async fn ocs_and_hostway_see_the_same_user(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let ocs = || site.owner(Request::get(USER).ocs()).ocs_data();
        let set = |key: &str, value: &str| {
            let answer = site.owner(Request::put(USER).ocs().form(&[("key", key), ("value", value)]));
            assert_eq!(answer.ocs_code(), 200, "{key}: {}", answer.text());
        };
        let change = json!({"type": "standard", "language": "pt_BR", "timezone": "America/Bahia"});
        assert_eq!(site.owner(Request::put(&webmail("john.smith")).json(&change)).status, 204);
        let user = ocs();
        assert_eq!((&user["language"], &user["locale"], &user["timezone"]), (&json!("pt_BR"), &json!("pt_BR"), &json!("America/Bahia")));
        assert_eq!((&user["id"], &user["email"], &user["enabled"]), (&json!("john.smith@test.com"), &json!("john.smith@test.com"), &json!(true)));

        for (language, locale, shown) in [("de", "de_AT", "de_AT"), ("de", "en_GB", "de_DE"), ("en", "en", "en_US")] {
            set("language", language);
            set("locale", locale);
            assert_eq!(site.read(&webmail("john.smith"))["language"], shown);
            // writing back what was read loses nothing that this dialect cannot hold
            let back = json!({"type": "standard", "language": shown});
            assert_eq!(site.owner(Request::put(&webmail("john.smith")).json(&back)).status, 204);
            let user = ocs();
            assert_eq!((&user["language"], &user["locale"]), (&json!(language), &json!(locale)));
        }
        set("quota", "5 GB");
        assert_eq!(site.read(&path("john.smith", "mailbox"))["quota"], 5120);
        set("displayname", "John Smith");
        let key = site.key("read");
        let token = site.read(&webmail("john.smith"))["authToken"].clone();
        let request = Request::post("/sso/verify").json(&json!({"authToken": token})).bearer(&key);
        assert_eq!(request.send(&site.server).json()["displayName"], "John Smith");
    }
}
