//! Apps: which are known, and which the tenant wants.

use crate::site::{Site, message, v2};
use provost_testkit::{Engine, Request, TestDatabase};

fn apps(site: &Site, query: &str) -> Vec<String> {
    let answer = site.admin(Request::get(&v2(&format!("/cloud/apps{query}"))));
    assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
    serde_json::from_value(answer.ocs_data()["apps"].clone()).unwrap()
}

#[test]
fn an_app_is_enabled_and_disabled_for_the_tenant() {
    let site = Site::new(TestDatabase::fresh(Engine::Sqlite));
    let has = |query: &str, app: &str| apps(&site, query).iter().any(|id| id == app);
    assert!(has("", "files_external") && has("?filter=disabled", "files_external"));
    assert!(!has("", "provisioning_api") && has("?filter=enabled", "provisioning_api"));
    let enable = Request::post(&v2("/cloud/apps/files_external"));
    assert_eq!(site.admin(enable).ocs_code(), 200);
    assert!(has("?filter=enabled", "files_external") && !has("?filter=disabled", "files_external"));
    let own = site.admin(Request::get(&v2("/cloud/user/apps")));
    assert_eq!(
        own.ocs_data()["apps"],
        serde_json::json!(apps(&site, "?filter=enabled"))
    );
    let disable = Request::delete(&v2("/cloud/apps/files_external"));
    assert_eq!(site.admin(disable).ocs_code(), 200);
    assert!(has("?filter=disabled", "files_external"));
    for filter in ["?filter=foo", "?filter="] {
        let answer = site.admin(Request::get(&v2(&format!("/cloud/apps{filter}"))));
        assert_eq!(
            (answer.ocs_code(), message(&answer).as_str()),
            (101, "Invalid filter")
        );
    }
}

#[test]
fn unknown_and_impossible_apps_are_told_apart() {
    let site = Site::new(TestDatabase::fresh(Engine::Sqlite));
    let ask = |method: &str, app: &str| {
        let path = v2(&format!("/cloud/apps/{app}"));
        site.admin(Request::new(method, &path)).ocs_code()
    };
    assert_eq!(ask("GET", "provisioning_api"), 200);
    assert_eq!((ask("GET", "nopeapp"), ask("POST", "nopeapp")), (998, 998));
    assert_eq!(ask("DELETE", "nopeapp"), 200, "it is disabled already");
    for method in ["GET", "POST", "DELETE"] {
        assert_eq!(ask(method, "Bad..Id"), 997);
    }
    assert_eq!(ask("DELETE", "provisioning_api"), 403, "it is always on");
}

#[test]
fn only_administrators_with_their_password_switch_apps() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    let enable = || Request::post(&v2("/cloud/apps/files_external"));
    assert_eq!(site.by("ada", enable()).ocs_code(), 403);
    assert_eq!(
        site.by("ada", Request::get(&v2("/cloud/apps"))).ocs_code(),
        403
    );
    assert_eq!(
        site.by("ada", Request::get(&v2("/cloud/user/apps")))
            .ocs_code(),
        403
    );
    let made = site.admin(Request::get(&v2("/core/getapppassword")));
    let token = crate::site::secret(&made);
    let basic = site.basic(enable(), "admin", &token);
    assert_eq!(message(&basic), "Password confirmation is required");
    let bearer = site.bearer(enable(), &token);
    assert_eq!(message(&bearer), "Required authorization header missing");
    assert!(apps(&site, "?filter=disabled").contains(&"files_external".to_owned()));
}

#[test]
fn encryption_is_switched_on_by_its_setting_and_never_off() {
    let site = Site::new(TestDatabase::fresh(Engine::Sqlite));
    let path = v2("/apps/provisioning_api/api/v1/config/apps/core/encryption_enabled");
    let set = |value: &str| {
        let request = Request::post(&path).form(&[("value", value)]);
        site.admin(request).ocs_code()
    };
    assert_eq!((set("no"), set("yes"), set("no")), (403, 200, 403));
    assert_eq!(site.admin(Request::delete(&path)).ocs_code(), 403);
}
