//! What a tenant's settings change for OCS clients, from the next request on.

use crate::site::{PASSWORD, Site, message, secret, v2};
use provost_testkit::{Engine, Request, TestDatabase, on_both_engines};

fn set(site: &Site, setting: &str) {
    let output = site.server.cli(&["tenant", "set", "default", setting]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

on_both_engines! {
    async fn a_new_password_ends_app_passwords_where_the_tenant_wants_that(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        site.user("bob", &[]);
        let other = site.app_password("bob");
        set(&site, "password_change_revokes_tokens=yes");
        let password = |request: Request, value| request.form(&[("key", "password"), ("value", value)]);
        let ada = || Request::put(&v2("/cloud/users/ada"));

        let token = site.app_password("ada");
        let changed = site.admin(ada().form(&[("key", "displayname"), ("value", "Ada")]));
        assert_eq!(changed.ocs_code(), 200);
        assert!(site.opens("ada", &token), "another field ends nothing");
        assert_eq!(site.admin(password(ada(), "Another-Horse-78")).ocs_code(), 200);
        assert!(!site.opens("ada", &token));
        assert!(site.opens("ada", "Another-Horse-78") && site.opens("bob", &other));

        // also the one that makes the change, and at the command line
        let request = Request::get(&v2("/core/getapppassword?scope=provision"));
        let own = secret(&site.basic(request, "ada", "Another-Horse-78"));
        assert_eq!(site.basic(password(ada(), PASSWORD), "ada", &own).ocs_code(), 200);
        assert!(!site.opens("ada", &own) && site.opens("ada", PASSWORD));
        let token = site.app_password("ada");
        let output = site.server.cli_with_input(&["user", "password", "ada", "--password-stdin"], "Another-Horse-79");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!site.opens("ada", &token));
    }
}

#[test]
fn any_preference_may_be_set_where_the_tenant_opens_them() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    let path = "/apps/provisioning_api/api/v1/config/users/files/show_hidden";
    let write = || {
        site.by(
            "ada",
            Request::post(&v2(path)).form(&[("configValue", "1")]),
        )
    };
    assert_eq!(write().ocs_code(), 400);
    set(&site, "open_preferences=yes");
    assert_eq!(write().ocs_code(), 200);
    assert_eq!(site.by("ada", Request::delete(&v2(path))).ocs_code(), 200);
    set(&site, "open_preferences=no");
    assert_eq!(write().ocs_code(), 400);
}

#[test]
fn an_app_password_has_the_scope_that_was_asked_for_and_keeps_it() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    let ask = |login: &str, password: &str, scope: &str| {
        let path = v2(&format!("/core/getapppassword?scope={scope}"));
        site.basic(Request::get(&path), login, password)
    };
    let admin = provost_testkit::ADMIN_PASSWORD;
    let rename =
        || Request::put(&v2("/cloud/users/ada")).form(&[("key", "displayname"), ("value", "Ada")]);
    let join = || Request::post(&v2("/cloud/users/ada/groups")).form(&[("groupid", "admin")]);
    let provisioning = secret(&ask("admin", admin, "provision"));
    let rotated = Request::post(&v2("/core/apppassword/rotate"));
    let rotated = secret(&site.basic(rotated, "admin", &provisioning));
    for token in [&provisioning, &rotated] {
        assert_eq!(site.basic(rename(), "admin", token).ocs_code(), 200);
        assert_eq!(
            site.basic(join(), "admin", token).ocs_code(),
            403,
            "it makes no administrators"
        );
    }
    for scope in ["read", ""] {
        let reading = secret(&ask("admin", admin, scope));
        let refused = site.basic(rename(), "admin", &reading);
        assert_eq!(message(&refused), "Password confirmation is required");
    }
    // never wider than the password
    for scope in ["admin", "operator", "partner"] {
        assert_eq!(ask("ada", PASSWORD, scope).ocs_code(), 403, "{scope}");
    }
    assert_eq!(ask("ada", PASSWORD, "all").ocs_code(), 400);
    assert_eq!(
        ask("admin", &provisioning, "provision").ocs_code(),
        403,
        "tokens make no tokens"
    );
    let all = secret(&ask("admin", admin, "admin"));
    assert_eq!(site.basic(join(), "admin", &all).ocs_code(), 200);
}
