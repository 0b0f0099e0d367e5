//! Who is sent no mail.

use crate::{
    site::{PASSWORD, Site, v2},
    tools::until,
};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::json;

const SETTING: &str = "/apps/provisioning_api/api/v1/config/apps/core/newUser.sendEmail";

on_both_engines! {
    async fn each_switch_turns_the_mail_off(database: TestDatabase) {
        let site = Site::plain(database);
        site.cli(&["tenant", "set", "default", "welcome_mail=no"]);
        site.user("ada", &[]);
        assert_eq!(site.welcome("ada"), 102);
        site.cli(&["tenant", "set", "default", "welcome_mail=yes"]);

        site.user("bob", &[("sendMail", "false")]);
        let setting = |value| {
            let set = site.admin(Request::post(&v2(SETTING)).form(&[("value", value)]));
            assert_eq!(set.ocs_code(), 200, "{}", set.text());
        };
        setting("no");
        site.user("cat", &[]);
        setting("yes");
        site.user("dan", &[("password", PASSWORD)]);

        // mails are sent in their order: the first is of the first user who is sent one
        site.user("eve", &[]);
        assert_eq!(site.mails.mail(1).told("recipients"), &json!(["eve@example.net"]));
        until("an empty queue", || {
            site.server.database().rows("SELECT * FROM welcome_mails").is_empty().then_some(())
        });
        assert_eq!(site.mails.count(), 1);
    }
}
