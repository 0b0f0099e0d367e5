//! The app password that a client makes for itself.

use crate::site::{PASSWORD, Site, message, secret, v2};
use provost_testkit::{Request, TestDatabase, on_both_engines};

on_both_engines! {
    async fn an_app_password_reads_and_changes_nothing(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let token = site.app_password("ada");
        assert!(site.opens("ada", &token));
        assert!(!site.opens("admin", &token), "it is one user's");
        let own = site.bearer(Request::get(&v2("/cloud/user")), &token);
        assert_eq!(own.ocs_data()["id"], "ada");
        for request in [
            Request::put(&v2("/cloud/users/ada")).form(&[("key", "displayname"), ("value", "Ada")]),
            Request::get(&v2("/core/getapppassword")),
            Request::post(&v2("/apps/provisioning_api/api/v1/config/users/theming/shortcuts_disabled"))
                .form(&[("configValue", "yes")]),
        ] {
            let refused = site.basic(request, "ada", &token);
            assert_eq!(refused.ocs_code(), 403, "{}", refused.text());
            assert_eq!(message(&refused), "Password confirmation is required");
        }
    }

    async fn it_is_named_after_its_client(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let request = Request::get(&v2("/core/getapppassword")).header("User-Agent", "Telephone/1.0");
        secret(&site.by("ada", request));
        let listed = site.server.cli(&["user", "app-passwords", "ada", "--json"]);
        let listed = String::from_utf8(listed.stdout).unwrap();
        assert!(listed.contains("Telephone/1.0"), "{listed}");
    }

    async fn deleting_it_ends_it_alone(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let (token, other) = (site.app_password("ada"), site.app_password("ada"));
        let delete = || Request::delete(&v2("/core/apppassword"));
        assert_eq!(site.basic(delete(), "ada", &token).ocs_code(), 200);
        assert!(!site.opens("ada", &token));
        assert!(site.opens("ada", &other));
        let none = site.by("ada", delete());
        assert_eq!((none.ocs_code(), message(&none).as_str()), (403, "no app password in use"));
    }

    async fn rotating_leaves_the_former_secret_until_the_next_time(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let first = site.app_password("ada");
        let rotate = |token: &str| {
            let request = Request::post(&v2("/core/apppassword/rotate"));
            secret(&site.basic(request, "ada", token))
        };
        let second = rotate(&first);
        assert!(site.opens("ada", &first) && site.opens("ada", &second));
        let again = rotate(&first);
        assert!(site.opens("ada", &first) && site.opens("ada", &again), "an answer may get lost");
        assert!(!site.opens("ada", &second));
        let second = again;
        let third = rotate(&second);
        assert!(!site.opens("ada", &first));
        assert!(site.opens("ada", &second) && site.opens("ada", &third));
        let listed = site.server.cli(&["user", "app-passwords", "ada", "--json"]);
        let listed: Vec<serde_json::Value> = serde_json::from_slice(&listed.stdout).unwrap();
        assert_eq!(listed.len(), 1, "it is one app password with two secrets");

        let delete = Request::delete(&v2("/core/apppassword"));
        assert_eq!(site.basic(delete, "ada", &second).ocs_code(), 200);
        assert!(!site.opens("ada", &second) && !site.opens("ada", &third), "they end together");
        let none = site.by("ada", Request::post(&v2("/core/apppassword/rotate")));
        assert_eq!((none.ocs_code(), message(&none).as_str()), (403, "no app password in use"));
    }

    async fn a_new_password_leaves_it(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let token = site.app_password("ada");
        let request = Request::put(&v2("/cloud/users/ada"))
            .form(&[("key", "password"), ("value", "Another-Horse-78")]);
        assert_eq!(site.admin(request).ocs_code(), 200);
        assert!(!site.opens("ada", PASSWORD));
        assert!(site.opens("ada", &token));
    }
}
