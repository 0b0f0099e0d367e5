//! Wiping a user's devices.

use crate::site::{PASSWORD, Site, v2};
use provost_testkit::{Request, TestDatabase, on_both_engines};

fn wipe(login: &str) -> Request {
    Request::post(&v2(&format!("/cloud/users/{login}/wipe")))
}

on_both_engines! {
    async fn it_ends_all_app_passwords_and_keeps_the_password(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        site.user("bob", &[]);
        let rotated = site.app_password("ada");
        let request = Request::post(&v2("/core/apppassword/rotate"));
        let second = crate::site::secret(&site.basic(request, "ada", &rotated));
        let tokens = [rotated, second, site.app_password("ada")];
        let others = site.app_password("bob");
        assert_eq!(site.admin(wipe("ada")).ocs_code(), 200);
        for token in &tokens {
            assert!(!site.opens("ada", token));
            assert_eq!(site.bearer(Request::get(&v2("/cloud/user")), token).status, 401);
        }
        assert!(site.opens("ada", PASSWORD));
        assert!(site.opens("bob", &others));
        assert_eq!(site.actions().last().unwrap(), "user.wiped");
        assert_eq!(site.admin(wipe("ada")).ocs_code(), 200, "without any it is fine");
    }

    async fn nobody_wipes_itself_strangers_or_whom_it_does_not_reach(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        site.user("bob", &[]);
        assert_eq!(site.admin(wipe("admin")).ocs_code(), 101);
        assert_eq!(site.admin(wipe("nobody")).ocs_code(), 998);
        assert_eq!(site.by("ada", wipe("ada")).ocs_code(), 403);
        let group = Request::post(&v2("/cloud/groups")).form(&[("groupid", "team")]);
        assert_eq!(site.admin(group).ocs_code(), 200);
        let appoint = Request::post(&v2("/cloud/users/ada/subadmins")).form(&[("groupid", "team")]);
        assert_eq!(site.admin(appoint).ocs_code(), 200);
        let token = site.app_password("bob");
        assert_eq!(site.by("ada", wipe("bob")).ocs_code(), 998);
        assert!(site.opens("bob", &token));
        let join = Request::post(&v2("/cloud/users/bob/groups")).form(&[("groupid", "team")]);
        assert_eq!(site.admin(join).ocs_code(), 200);
        assert_eq!(site.by("ada", wipe("bob")).ocs_code(), 200);
        assert!(!site.opens("bob", &token));
    }
}
