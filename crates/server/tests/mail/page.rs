//! The page where a user sets a password, as a browser shows it.

use crate::{
    browser::Browser,
    site::{PASSWORD, PUBLIC_URL, Site},
};
use provost_testkit::{TestDatabase, on_both_engines};

const NOT_VALID: &str = "This link is not valid, or not any more";

fn browser(site: &Site) -> Browser {
    let host = PUBLIC_URL.split_once("://").unwrap().1;
    Browser::open(host, &site.server, site.server.database().directory())
}

fn submit(browser: &Browser, password: &str, again: &str) {
    browser.fill("password", password);
    browser.fill("again", again);
    browser.click("submit");
}

on_both_engines! {
    async fn a_user_sets_its_password_in_a_browser(database: TestDatabase) {
        let site = Site::plain(database);
        site.user("ada", &[]);
        let mail = site.mails.mail(1);
        let browser = browser(&site);
        // a browser may put the first page in the place of the empty one that it begins with
        browser.go("about:blank");
        let entries = || browser.value("history.length").as_u64().unwrap();
        let before = entries();
        browser.go(mail.link());
        assert!(browser.shows("form"));
        let bare = format!("{PUBLIC_URL}/set-password");
        assert_eq!(browser.url(), bare, "the secret is not in the address bar");
        assert_eq!(browser.value("document.activeElement.id"), "password");
        assert_eq!(entries(), before + 1, "it is not in the history beside it");

        submit(&browser, PASSWORD, "Correct-Horse-78");
        browser.until_text("error", "The two passwords differ.");
        submit(&browser, "short", "short");
        browser.until_text("error", "password");
        assert!(browser.shows("form") && browser.text("error").ends_with('.'), "{}", browser.text("error"));
        assert!(!site.opens("ada", "short"));

        browser.click("show");
        assert_eq!(browser.value("document.getElementById('again').type"), "text");
        submit(&browser, PASSWORD, PASSWORD);
        browser.until_text("status", "Your password is set. You can now log in as ada.");
        assert!(!browser.shows("form") && browser.text("error").is_empty());
        assert_eq!(browser.value("document.getElementById('password').value"), "");
        assert!(site.opens("ada", PASSWORD));

        // the same link once more, in the same tab
        browser.go(mail.link());
        assert_eq!(browser.url(), bare);
        submit(&browser, "Another-Horse-79", "Another-Horse-79");
        browser.until_text("error", NOT_VALID);
        assert!(!browser.shows("form") && !site.opens("ada", "Another-Horse-79"));

        browser.go("about:blank");
        browser.go(&bare);
        browser.until_text("error", "This page needs the whole link from your mail.");
        assert!(!browser.shows("form"));
        let errors = browser.errors();
        assert!(
            errors.iter().all(|text| text.contains("the server responded with a status of 4")),
            "the page breaks its own policy, or fails: {errors:?}"
        );
    }

    async fn a_tenants_user_sets_its_password_in_a_browser(database: TestDatabase) {
        let site = Site::plain(database);
        site.cli(&["tenant", "create", "acme"]);
        site.cli(&["user", "create", "bob", "--tenant", "acme", "--email", "bob@example.net"]);
        site.cli(&["user", "invite", "bob", "--tenant", "acme"]);
        let browser = browser(&site);
        browser.go(site.mails.mail(1).link());
        submit(&browser, PASSWORD, PASSWORD);
        browser.until_text("status", "You can now log in as bob.");
        assert_eq!(browser.url(), format!("{PUBLIC_URL}/t/acme/set-password"));
        assert!(!site.opens("bob", PASSWORD), "the default tenant has no such user");
        let request = provost_testkit::Request::get("/t/acme/ocs/v2.php/cloud/user?format=json");
        assert_eq!(request.basic("bob", PASSWORD).ocs().send(&site.server).status, 200);
    }
}
