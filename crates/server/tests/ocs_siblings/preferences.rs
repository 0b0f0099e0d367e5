//! Preferences through OCS: few, and one's own.

use crate::site::{Site, v2};
use provost_testkit::{Engine, Request, TestDatabase};
use serde_json::json;

const USERS: &str = "/apps/provisioning_api/api/v1/config/users";

#[test]
fn few_may_be_set_and_deleted() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    let set = |path: &str, value: &str| {
        let request =
            Request::post(&v2(&format!("{USERS}/{path}"))).form(&[("configValue", value)]);
        site.by("ada", request).ocs_code()
    };
    assert_eq!(set("theming/force_enable_blur_filter", "no"), 200);
    assert_eq!(set("theming/shortcuts_disabled", "yes"), 200);
    assert_eq!(set("theming/shortcuts_disabled", "maybe"), 400);
    assert_eq!(set("theming/zzz", "yes"), 400);
    assert_eq!(set("files/show_hidden", "1"), 400);
    let delete = |path: &str| {
        let request = Request::delete(&v2(&format!("{USERS}/{path}")));
        site.by("ada", request).ocs_code()
    };
    assert_eq!(delete("theming/shortcuts_disabled"), 200);
    assert_eq!(delete("theming/shortcuts_disabled"), 200, "again is fine");
    assert_eq!(delete("files/show_hidden"), 400);
    let told = site.actions();
    let changes = told.iter().filter(|action| *action == "preference.changed");
    assert_eq!(changes.count(), 3);
}

#[test]
fn several_are_set_all_or_none() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    let post = |document: serde_json::Value| {
        site.by(
            "ada",
            Request::post(&v2(&format!("{USERS}/theming"))).json(&document),
        )
    };
    let good = json!({"configs": {"shortcuts_disabled": "yes", "force_enable_blur_filter": "no"}});
    assert_eq!(
        post(json!({"configs": {"shortcuts_disabled": "yes", "zzz": "x"}})).ocs_code(),
        400
    );
    assert!(!site.actions().contains(&"preference.changed".to_owned()));
    assert_eq!(post(good).ocs_code(), 200);
    assert_eq!(post(json!({"configs": {}})).ocs_code(), 200);
    for document in [
        json!({}),
        json!({"configs": "x"}),
        json!({"configs": {"shortcuts_disabled": 1}}),
    ] {
        let answer = post(document);
        assert_eq!((answer.status, answer.text().as_str()), (400, ""));
    }
    let delete = |document: serde_json::Value| {
        site.by(
            "ada",
            Request::delete(&v2(&format!("{USERS}/theming"))).json(&document),
        )
    };
    assert_eq!(
        delete(json!({"configKeys": ["shortcuts_disabled", "zzz"]})).ocs_code(),
        400
    );
    assert_eq!(
        delete(json!({"configKeys": ["shortcuts_disabled"]})).ocs_code(),
        200
    );
    assert_eq!(delete(json!({})).status, 400);
}
