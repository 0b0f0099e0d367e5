//! What clients ask before they log in.

use crate::site::{PASSWORD, Site, v2};
use provost_testkit::{Engine, Request, TestDatabase};

#[test]
fn capabilities_need_no_login_but_take_no_wrong_one() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    let request = || Request::get(&v2("/cloud/capabilities"));
    let stranger = request().ocs().send(&site.server);
    assert_eq!(stranger.ocs_code(), 200);
    assert_eq!(stranger.ocs_data()["version"]["major"], 34);
    assert!(stranger.ocs_data()["capabilities"]["provisioning_api"].is_null());
    let user = site.by("ada", request());
    let capabilities = &user.ocs_data()["capabilities"];
    assert_eq!(
        capabilities["provisioning_api"]["AccountPropertyScopesVersion"],
        2
    );
    assert_eq!(capabilities["password_policy"]["minLength"], 10);
    assert_eq!(site.basic(request(), "ada", "wrong").ocs_code(), 997);
    assert_eq!(
        request().send(&site.server).status,
        412,
        "no foreign page asks"
    );
    assert_eq!(
        Request::post(&v2("/cloud/capabilities"))
            .ocs()
            .send(&site.server)
            .status,
        405
    );
}

#[test]
fn the_interface_describes_itself() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    for (login, password) in [(None, ""), (Some("ada"), PASSWORD)] {
        let request = Request::get(&v2("/config")).header("Host", "cloud.example:8443");
        let answer = match login {
            None => request.ocs().send(&site.server),
            Some(login) => site.basic(request, login, password),
        };
        let data = answer.ocs_data();
        assert_eq!(
            (&data["version"], &data["host"]),
            (&"1.7".into(), &"cloud.example".into())
        );
    }
}

#[test]
fn status_and_services_are_told_without_an_envelope() {
    let site = Site::new(TestDatabase::fresh(Engine::Sqlite));
    for prefix in ["", "/t/default"] {
        let status = Request::get(&format!("{prefix}/status.php")).send(&site.server);
        assert_eq!(status.header("Content-Type"), Some("application/json"));
        assert_eq!(status.json()["installed"], true);
        assert_eq!(status.json()["versionstring"], "34.0.1");
        let services = Request::get(&format!("{prefix}/ocs-provider/")).send(&site.server);
        let users = &services.json()["services"]["PROVISIONING"]["endpoints"]["user"];
        assert_eq!(users, "/ocs/v2.php/cloud/users");
    }
}
