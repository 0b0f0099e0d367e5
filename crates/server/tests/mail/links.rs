//! When links hold.

use crate::site::{PASSWORD, Site, refusal, v2};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::json;

const VOID: u16 = 404;

fn void() -> (u16, String) {
    (VOID, "link".to_owned())
}

on_both_engines! {
    async fn an_expired_link_is_void(database: TestDatabase) {
        let site = Site::plain(database);
        site.user("ada", &[]);
        let mail = site.mails.mail(1);
        site.server.database().rows("UPDATE password_links SET expires_at = 1");
        assert_eq!(refusal(&site.redeem(mail.secret(), PASSWORD)), void());
        assert!(!site.opens("ada", PASSWORD));
        // another one is to be had
        assert_eq!(site.welcome("ada"), 200);
        assert_eq!(site.redeem(site.mails.mail(2).secret(), PASSWORD).status, 200);
    }

    async fn a_newer_link_voids_the_one_before(database: TestDatabase) {
        let site = Site::plain(database);
        site.user("ada", &[]);
        let first = site.mails.mail(1);
        assert_eq!(site.welcome("ada"), 200);
        let second = site.mails.mail(2);
        assert_ne!(first.secret(), second.secret());
        assert_eq!(refusal(&site.redeem(first.secret(), PASSWORD)), void());
        assert_eq!(site.redeem(second.secret(), PASSWORD).status, 200);
        assert!(site.opens("ada", PASSWORD));
    }

    async fn a_disabled_users_link_is_void(database: TestDatabase) {
        let site = Site::plain(database);
        site.user("ada", &[]);
        let mail = site.mails.mail(1);
        let disabled = site.admin(Request::put(&v2("/cloud/users/ada/disable")));
        assert_eq!(disabled.ocs_code(), 200);
        assert_eq!(refusal(&site.redeem(mail.secret(), PASSWORD)), void());
        let enabled = site.admin(Request::put(&v2("/cloud/users/ada/enable")));
        assert_eq!(enabled.ocs_code(), 200);
        assert!(!site.opens("ada", PASSWORD));
    }

    async fn a_password_from_elsewhere_voids_the_link(database: TestDatabase) {
        let site = Site::plain(database);
        site.user("ada", &[]);
        let mail = site.mails.mail(1);
        let change = [("key", "password"), ("value", "Another-Horse-79")];
        let changed = site.admin(Request::put(&v2("/cloud/users/ada")).form(&change));
        assert_eq!(changed.ocs_code(), 200);
        assert_eq!(refusal(&site.redeem(mail.secret(), PASSWORD)), void());
        assert!(site.opens("ada", "Another-Horse-79"));
    }

    async fn a_link_is_of_its_tenant_and_stays_usable_until_a_password_is_set(database: TestDatabase) {
        let site = Site::plain(database);
        site.cli(&["tenant", "create", "acme"]);
        site.user("ada", &[]);
        let mail = site.mails.mail(1);
        let there = Request::post("/t/acme/set-password")
            .json(&json!({ "secret": mail.secret(), "password": PASSWORD }))
            .send(&site.server);
        assert_eq!(refusal(&there), void());
        let weak = site.redeem(mail.secret(), "short");
        assert_eq!(refusal(&weak), (422, "password".to_owned()));
        assert_eq!(refusal(&site.redeem("none", PASSWORD)), void());
        assert_eq!(site.redeem(mail.secret(), PASSWORD).status, 200);
        assert_eq!(refusal(&site.redeem(mail.secret(), PASSWORD)), void(), "it works once");
    }
}
